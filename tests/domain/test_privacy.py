"""Which texts name a visitor by number."""

import pytest

from queue_server.domain.errors import Code, QueueError
from queue_server.domain.privacy import holds_identity_number, refuse_identity_number


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        pytest.param("3602041507900001", True, id="alone"),
        pytest.param("NIK:3602041507900001, berkas kurang", True, id="within words"),
        pytest.param("3602 0415 0790 0001", True, id="in groups"),
        pytest.param("36.02.04.150790.0001", True, id="as on a form"),
        pytest.param("360204-150790-0001", True, id="with dashes"),
        pytest.param("berkas kurang: KK dan akta", False, id="plain words"),
        pytest.param("hubungi 0812-3456-7890", False, id="a telephone number"),
        pytest.param("12345678901234567890", False, id="twenty digits are something else"),
        pytest.param("1234 5678 9012 3456 7890", False, id="twenty digits in groups too"),
        pytest.param("K014 lalu K015", False, id="queue numbers"),
        pytest.param("", False, id="nothing"),
    ],
)
def test_sixteen_digits_however_grouped_are_an_identity_number(text, holds):
    assert holds_identity_number(text) is holds


def test_the_refusal_names_the_field_and_never_the_number():
    with pytest.raises(QueueError) as refused:
        refuse_identity_number("note", "NIK 3602041507900001")
    assert refused.value.code is Code.INVALID
    assert refused.value.details == {"field": "note", "reason": "identity_number"}
