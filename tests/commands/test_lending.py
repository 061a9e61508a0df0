"""Lent yesterday: the day ends by the clock too, and a request that was on its way then is refused."""

from dataclasses import replace

import pytest

from queue_server.commands import lending, officer
from queue_server.domain.errors import Code, QueueError
from tests.world.hall import RATNA, SARI, WATI

LENT = replace(SARI, lent=frozenset({("lebak", "imigrasi")}))


def test_the_first_command_of_the_next_day_ends_what_was_lent_before_it_is_carried_out(hall):
    hall.do(WATI, lending.lend, "sari", "imigrasi")
    hall.do(LENT, officer.open_counter, "2")
    hall.later(days=1)
    with pytest.raises(QueueError) as refused:
        hall.do(LENT, officer.open_counter, "2")  # as she was when the request came in
    assert refused.value.code is Code.FORBIDDEN
    assert "lending_ended" in hall.last(9) and hall.counter("2").officer is None


def test_a_counter_that_is_held_by_who_was_lent_and_is_not_any_more_is_anybody_s_to_open(hall):
    hall.do(WATI, lending.lend, "sari", "imigrasi")
    hall.do(LENT, officer.open_counter, "2")
    with hall.refuses(Code.COUNTER_TAKEN):
        hall.do(RATNA, officer.open_counter, "2")
    hall.do(WATI, lending.take_back, "sari", "imigrasi")
    hall.do(RATNA, officer.open_counter, "2")
    with hall.refuses(Code.FORBIDDEN):
        hall.do(LENT, officer.call_next, "2")
