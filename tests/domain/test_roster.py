"""A day's roster: what is wrong with one, and who is at work now."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.domain.roles import Actor, Role
from queue_server.domain.roster import Problem, Shift, now_on, problems, version_of
from queue_server.domain.site import Counter
from tests.world.values import at, hall

PLACES = (Counter("1", "Loket 1", "dukcapil", "A", ("ktp",)), Counter("2", "Loket 2", "imigrasi", "A", ("ktp",)))
SITE = hall(counters={one.id: one for one in PLACES})
DAY = at("2026-01-19 00:00").date()


def person(id: str, agency: str | None, role: Role = Role.OFFICER) -> Actor:
    """Somebody of the hall."""
    return Actor(id, role.only, frozenset({SITE.id}), frozenset({agency} if agency else ()))


SARI, RATNA, DEDI = person("sari", "dukcapil"), person("ratna", "imigrasi"), person("dedi", None)
LILIS, LENT = person("lilis", None, Role.ADMIN), replace(SARI, lent=frozenset({(SITE.id, "imigrasi")}))
PEOPLE = {one.id: one for one in (SARI, RATNA, DEDI, LILIS)}
MORNING = Shift("1", "sari", "08:00", "12:00")


@pytest.mark.parametrize(
    ("shifts", "wrong"),
    [
        pytest.param([], [], id="nobody"),
        pytest.param([MORNING, Shift("1", "dedi", "12:00", "16:00")], [], id="one after the other"),
        pytest.param([MORNING, Shift("2", "dedi", "08:00", "24:00")], [], id="side by side"),
        pytest.param(
            [MORNING, Shift("1", "dedi", "11:59", "16:00")], ["1.from counter_overlap"], id="two at one counter"
        ),
        pytest.param(
            [Shift("1", "dedi", "08:00", "12:00"), Shift("2", "dedi", "11:00", "12:00")],
            ["1.account account_overlap"],
            id="one at two counters",
        ),
        pytest.param([Shift("9", "sari", "08:00", "12:00")], ["0.counter unknown"], id="no such counter"),
        pytest.param([Shift("1", "nobody", "08:00", "12:00")], ["0.account unknown"], id="no such account"),
        pytest.param([Shift("1", "ratna", "08:00", "12:00")], ["0.account not_of_agency"], id="another agency's"),
        pytest.param([Shift("1", "lilis", "08:00", "12:00")], ["0.account not_of_agency"], id="who has no counter"),
        pytest.param([Shift("1", "sari", "12:00", "12:00")], ["0.to ends_before"], id="no time at all"),
        pytest.param(
            [Shift("1", "ratna", "12:00", "08:00"), Shift("9", "x", "08:00", "09:00")],
            ["0.account not_of_agency", "0.to ends_before", "1.account unknown", "1.counter unknown"],
            id="all that is wrong is told",
        ),
    ],
)
def test_what_is_wrong_with_a_roster(shifts, wrong):
    assert [f"{one.key} {one.reason}" for one in problems(SITE, shifts, PEOPLE)] == wrong


def test_whoever_helps_out_today_may_sit_there_today():
    assert problems(SITE, [Shift("2", "sari", "08:00", "12:00")], PEOPLE | {"sari": LENT}) == []


def test_what_overlaps_with_another_agency_s_counter_is_told_of_one_s_own():
    mine, theirs = [MORNING], [Shift("2", "sari", "09:00", "10:00"), Shift("2", "ratna", "10:00", "12:00")]
    assert problems(SITE, mine, PEOPLE, theirs) == [Problem("0.account", "account_overlap")]


_TIMES = st.integers(0, 96).map(lambda n: f"{n // 4:02d}:{n % 4 * 15:02d}")
_SHIFTS = st.lists(st.builds(Shift, st.sampled_from("12"), st.sampled_from(sorted(PEOPLE)), _TIMES, _TIMES), max_size=8)


@given(_SHIFTS)
def test_in_a_roster_that_is_accepted_nobody_and_no_counter_is_double_at_any_minute(shifts):
    if problems(SITE, shifts, PEOPLE):
        return
    for quarter in range(97):
        now = at("2026-01-19 00:00") + quarter * (at("2026-01-19 00:15") - at("2026-01-19 00:00"))
        there = [one for one, _ in now_on(shifts, SITE, DAY, now)]
        assert len({one.counter for one in there}) == len({one.account for one in there}) == len(there)


@pytest.mark.parametrize(
    ("now", "there"),
    [
        ("2026-01-19 07:59", []),
        ("2026-01-19 08:00", ["sari"]),
        ("2026-01-19 11:59", ["sari"]),
        ("2026-01-19 12:00", ["dedi"]),
        ("2026-01-19 23:59", ["dedi"]),
        ("2026-01-20 00:00", []),
    ],
)
def test_who_is_at_work_at_a_moment_and_since_when(now, there):
    shifts = [MORNING, Shift("1", "dedi", "12:00", "24:00")]
    assert [one.account for one, _ in now_on(shifts, SITE, DAY, at(now))] == there
    assert all(began <= at(now) for _, began in now_on(shifts, SITE, DAY, at(now)))


def test_a_version_tells_rosters_apart_and_not_the_order_in_which_they_were_written():
    other = Shift("2", "dedi", "08:00", "12:00")
    assert version_of([MORNING, other]) == version_of([other, MORNING]) != version_of([MORNING])
