"""The first run: a code from the server's own terminal, and a hall that has a name to read."""

import pytest

from queue_server.domain.errors import Code, QueueError
from queue_server.domain.first_run import refuse_hall, require_code, spaced

CODE = "ABCDEFGH"


@pytest.mark.parametrize("typed", [CODE, CODE.lower(), "abcd-efgh", " ABCD EFGH ", spaced(CODE)])
def test_the_code_is_read_however_it_is_typed(typed):
    require_code(CODE, typed)


@pytest.mark.parametrize("typed", ["", CODE[:-1], CODE + "A", "ABCDEFGI", "ÄBCDEFGH"])
def test_another_code_is_refused(typed):
    with pytest.raises(QueueError) as refused:
        require_code(CODE, typed)
    assert (refused.value.code, refused.value.details) == (Code.WRONG_CODE, {"field": "code"})


@pytest.mark.parametrize(("name", "good"), [("MPP Serang", True), ("", False), ("  ", False), ("MPP\nSerang", False)])
def test_a_hall_has_a_name_to_read_on_one_line(name, good):
    if good:
        refuse_hall(name)
        return
    with pytest.raises(QueueError) as refused:
        refuse_hall(name)
    assert (refused.value.code, refused.value.details["field"]) == (Code.INVALID, "hall")
