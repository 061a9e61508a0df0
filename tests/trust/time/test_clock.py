"""A clock that cannot be right, end to end: a dead battery wakes in 1970 or in 2099, and comes right later."""

import time
from datetime import datetime, timedelta

import pytest
import requests

from queue_server.domain.day import BELIEVED_AHEAD
from tests.trust.time.malls import WEEK, Halls
from tests.world.ledger import check_replay, history
from tests.world.people import SITE
from tests.world.server import Client

EVENING, MORNING = "2026-11-23T14:00:00+07:00", "2026-11-24T09:00:00+07:00"
FALSE = {"1970": "1970-01-01T07:00:14+07:00", "2099": "2099-12-26T03:00:00+07:00"}  # a holiday; a Saturday's night
WHAT = "numbers over HTTP around a boot with a false clock"


def boot(halls: Halls, moment: str) -> None:
    """The power comes back, and the clock shows that moment."""
    halls.server.kill()
    halls.turn_to(moment)
    halls.server.start()


def numbers(halls: Halls, count: int) -> list[str]:
    """That many visitors come; the number, or why there was none."""
    answers = [halls.issue(SITE).json() for _ in range(count)]
    return [a.get("number") or a["error"]["details"].get("reason", a["error"]["code"]) for a in answers]


def day_of(halls: Halls, such_that: str) -> str:
    """Wait for the open day to be that one (the timer looks every five seconds); the day."""
    until = time.monotonic() + 60
    while (day := halls.site(SITE)["day"]) != such_that and time.monotonic() < until:
        time.sleep(0.1)
    return day


def a_false_boot(halls_at, moment: str, sabotage: str = "") -> tuple[Halls, list[str]]:
    """Two numbers in the afternoon, a power cut, two with a false clock; what visitors got in all."""
    halls = halls_at({SITE: "Asia/Jakarta"}, EVENING, hours=WEEK, sabotage=sabotage)
    given = numbers(halls, 2)
    boot(halls, moment)
    service = halls.site(SITE)["services"][0]
    given += numbers(halls, 2) if service["open"] else [service["reason"]] * 2
    return halls, given


@pytest.mark.parametrize("year", FALSE)
def test_a_false_clock_changes_nothing_for_visitors_and_comes_right_by_itself(halls_at, figure, year):
    row = figure("F12", WHAT)
    halls, given = a_false_boot(halls_at, FALSE[year])
    due = ["A001", "A002", "A003", "A004"]
    row.count(4, lost=sum(a != b for a, b in zip(given, due, strict=True)))
    assert given == due
    told = history(halls.server, SITE)
    assert [e.clock_suspect for e in told if e.kind == "issued"] == [False, False, True, True]
    assert {e.day.isoformat() for e in told} == {"2026-11-23"}
    halls.turn_to(MORNING)  # the time server was reached
    assert day_of(halls, "2026-11-24") == "2026-11-24"
    assert numbers(halls, 1) == ["A001"]
    assert not history(halls.server, SITE)[-1].clock_suspect
    check_replay(halls.server, SITE)


def test_a_new_pc_that_first_wakes_in_1970_needs_nobody_once_its_clock_is_right(halls_at):
    halls = halls_at({SITE: "Asia/Jakarta"}, FALSE["1970"])
    assert numbers(halls, 1) == ["A001"]
    halls.turn_to(MORNING)
    assert day_of(halls, "2026-11-24") == "2026-11-24"
    assert numbers(halls, 1) == ["A001"] and not history(halls.server, SITE)[-1].clock_suspect
    boot(halls, FALSE["1970"])  # from now on 1970 is doubted
    assert numbers(halls, 1) == ["A002"] and history(halls.server, SITE)[-1].clock_suspect


def test_control_a_day_that_follows_the_clock_is_noticed(halls_at, figure):
    """Whatever date the clock shows is the day, forwards or back."""
    _, given = a_false_boot(halls_at, FALSE["2099"], sabotage="days_by_the_clock")
    assert given[2:] != ["A003", "A004"]
    figure("F12", WHAT).caught("the day follows the clock", f"visitors got {', '.join(given)}")


def supervisor(halls: Halls) -> Client:
    """Wati, signed in."""
    return halls.server.officer("wati", site=SITE, role="supervisor")


def test_after_a_long_silence_a_supervisor_confirms_the_date_and_no_false_one(halls_at):
    halls = halls_at({SITE: "Asia/Jakarta"}, EVENING, hours=WEEK)
    wati = supervisor(halls)
    assert numbers(halls, 2) == ["A001", "A002"]
    later = datetime.fromisoformat(EVENING) + 2 * BELIEVED_AHEAD + timedelta(days=1)  # a flood: shut for two months
    halls.turn_to(later.replace(hour=9))
    wati = Client(halls.server).sign_in(wati.username, wati.password)  # a session lasts twelve hours
    assert numbers(halls, 1) == ["A003"], "the old day goes on until somebody says what day it is"
    wrong: requests.Response = wati.post(f"/sites/{SITE}/confirm-day", {"day": "2026-11-24"})
    assert (wrong.status_code, wrong.json()["error"]["details"]["clock"]) == (422, later.date().isoformat())
    assert wati.post(f"/sites/{SITE}/confirm-day", {"day": later.date().isoformat()}).status_code == 200
    assert numbers(halls, 1) == ["A001"]
    assert halls.site(SITE)["day"] == later.date().isoformat()
    kinds = [e.kind for e in history(halls.server, SITE)]
    assert kinds.count("expired") == 3 and kinds[-2:] == ["day_confirmed", "issued"]
    check_replay(halls.server, SITE)


def test_an_hour_back_while_people_wait_costs_nobody_their_place_and_no_figure_its_sign(halls_at):
    halls = halls_at({SITE: "Asia/Jakarta"}, "2026-11-23T10:00:00+07:00", hours=WEEK)
    officer = halls.server.officer("sari", site=SITE, agency="a")
    assert officer.verb(SITE, "1", "open").status_code == 200
    first = halls.issue(SITE).json()
    halls.turn_to("2026-11-23T09:00:00+07:00")
    second = halls.issue(SITE).json()
    assert (first["number"], second["number"], second["ahead"]) == ("A001", "A002", 1)
    for number in ("A001", "A002"):
        assert officer.verb(SITE, "1", "call-next").json()["ticket"]["number"] == number
        for verb in ("serve", "finish"):
            assert officer.verb(SITE, "1", verb).status_code == 200
    for ticket in (first, second):
        told = halls.kiosks[SITE].get(f"/tickets/{ticket['token']}").json()
        assert told["state"] == "completed"
    rows = halls.server.cli("export", "tickets", "--site", SITE, "--from", "2026-11-23", "--to", "2026-11-23")
    assert ",-" not in rows, "a negative duration is published"
    halls.turn_to("2026-11-23T10:05:00+07:00")
    assert numbers(halls, 1) == ["A003"] and not history(halls.server, SITE)[-1].clock_suspect
    check_replay(halls.server, SITE)
