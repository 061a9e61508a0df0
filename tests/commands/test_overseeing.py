"""What a supervisor does across the counters: whose counter is meant, and what concerns the whole site."""

from dataclasses import replace

from queue_server.commands import day, officer
from queue_server.domain.errors import Code
from tests.commands.hall import DEDI, SARI, WATI


def test_a_supervisor_s_close_means_the_officer_who_was_there(open_hall):
    hall = open_hall
    hall.do(SARI, officer.close_counter, "5")
    hall.do(DEDI, officer.close_counter, "6")
    hall.do(DEDI, officer.open_counter, "5")
    with hall.refuses(Code.OTHER_OFFICER):
        hall.do(WATI, officer.close_counter, "5", "petugas pulang", "sari")
    hall.do(WATI, officer.close_counter, "5", "petugas pulang", "dedi")
    assert hall.counter("5").officer is None


def test_a_supervisor_of_one_agency_neither_closes_nor_opens_the_day(open_hall):
    hall = open_hall
    lina = replace(WATI, agencies=frozenset({"dukcapil"}))
    for command in (day.close_day, day.reopen_day, lambda tx: day.confirm_day(tx, tx.day)):
        with hall.refuses(Code.FORBIDDEN):
            hall.do(lina, command)
