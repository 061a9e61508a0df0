"""Families and groups: one number for several, called together, counted as people."""

from dataclasses import replace

import pytest

from queue_server.commands import helping, officer, reclassing, visitor
from queue_server.domain.errors import Code, QueueError
from queue_server.queries.board import board
from queue_server.queries.ticket import ticket
from queue_server.queries.waits import queue
from queue_server.reports.measures import today
from tests.world.hall import DEDI, KIOSK, SARI, TUTI, Hall


@pytest.fixture
def limited(make_hall) -> Hall:
    """Six places of J a day, five of D."""
    services = dict(make_hall().site.services)
    for id, total in (("ktp-cetak", 6), ("kk-akta", 5)):
        services[id] = replace(services[id], quota={}, quota_total=total, quota_reserved={})
    return make_hall(services=services)


def used(hall: Hall, service: str) -> dict[str, int]:
    """class -> places taken of a service's quota today."""
    return {class_: n for (of, _, class_), n in hall.rows().quotas.items() if of == service and n}


def test_staff_give_one_number_to_a_family_and_a_kiosk_up_to_the_site_s_limit(hall):
    assert hall.issue("ktp-cetak", by=TUTI, people=5).people == 5
    with hall.refuses(Code.GROUP_TOO_LARGE, most=1, people=2):
        hall.issue("ktp-cetak", by=KIOSK, people=2)
    with hall.refuses(Code.GROUP_TOO_LARGE, most=20, people=21):
        hall.issue("ktp-cetak", by=TUTI, people=21)
    hall.start(group_max=3)
    assert hall.issue("ktp-cetak", by=KIOSK, people=3).people == 3
    with hall.refuses(Code.GROUP_TOO_LARGE, most=3, people=4):
        hall.issue("ktp-cetak", by=KIOSK, people=4)


def test_a_group_takes_as_many_places_and_is_refused_whole(limited):
    limited.issue("ktp-cetak", by=TUTI, people=4)
    with pytest.raises(QueueError) as refused:
        limited.issue("ktp-cetak", by=TUTI, people=3)
    assert refused.value.code is Code.QUOTA_FULL
    assert (refused.value.details["left"], refused.value.details["people"]) == (2, 3)
    assert limited.events("refused")[-1].detail["people"] == 3
    limited.issue("ktp-cetak", by=TUTI, people=2)
    assert used(limited, "ktp-cetak") == {"regular": 6}


def test_cancel_transfer_and_reclass_move_all_places_of_a_group(limited):
    limited.do(SARI, officer.open_counter, "5")
    limited.do(DEDI, officer.open_counter, "6")
    family = limited.issue("ktp-cetak", by=TUTI, people=3)
    limited.do(TUTI, reclassing.reclass_number, family.number, "priority", "asked")
    assert used(limited, "ktp-cetak") == {"priority": 3}
    limited.do(SARI, officer.call_next, "5")
    limited.do(SARI, officer.transfer, "5", "kk-akta")
    assert used(limited, "kk-akta") == {"priority": 3}
    alone = limited.issue("ktp-cetak", by=TUTI, people=3)
    limited.do(TUTI, helping.cancel_number, alone.number, "pulang")
    assert used(limited, "ktp-cetak") == {"priority": 3}, "who was called gives none back, who was not gives all"


def test_a_transfer_takes_a_place_for_each_and_its_undo_gives_all_back(limited):
    limited.do(SARI, officer.open_counter, "5")
    limited.do(DEDI, officer.open_counter, "6")
    limited.issue("ktp-cetak", by=TUTI, people=3)
    limited.do(SARI, officer.call_next, "5")
    limited.do(SARI, officer.transfer, "5", "kk-akta")
    assert used(limited, "kk-akta") == {"regular": 3}
    limited.do(SARI, officer.undo, "5")
    assert used(limited, "kk-akta") == {}
    limited.issue("kk-akta", by=TUTI, people=5)
    with limited.refuses(Code.QUOTA_FULL):
        limited.do(SARI, officer.transfer, "5", "kk-akta")


def test_more_came_than_was_said(limited):
    family = limited.issue("ktp-cetak", by=TUTI, people=2)
    limited.do(TUTI, helping.regroup, family.number, 5)
    assert used(limited, "ktp-cetak") == {"regular": 5}
    with limited.refuses(Code.QUOTA_FULL, left=1, people=7):
        limited.do(TUTI, helping.regroup, family.number, 7)
    limited.do(TUTI, helping.regroup, family.number, 1)
    assert used(limited, "ktp-cetak") == {"regular": 1}
    before = limited.marks()
    limited.do(TUTI, helping.regroup, family.number, 1)
    assert limited.marks() == before, "as many as before: nothing happened"
    limited.do(TUTI, helping.cancel_number, family.number, "pulang")
    with limited.refuses(Code.ILLEGAL_TRANSITION):
        limited.do(TUTI, helping.regroup, family.number, 2)
    with limited.refuses(Code.FORBIDDEN):
        limited.do(SARI, helping.regroup, family.number, 2)


def test_a_number_is_counted_once_and_its_people_each(hall):
    hall.do(SARI, officer.open_counter, "5")
    hall.issue("ktp-cetak", by=TUTI, people=4)
    hall.later(seconds=10)
    last = hall.issue("ktp-cetak")

    told = hall.read(lambda view: ticket(view, last))
    assert (told["ahead"], told["people_ahead"]) == (1, 4)
    card = next(s for s in hall.read(board)["services"] if s["id"] == "ktp-cetak")
    assert (card["waiting"], card["people_waiting"]) == (2, 5)
    line = hall.read(lambda view: queue(view, "ktp-cetak"))
    assert (line["places"], line["people_places"]) == ([0, 1], [0, 4])

    for verb in (officer.call_next, officer.serve, officer.finish):
        hall.do(SARI, verb, "5")
        hall.later(minutes=4)
    totals = hall.read(today)["totals"]
    assert (totals["completed"], totals["people"]) == (1, 4)


def test_estimates_reckon_with_people(hall):
    """A family of six is six times the promised time, whether it is counted from the promise or from the day."""
    hall.do(SARI, officer.open_counter, "5")
    alone = hall.told_at_issue("ktp-cetak")
    hall.issue("ktp-cetak", by=TUTI, people=6)
    behind = hall.told_at_issue("ktp-cetak")
    assert behind["people_ahead"] == 7
    with_one = hall.do(TUTI, lambda tx: visitor.issue(tx, "kk-akta"))
    assert with_one.people == 1
    assert behind["estimate"]["low_s"] > alone["estimate"]["low_s"] + 3 * 5 * 60
