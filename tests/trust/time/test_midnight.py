"""I-13 end to end: each hall's day turns at its own midnight, once, whoever is connected."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest

from tests.trust.time.malls import Halls
from tests.world.figures import Tally
from tests.world.ledger import check_replay, history
from tests.world.people import SITE, Cast, run_from
from tests.world.pulse import Pulse
from tests.world.socket import Screen

ZONES = {"wib": "Asia/Jakarta", "wita": "Asia/Makassar", "wit": "Asia/Jayapura", "musim": "Europe/Berlin"}
SPRING = date(2027, 3, 28)  # in Berlin this day has 23 hours
WHAT = "numbers around the midnights of four zones, over HTTP"


def around_midnights(days: int) -> list[datetime]:
    """The instants just before, at and after every zone's midnights, from the evening before summer time on."""
    found = set()
    for zone in ZONES.values():
        for n in range(days):
            midnight = datetime.combine(SPRING + timedelta(days=n), datetime.min.time(), ZoneInfo(zone)).astimezone(UTC)
            found |= {midnight - timedelta(milliseconds=100), midnight, midnight + timedelta(hours=3)}
    return sorted(found)


def expected(given: dict[tuple[str, date], int], site: str, at: datetime) -> str:
    """The number that is next at a site on its own date."""
    key = site, at.astimezone(ZoneInfo(ZONES[site])).date()
    given[key] = given.get(key, 0) + 1
    return f"A{given[key]:03d}"


def through_the_nights(halls: Halls, days: int, row) -> dict[tuple[str, date], int]:
    """A visitor at every hall at every instant; what each (site, date) gave."""
    given: dict[tuple[str, date], int] = {}
    for moment in row.each(around_midnights(days)):
        halls.turn_to(moment)
        for site in ZONES:
            number, due = halls.issue(site).json()["number"], expected(given, site, moment)
            row.count(1, lost=number != due)
            assert number == due, f"{site} at {moment}"
    return given


def check_days(halls: Halls, given: dict[tuple[str, date], int]) -> None:
    """Every date of every hall was opened once, in order, by an event."""
    for site in ZONES:
        opened = [e.detail["day"] for e in history(halls.server, site) if e.kind == "day_opened"]
        assert opened == sorted({day.isoformat() for at, day in given if at == site})
        check_replay(halls.server, site)


def test_three_zones_and_one_with_summer_time_turn_at_their_own_midnights(halls_at, figure):
    row = figure("F12", WHAT)
    halls = halls_at(ZONES, "2027-03-27T12:00:00+00:00")
    given = {(site, date(2027, 3, 27)): 0 for site in ZONES}
    given |= through_the_nights(halls, row.size(ci=2, night=30), row)
    assert len(given) >= 4 * 3
    check_days(halls, given)


def test_control_days_by_the_server_s_own_date_are_noticed(halls_at, figure):
    """One date for all halls, in UTC: as if the machine's clock were everybody's."""
    halls = halls_at(ZONES, "2027-03-27T12:00:00+00:00", sabotage="days_in_utc")
    with pytest.raises(AssertionError, match="at 2027") as noticed:
        through_the_nights(halls, 1, Tally("", ""))
    figure("F12", WHAT).caught("one date for all, in UTC", f"wrong {str(noticed.value).splitlines()[0]}")


def screen_of(people: Cast, **auth: str) -> Screen:
    """A socket that listens."""
    own = SimpleNamespace(server=people.server, sockets=SimpleNamespace(check_message=lambda *a: None))
    return Screen(own, auth)


def test_midnight_passes_while_screens_are_connected(open_hall):
    people = open_hall({"1": ["talk"]}, officers=1)
    run_from(people.server, "2026-11-23T23:59:00+07:00")
    kiosk, desk = people.kiosks()[0], people.officers()[0]
    assert desk.verb(SITE, "1", "open").status_code == 200
    called, waiting = (kiosk.issue(SITE, "talk").json() for _ in range(2))
    assert desk.verb(SITE, "1", "call-next").json()["ticket"]["number"] == "A001"
    wall = screen_of(people, screen="wall", site=SITE)
    phones = [screen_of(people, screen="phone", token=t["token"]) for t in (called, waiting)]
    assert [p.hear("ticket")["state"] for p in phones] == ["called", "waiting"]
    run_from(people.server, "2026-11-23T23:59:59+07:00")
    with Pulse(people.server) as pulse:
        began = pulse.now()
        assert phones[1].hear("ticket", lambda t: t["state"] == "expired")
        assert phones[0].hear("ticket", lambda t: t["state"] == "no_show")
        board = wall.hear("board", lambda b: b["counters"][0]["state"] == "closed")
        assert board["services"][0]["waiting"] == 0 and pulse.now() - began < 15
    assert not any(screen.is_cut() for screen in (wall, *phones)), "the new day hung up on a screen"
    fresh = kiosk.issue(SITE, "talk").json()
    assert fresh["number"] == "A001" and fresh["ahead"] == 0
    assert kiosk.get(f"/sites/{SITE}").json()["day"] == "2026-11-24"
    assert wall.hear("board", lambda b: b["services"][0]["waiting"] == 1)
    assert desk.verb(SITE, "1", "open").status_code == 200  # signed in still: the session outlives the day
    assert desk.verb(SITE, "1", "call-next").json()["ticket"]["id"] == fresh["id"]
    assert wall.hear("call", lambda c: c["number"] == "A001" and c["revision"] > board["revision"])
    for screen in (wall, *phones):
        screen.close()
    check_replay(people.server, SITE)
