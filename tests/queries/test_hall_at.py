"""What happened at 10.42: the hall rebuilt from the record is the one that its people saw then."""

import random
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

import pytest

from queue_server.booking_lists import read_list
from queue_server.commands import (
    asking_help,
    carrying,
    checking_in,
    day,
    importing,
    interrupting,
    officer,
    resting,
    ripening,
    steering,
)
from queue_server.domain.errors import Code, QueueError
from queue_server.domain.events import Kind
from queue_server.domain.roles import SYSTEM
from queue_server.queries.hall import hall as hall_now
from queue_server.queries.hall_at import hall_at, steps, up_to
from tests.world.hall import DEDI, KIOSK, RATNA, SARI, TUTI, WATI
from tests.world.values import at as moment

SERVICES = ("ktp-cetak", "ktp-cetak", "kk-akta", "paspor-wawancara")
AT = ((SARI, "5"), (DEDI, "6"), (RATNA, "2"))
INSTANTS = 12
MONDAY, AHEAD = "2026-11-23", "2026-11-24"
DAYS, CODES, SLOTS = (
    (MONDAY, AHEAD),
    ("11110000", "22220000", "33330000", "44440000"),
    ("08:00", "09:00", "09:30", "11:00"),
)


def line(time, code, people=1, on=MONDAY):
    """A line of a list."""
    return f"{on},{time},paspor-wawancara,{code},{people}"


def book(hall, *lines):
    """Another system's list comes in."""
    written = "\n".join(["date,time,service,code,people", *lines]).encode()
    return hall.do(TUTI, importing.import_bookings, read_list(written))


def come(hall, code, by=KIOSK, reason=None):
    """Somebody who booked is at the door."""
    return hall.do(by, checking_in.check_in, code, None, reason)


def _list(chance):
    """A list of somebody's bookings for one of the days; what it lacks of the one before it is given back."""
    on = chance.choice(DAYS)
    return [line(chance.choice(SLOTS), code, chance.choice([1, 2]), on) for code in chance.sample(CODES, 3)]


def act(hall, chance):
    """Somebody does something; whatever is refused leaves the hall as it is."""
    who, counter = chance.choice(AT)
    number = chance.choice(hall.tickets() or [None])
    verbs = [
        lambda: hall.issue(chance.choice(SERVICES), chance.choice(["regular", "priority"])),
        lambda: hall.issue(chance.choice(SERVICES)),
        lambda: hall.do(who, officer.open_counter, counter),
        lambda: hall.do(who, officer.call_next, counter),
        lambda: hall.do(who, officer.call, counter, number.number, "sakit") if number else None,
        lambda: hall.do(who, chance.choice([officer.serve, officer.recall, officer.undo]), counter),
        lambda: hall.do(who, officer.finish, counter),
        lambda: hall.do(who, chance.choice([officer.hold, officer.no_show]), counter),
        lambda: hall.do(who, officer.transfer, counter, "kk-akta"),
        lambda: hall.do(who, resting.begin, counter, "meal", confirm=True),
        lambda: hall.do(who, resting.resume, counter),
        lambda: hall.do(who, asking_help.ask, counter),
        lambda: hall.do(who, officer.close_counter, counter, "rapat"),
        lambda: book(hall, *_list(chance)),
        lambda: come(hall, chance.choice(CODES), by=chance.choice([KIOSK, TUTI]), reason="macet"),
        lambda: hall.do(SYSTEM, ripening.ripen),
        lambda: hall.do(WATI, carrying.carry_over, "listrik"),
        lambda: hall.do(WATI, steering.set_quota, "kk-akta", {"total": chance.choice([9, 30])}, "blangko"),
        lambda: hall.do(WATI, steering.set_services, counter, ["ktp-cetak"], "ramai", confirm=True),
        lambda: hall.do(WATI, interrupting.begin, {"service": "ktp-cetak"}, "network", "stop"),
        lambda: hall.do(WATI, chance.choice([day.close_day, day.reopen_day, day.reopen_day])),
    ]
    with suppress(QueueError):
        chance.choice(verbs)()


def seen(hall):
    """The hall of now, without what the record does not hold."""
    document = hall.read(hall_now)
    services = [{**one, "estimate": None} for one in document["services"]]
    alarms = [one | {"acknowledged": None} for one in document["alarms"] if one["kind"] not in ("device", "unstaffed")]
    return {**document, "services": services, "alarms": alarms, "forecast": []}


def rebuilt(hall, at, agencies=frozenset()):
    """The hall of an instant, from the record."""
    with hall.reader.connect() as conn, conn.begin():
        return hall_at(conn, hall.perform.sites.built, hall.site, at, agencies)


