"""Registers, by their verbs: targets, complaints, districts, what is done about a survey; the same again is nothing."""

from dataclasses import replace
from datetime import date

import pytest

from queue_server.commands import following_up, registering
from queue_server.domain.complaints import Count
from queue_server.domain.districts import District
from queue_server.domain.errors import Code
from queue_server.domain.followups import MOST_OF_PERIOD, Followup, Published
from queue_server.domain.roles import Role
from queue_server.domain.targets import Target
from tests.world.hall import WATI, officer

EVA = officer("eva", "dukcapil", Role.SUPERVISOR)  # of one agency
TODAY = date(2026, 11, 23)
TARGET = Target("wait_p50_s", TODAY, 900.0)
COUNT = Count("2026-11", "desk", None, 2, 1, 1)
ACT = Followup("2026-Q3", "requirements", "Papan baru", "Kepala MPP", date(2026, 12, 1))


@pytest.mark.parametrize(
    ("verb", "said", "changed"),
    [
        (registering.set_targets, ([TARGET],), Code.TARGETS_CHANGED),
        (registering.set_districts, ([District("360214", 1.5)], "Lebak Dalam Angka", 2025), Code.DISTRICTS_CHANGED),
    ],
)
def test_a_register_is_set_once_and_not_over_what_nobody_saw(hall, verb, said, changed):
    hall.do(WATI, verb, *said)
    with hall.changes_nothing():
        hall.do(WATI, verb, *said)
    with hall.refuses(changed):
        hall.do(WATI, verb, *said, based_on="another")
    hall.do(WATI, verb, [], *said[1:])


def test_complaints_of_the_hall_are_counted_by_whoever_is_of_no_agency(hall):
    with hall.refuses(Code.FORBIDDEN):
        hall.do(EVA, registering.count_complaints, COUNT)
    hall.do(WATI, registering.count_complaints, COUNT)
    with hall.changes_nothing():
        hall.do(WATI, registering.count_complaints, COUNT)
    hall.do(EVA, registering.count_complaints, replace(COUNT, agency="dukcapil"))


def test_what_is_done_about_a_survey_is_written_by_whose_it_is(hall):
    for agency in (None, "imigrasi"):
        with hall.refuses(Code.FORBIDDEN):
            hall.do(EVA, following_up.set_followup, replace(ACT, agency=agency), TODAY)
    own = replace(ACT, agency="dukcapil")
    id = hall.do(EVA, following_up.set_followup, own, TODAY)
    with hall.changes_nothing():
        hall.do(EVA, following_up.set_followup, own, TODAY, id)
    hall.do(WATI, following_up.set_followup, replace(own, done=TODAY, proof="Berita acara 4"), TODAY, id)
    with hall.refuses(Code.INVALID, field="done", reason="still_to_come"):
        hall.do(WATI, following_up.set_followup, replace(own, done=date(2026, 11, 24)), TODAY, id)
    with hall.refuses(Code.INVALID, field="agency"):
        hall.do(WATI, following_up.set_followup, replace(ACT, agency="nobody"), TODAY)
    for verb, said in (
        (following_up.set_followup, ACT),
        (following_up.set_publication, Published("2026-Q3", "print", "Banten Pos", TODAY)),
    ):
        with hall.refuses(Code.NOT_FOUND):
            hall.do(WATI, verb, said, TODAY, "made-up")


def test_a_publication_may_say_where_it_can_be_seen(hall):
    said = Published("2026-Q3", "print", "Banten Pos", TODAY)
    for proof in (None, "Halaman 4, 20 November"):
        id = hall.do(WATI, following_up.set_publication, replace(said, proof=proof), TODAY)
        (told,) = [e.detail for e in hall.events("publication_set") if e.detail["id"] == id]
        assert told.get("proof") == proof


def test_a_period_has_so_many_lines_and_no_more(hall, monkeypatch):
    assert MOST_OF_PERIOD > 2
    monkeypatch.setattr(following_up, "MOST_OF_PERIOD", 2)
    first, _ = (hall.do(WATI, following_up.set_followup, ACT, TODAY) for _ in range(2))
    with hall.refuses(Code.INVALID, field="period", reason="register_full"):
        hall.do(WATI, following_up.set_followup, ACT, TODAY)
    hall.do(WATI, following_up.set_followup, replace(ACT, period="2026-Q2"), TODAY)
    hall.do(WATI, following_up.set_followup, replace(ACT, act="Papan lain"), TODAY, first)


def test_a_quarter_is_closed_when_it_is_over_and_somebody_answered(hall):
    for name, n, reason in (("2026-Q4", 3, "not_over"), ("2026-Q3", 0, "nobody_answered")):
        with hall.refuses(Code.INVALID, field="quarter", reason=reason):
            hall.do(WATI, following_up.close_quarter, name, TODAY, {"n": n}, [])
    assert hall.do(WATI, following_up.close_quarter, "2026-Q3", TODAY, {"n": 3}, []) == 1
    with hall.refuses(Code.INVALID, field="quarter", reason="same_as_before"):
        hall.do(WATI, following_up.close_quarter, "2026-Q3", TODAY, {"n": 3}, [])
