"""The numbers a day allows, and the one answer to "open, or why not?"."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.domain.quota import availability, quota_left, total_left
from queue_server.domain.site import CLASSES, Holiday
from tests.world.values import at, hall, service, special

MONDAY_NINE = at("2026-01-19 09:00")
NEXT_DAY = at("2026-01-20 08:00")


@pytest.mark.parametrize(
    ("quota", "used", "left"),
    [
        pytest.param({}, {}, {"regular": None, "priority": None}, id="no quota is unlimited"),
        pytest.param({}, {"regular": 999}, {"regular": None, "priority": None}, id="unlimited however many"),
        pytest.param({"regular": 30}, {}, {"regular": 30, "priority": None}, id="a class left out is unlimited"),
        pytest.param({"regular": 30}, {"regular": 29}, {"regular": 1, "priority": None}, id="the last one"),
        pytest.param({"regular": 30}, {"regular": 30}, {"regular": 0, "priority": None}, id="full"),
        pytest.param({"regular": 30}, {"regular": 33}, {"regular": 0, "priority": None}, id="lowered below the used"),
        pytest.param({"regular": 0}, {}, {"regular": 0, "priority": None}, id="none today"),
        pytest.param({"regular": 1}, {"priority": 5}, {"regular": 1, "priority": None}, id="classes do not mix"),
    ],
)
def test_what_is_left(quota, used, left):
    assert quota_left(service(quota=quota), used) == left


@pytest.mark.parametrize(
    ("total", "reserved", "quota", "used", "left"),
    [
        pytest.param(10, {}, {}, {}, {"regular": 10, "priority": 10}, id="a total is everybody's"),
        pytest.param(10, {}, {}, {"regular": 7}, {"regular": 3, "priority": 3}, id="whoever took of it"),
        pytest.param(10, {"priority": 4}, {}, {}, {"regular": 6, "priority": 10}, id="some are kept for priority"),
        pytest.param(10, {"priority": 4}, {}, {"regular": 6}, {"regular": 0, "priority": 4}, id="and stay theirs"),
        pytest.param(
            10, {"priority": 4}, {}, {"priority": 4}, {"regular": 6, "priority": 6}, id="they take those first"
        ),
        pytest.param(10, {"priority": 4}, {}, {"priority": 7}, {"regular": 3, "priority": 3}, id="then of the others"),
        pytest.param(10, {"priority": 4}, {}, {"priority": 4, "regular": 6}, {"regular": 0, "priority": 0}, id="full"),
        pytest.param(10, {}, {"priority": 3}, {}, {"regular": 10, "priority": 3}, id="a class's own number caps it"),
        pytest.param(10, {}, {"priority": 3}, {"regular": 9}, {"regular": 1, "priority": 1}, id="within the total"),
        pytest.param(10, {"priority": 4}, {}, {"regular": 9}, {"regular": 0, "priority": 1}, id="kept too late"),
        pytest.param(
            10, {"booked": 4}, {}, {}, {"regular": 10, "priority": 10}, id="nothing is kept for who cannot come"
        ),
        pytest.param(
            10, {}, {}, {"booked": 4}, {"regular": 6, "priority": 6}, id="a class that is gone has taken its own"
        ),
        pytest.param(0, {}, {}, {}, {"regular": 0, "priority": 0}, id="none today"),
    ],
)
def test_what_is_left_of_a_total(total, reserved, quota, used, left):
    found = service(quota=quota, quota_total=total, quota_reserved=reserved)
    assert quota_left(found, used) == left
    assert total_left(found, used) == max(0, total - sum(used.values()))


PLACES = st.integers(0, 6)


@given(
    total=PLACES,
    reserved=st.dictionaries(st.sampled_from(("regular", "priority")), PLACES),
    quota=st.dictionaries(st.sampled_from(("regular", "priority")), PLACES),
    wanted=st.lists(st.sampled_from(("regular", "priority")), max_size=20),
)
def test_what_is_told_is_what_is_given_and_nobody_else_s_places_are(total, reserved, quota, wanted):
    """In whatever order they come, all who are told of a number get one, until the rest is gone or kept for others."""
    site = hall(service(quota=quota, quota_total=total, quota_reserved=reserved))
    used = dict.fromkeys(("regular", "priority"), 0)
    for class_ in wanted:
        told = ask(site, **used)
        given = told.why_not(class_) is None
        assert given == (told.quota_left[class_] != 0)
        others = sum(max(0, n - used[c]) for c, n in reserved.items() if c != class_)
        room = sum(used.values()) + others < total and used[class_] < quota.get(class_, 99)
        assert given == room
        assert told.open == any(n != 0 for n in told.quota_left.values())
        used[class_] += given
    assert sum(used.values()) <= total
    assert told.again_at == (NEXT_DAY if told.class_full else None) if wanted else True


def ask(site, now=MONDAY_NINE, *, day_closed=False, **used):
    """What a kiosk is told."""
    return availability(site, "ktp", now, day_closed=day_closed, used=used)


def test_open():
    found = ask(hall(service(quota={"regular": 2})), regular=1)
    assert (found.open, found.reason, found.class_full) == (True, None, ())
    assert found.quota_left == {"regular": 1, "priority": None}
    assert found.why_not("regular") is None
    assert found.until == at("2026-01-19 15:00")
    assert found.detail == {}, "nothing needs a reason"


def test_after_the_cutoff_it_says_since_when_and_until_when():
    found = ask(hall(), at("2026-01-19 15:10"))
    assert found.detail == {
        "opens_at": "2026-01-20T08:00:00+07:00",
        "since": "2026-01-19T15:00:00+07:00",
        "until": "2026-01-19T15:30:00+07:00",
    }


def test_one_class_full_leaves_the_other_open():
    found = ask(hall(service(quota={"regular": 2, "priority": 2})), regular=2)
    assert found.open
    assert found.class_full == ("regular",)
    assert (found.why_not("regular"), found.why_not("priority")) == ("quota_full", None)


def test_every_class_full_closes_the_service_until_the_next_day():
    found = ask(hall(service(quota={"regular": 2, "priority": 2})), regular=2, priority=2)
    assert (found.open, found.reason, found.opens_at) == (False, "quota_full", NEXT_DAY)
    assert found.why_not("priority") == "quota_full"


def test_a_class_without_weight_is_not_offered_and_keeps_nothing_open():
    site = hall(service(quota={"regular": 2}, classes=("regular", "booked")), order={"regular": 1})
    assert ask(site, regular=2).reason == "quota_full"


SAME_DAY = "2026-01-19 "


@pytest.mark.parametrize(
    ("now", "day_closed", "used", "reason"),
    [
        pytest.param("07:00", False, 0, "not_yet", id="before hours"),
        pytest.param("07:00", True, 0, "day_closed", id="a closed day will not open at eight"),
        pytest.param("07:00", False, 2, "quota_full", id="nor will one whose numbers are gone"),
        pytest.param("09:00", True, 2, "day_closed", id="closed by a supervisor says more than full"),
        pytest.param("15:10", True, 0, "day_closed", id="nobody is served to the end of a closed day"),
        pytest.param("15:10", False, 2, "after_cutoff", id="after the cutoff, full or not"),
        pytest.param("16:00", False, 2, "closed", id="in the evening, full or not"),
    ],
)
def test_which_reason_is_given(now, day_closed, used, reason):
    site = hall(service(quota={"regular": 2}, classes=("regular",)))
    found = ask(site, at(SAME_DAY + now), day_closed=day_closed, regular=used)
    assert (found.open, found.reason) == (False, reason)
    assert found.opens_at == (at(SAME_DAY + "08:00") if reason == "not_yet" else NEXT_DAY)


def test_a_holiday_is_the_reason_even_on_a_closed_day():
    nyepi = Holiday(date(2026, 3, 19), "Nyepi")
    found = ask(hall(holidays=special(nyepi)), at("2026-03-19 09:00"), day_closed=True)
    assert (found.reason, found.holiday) == ("holiday", "Nyepi")
    assert found.detail == {"opens_at": "2026-03-20T08:00:00+07:00", "holiday": "Nyepi"}


def test_the_demo_keeps_quotas_and_closed_days():
    site = hall(service(quota={"regular": 2}, classes=("regular",)), always_open=True)
    sunday = at("2026-01-18 03:00")
    assert ask(site, sunday).open
    full = ask(site, sunday, regular=2)
    assert (full.reason, full.opens_at) == ("quota_full", at("2026-01-19 00:00"))
    assert ask(site, sunday, day_closed=True).reason == "day_closed"


COUNTS = st.dictionaries(st.sampled_from(CLASSES), st.integers(0, 5))


@given(quota=COUNTS, used=COUNTS, hour=st.integers(0, 23), day_closed=st.booleans())
def test_one_answer_never_contradicts_itself(quota, used, hour, day_closed):
    site = hall(service(quota=quota, classes=CLASSES))
    found = availability(site, "ktp", at(f"2026-01-19 {hour:02}:30"), day_closed=day_closed, used=used)
    assert found.open == (found.reason is None)
    assert set(found.quota_left) == set(CLASSES)
    assert all(left is None or left >= 0 for left in found.quota_left.values())
    for class_ in CLASSES:
        may = found.open and found.quota_left[class_] != 0
        assert (found.why_not(class_) is None) == may
    assert found.open == any(found.why_not(class_) is None for class_ in CLASSES)
