"""Lent yesterday: the day ends by the clock too, and a request that was on its way then is refused."""

from dataclasses import replace

import pytest

from queue_server.commands import admin, lending, officer
from queue_server.domain.errors import Code, QueueError
from queue_server.domain.roles import Role
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


def test_who_or_what_cannot_be_lent_is_told_and_nothing_is_recorded(hall):
    hall.on_server(admin.disable_account, "dedi")
    hall.on_server(lambda tx: admin.change_account(tx, "asep", roles=Role.AUDITOR.only))
    invalid = Code.INVALID
    for who, account, agency, code, details in (
        (WATI, "nobody", "imigrasi", Code.NOT_FOUND, {}),
        (WATI, "dedi", "imigrasi", Code.NOT_FOUND, {}),
        (WATI, "asep", "imigrasi", invalid, {"field": "account", "reason": "no_counter_work"}),
        (WATI, "sari", "dukcapil", invalid, {"field": "agency", "reason": "own_agency"}),
        (WATI, "sari", "bulan", invalid, {"field": "agency", "reason": "unknown"}),
        (SARI, "ratna", "dukcapil", Code.FORBIDDEN, {}),
    ):
        with hall.refuses(code, **details):
            hall.do(who, lending.lend, account, agency)
    hall.do(WATI, lending.lend, "sari", "imigrasi")
    with hall.changes_nothing():
        hall.do(WATI, lending.lend, "sari", "imigrasi")


def test_who_serves_there_is_not_taken_back_before_the_visitor_is_done(hall):
    with hall.refuses(Code.NOT_FOUND):
        hall.do(WATI, lending.take_back, "sari", "imigrasi")
    hall.do(WATI, lending.lend, "sari", "imigrasi")
    hall.do(LENT, officer.open_counter, "2")
    hall.issue("paspor-wawancara", by=WATI)
    hall.do(LENT, officer.call_next, "2")
    with hall.refuses(Code.COUNTER_BUSY):
        hall.do(WATI, lending.take_back, "sari", "imigrasi")
    hall.do(LENT, officer.no_show, "2")
    assert hall.do(WATI, lending.take_back, "sari", "imigrasi")
    assert hall.counter("2").officer is None