def the_next_day(hall):
    """The hall gives up; whoever waits has a place on the next morning, which begins."""
    hall.later(minutes=1)
    with suppress(QueueError):
        hall.do(WATI, day.reopen_day)
    hall.issue("skck-baru", by=TUTI)
    with suppress(QueueError):
        hall.do(WATI, interrupting.begin, {}, "power", "go_on")
    hall.do(WATI, carrying.carry_over, "listrik")
    hall.now = moment(f"{AHEAD} 07:59")


@pytest.mark.parametrize("seed", [1, *(pytest.param(n, marks=pytest.mark.night) for n in range(2, 18))])
def test_the_hall_at_any_instant_is_what_was_seen_then(hall, seed):
    chance, looks = random.Random(seed), {}
    hall.do(SARI, officer.open_counter, "5")
    book(hall, line("09:00", CODES[0], on=AHEAD), line("10:00", CODES[1], on=AHEAD))
    for n in range(140):
        hall.later(seconds=chance.randrange(1, 90))
        if n == 70:
            the_next_day(hall)
        act(hall, chance)
        looks[hall.now] = seen(hall)
    hall.later(days=1)
    hall.issue("ktp-cetak")
    assert hall.events(Kind.CARRIED_IN)
    for at in chance.sample(sorted(looks), INSTANTS):
        assert rebuilt(hall, at) == looks[at]


def test_what_was_booked_and_kept_on_earlier_days_is_told(hall):
    """Also of bookings that another day's list changes, gives back or misses."""
    service = "paspor-wawancara"
    book(
        hall,
        line("08:30", "11110000", 2, AHEAD),
        line("09:00", "22220000", 1, AHEAD),
        line("11:00", "33330000", 1, AHEAD),
    )
    hall.issue("ktp-cetak")
    hall.later(minutes=5)
    book(hall, line("08:30", "11110000", 3, AHEAD), line("09:00", "22220000", 1, AHEAD))
    changed, of_monday = hall.now, seen(hall)
    the_next_day(hall)
    looks = {}
    for happens in (
        lambda: hall.issue("ktp-cetak"),
        lambda: come(hall, "11110000"),
        lambda: hall.do(SYSTEM, ripening.ripen),
        lambda: book(hall, line("10:30", "22220000", 2, AHEAD)),
        lambda: hall.do(WATI, day.close_day),
    ):
        hall.later(minutes=22)
        happens()
        looks[hall.now] = seen(hall)
    hall.later(days=1)
    assert {at: rebuilt(hall, at) for at in looks} == looks
    assert rebuilt(hall, changed) == of_monday
    told = [one["bookings"] for document in looks.values() for one in document["services"] if one["id"] == service]
    assert [(one["booked"], one["came"], one["missed"]) for one in told][1] == (2, 1, 0)


def test_old_names_are_told_and_each_agency_sees_its_own(hall):
    hall.do(RATNA, officer.open_counter, "2")
    then = hall.now
    hall.later(minutes=5)
    named = replace(hall.site.counters["2"], name="Loket Paspor")
    hall.start(counters={**hall.site.counters, "2": named})
    hall.issue("kk-akta")
    names = {at: {one["id"]: one["name"] for one in rebuilt(hall, at)["counters"]} for at in (then, hall.now)}
    assert (names[then]["2"], names[hall.now]["2"]) == ("Loket 2", "Loket Paspor")
    own = rebuilt(hall, then, frozenset({"imigrasi"}))
    assert {one["id"] for one in own["counters"]} < names[then].keys()
    assert [one["officer"] for one in own["counters"] if one["open"]] == ["Ratna"]


def test_an_instant_outside_of_the_record_is_refused_and_a_slider_walks_every_revision(hall):
    hall.do(SARI, officer.open_counter, "5")
    given = hall.issue("ktp-cetak")
    walked = hall.read(lambda view: steps(view, view.day))["steps"]
    revisions = list(dict.fromkeys(e.revision for e in hall.events() if e.day == given.day))
    assert [one["revision"] for one in walked] == revisions
    assert (walked[-1]["kind"], walked[-1]["number"]) == (Kind.ISSUED, "J001")
    for at in (hall.now - timedelta(days=1), hall.now + timedelta(days=1)):
        with hall.refuses(Code.INVALID, field="at"):
            rebuilt(hall, at)


def test_a_clock_that_was_put_back_hides_nothing_of_the_record(hall):
    """The last event not later than the instant counts, and all that were recorded before it."""
    hall.do(SARI, officer.open_counter, "5")
    hall.later(minutes=10)
    first = hall.issue("ktp-cetak")
    hall.later(minutes=-8)
    hall.issue("ktp-cetak")
    found = up_to([e for e in hall.events() if e.day == first.day], hall.now)
    assert sum(e.kind == Kind.ISSUED for e in found) == 2
