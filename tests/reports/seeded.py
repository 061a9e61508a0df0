"""Some days of a hall by chance: whatever officers, visitors and supervisors may do, with all that spoils figures.

Breaks, interruptions (stood for, rejected and neither), groups, missing papers, numbers of an outage's paper, walk-ins,
hand-overs, numbers carried over, a class changed, calls undone, a clock that went backwards, names and promises changed
overnight, a restored backup.
"""

import random
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from typing import Any

from queue_server.booking_lists import read_list
from queue_server.commands import (
    carrying,
    checking_in,
    day,
    helping,
    importing,
    interrupting,
    officer,
    outage,
    reclassing,
    resting,
    ripening,
    taking_over,
    visitor,
    walking_in,
)
from queue_server.domain.errors import QueueError
from queue_server.domain.outage import Entry, sheet
from queue_server.domain.roles import SYSTEM, Actor, Role
from queue_server.operations import restore
from queue_server.store import backup
from tests.world.hall import ASEP, DEDI, KIOSK, RATNA, SARI, TUTI, WATI, Hall
from tests.world.hall import officer as person
from tests.world.values import at

SERVICES = ("ktp-perekaman", "ktp-cetak", "kk-akta", "paspor-wawancara", "skck-baru")
DESKS = {"lebak": {SARI: "5", DEDI: "6", RATNA: "2", ASEP: "10"}}  # where the cast works at each mall
DESKS["pandeglang"] = {SARI: "5", DEDI: "8", RATNA: "2", ASEP: "15"}
YANI = person("yani", "dukcapil", Role.OFFICER)  # takes over from Sari and Dedi


class LivedIn(Hall):
    """Any mall: the cast are its people."""

    def do(self, who: Actor, command: Callable, *args: Any, **options: Any) -> Any:
        """As everywhere."""
        return super().do(replace(who, sites=frozenset({self.id})), command, *args, **options)


def live(hall: Hall, seed: int, days: tuple[str, ...], steps: int = 110) -> None:
    """These days, one after another; the last one is still open."""
    chance = random.Random(seed)
    hall.start(services=_promising(hall))
    for n, date in enumerate(days):
        hall.now = at(f"{date} 08:05")
        _booked_places(hall, date)
        _a_day(hall, chance, steps)
        if n == 0:
            hall.now = at(f"{days[1]} 07:00")
            _renamed_overnight(hall)
        if n == 1:
            _restored_at_noon(hall, chance)
        if n + 1 < len(days) and n % 2:
            hall.do(WATI, day.close_day)
    _gives_up(hall)


def _booked_places(hall: Hall, date: str) -> None:
    """Of a day's lists the second lacks a code; one comes, one comes late, nobody comes with the others."""
    head, line = "date,time,service,code,people", "{date},{time},paspor-wawancara,{date}{code},1"
    listed = [line.format(date=date, time=time, code=n) for n, time in enumerate(("08:00", "08:30", "09:00", "10:30"))]
    for lines in (listed, listed[:-1]):
        hall.do(TUTI, importing.import_bookings, read_list("\n".join([head, *lines]).encode()))
    hall.do(KIOSK, checking_in.check_in, f"{date}1")
    hall.later(minutes=40)
    hall.do(SYSTEM, ripening.ripen)
    hall.do(TUTI, checking_in.check_in, f"{date}0", None, "jalan macet")


def _gives_up(hall: Hall) -> None:
    """At the end of the last day: whoever waits for a card has a place on the next."""
    with suppress(QueueError):
        hall.issue("ktp-cetak")
    with suppress(QueueError):
        hall.do(WATI, interrupting.begin, {"service": "ktp-cetak"}, "power")
        hall.later(minutes=5)
        hall.do(WATI, carrying.carry_over, "listrik padam", ["ktp-cetak"])


def _promising(hall: Hall) -> dict:
    services = dict(hall.site.services)
    services["ktp-cetak"] = replace(services["ktp-cetak"], wait_target_minutes=12, segment="citizen")
    services["kk-akta"] = replace(services["kk-akta"], quota_total=3)
    return services


def _renamed_overnight(hall: Hall) -> None:
    hall.stop()
    services = dict(hall.site.services)
    card = services["ktp-cetak"]
    services["ktp-cetak"] = replace(card, name={"id": "Cetak kartu"}, target_minutes=2, wait_target_minutes=3)
    services["skck-baru"] = replace(services["skck-baru"], agency="dukcapil")
    hall.start(services=services)


def _restored_at_noon(hall: Hall, chance: random.Random) -> None:
    """An hour of work is lost."""
    copy = hall.folder.parent / "backup.db"
    backup.copy(hall.folder / "queue.db", copy)
    _a_day(hall, chance, 15)
    hall.stop()
    restore.restore(hall.settings, hall.folder, copy, lambda: hall.now)
    hall.start()
    _a_day(hall, chance, 30)


def _a_day(hall: Hall, chance: random.Random, steps: int) -> None:
    for who, counter in _desks(hall).items():
        with suppress(QueueError):
            hall.do(who, officer.open_counter, counter)
    paper = iter(sheet(hall.site, "ktp-cetak", 8))
    for _ in range(steps):
        hall.later(seconds=chance.choice((4, 20, 45.25, 70, 130)))
        act = chance.choices(_ACTS, [weight for _, weight in _WEIGHED])[0]
        with suppress(QueueError, StopIteration):
            act(hall, chance, paper)


def _desks(hall: Hall) -> dict:
    return DESKS[hall.id]


def _hers(hall: Hall) -> list[str]:
    """The counters at which Yani takes over."""
    return [_desks(hall)[one] for one in (SARI, DEDI)]


def _someone(hall: Hall, chance: random.Random) -> tuple:
    return chance.choice([*_desks(hall).items(), (YANI, chance.choice(_hers(hall)))])


def _comes(hall, chance, _) -> None:
    service, class_ = chance.choice(SERVICES), chance.choice(("regular", "regular", "priority"))
    by = chance.choice((KIOSK, TUTI))
    hall.do(by, visitor.issue, service, class_, people=chance.choice((1, 1, 1, 3)) if by is TUTI else 1)


def _works(hall, chance, _) -> None:
    who, counter = _someone(hall, chance)
    state = _state(hall, counter)
    if state == "called":
        hall.do(who, officer.serve, counter)
    elif state == "serving":
        missing = chance.choice(_papers_at(hall, counter))
        hall.do(who, officer.finish, counter, **({"missing": (missing,)} if missing else {}))
    else:
        hall.do(who, officer.call_next, counter)


def _state(hall, counter) -> str | None:
    """Whether somebody is called or served there."""
    id = hall.counter(counter).ticket
    return next((t.state.value for t in hall.tickets() if t.id == id), None) if id else None


def _papers_at(hall, counter) -> tuple:
    return (None, None, *(p for s in hall.site.counters[counter].services for p in hall.site.services[s].papers))


def _strays(hall, chance, _) -> None:
    who, counter = _someone(hall, chance)
    kind = chance.choice(("recall", "undo", "no_show", "hold", "return", "transfer", "call", "cancel"))
    numbers = [t.number for t in hall.tickets() if t.state.value in ("waiting", "held", "no_show")] or ["A001"]
    number = chance.choice(numbers)
    match kind:
        case "undo":
            hall.do(who, officer.call_next, counter)
            hall.later(seconds=6)
            hall.do(who, officer.undo, counter)
        case "hold":
            hall.do(who, officer.hold, counter, missing=tuple(filter(None, [chance.choice(_papers_at(hall, counter))])))
        case "return":
            if _state(hall, counter) is None:
                hall.do(who, officer.call_next, counter)
            number = hall.at_hand(counter)
            hall.do(who, officer.hold if _state(hall, counter) == "serving" else officer.no_show, counter)
            hall.later(minutes=2)
            hall.do(TUTI, helping.return_number, number)
        case "transfer":
            hall.do(who, officer.transfer, counter, chance.choice(SERVICES), confirm=True)
        case "call":
            hall.do(who, officer.call, counter, number, "mendesak")
        case "cancel":
            hall.do(TUTI, helping.cancel_number, number, "pulang")
        case _:
            hall.do(who, getattr(officer, kind), counter)


def _changes(hall, chance, _) -> None:
    waiting = [t.number for t in hall.tickets() if t.state.value in ("waiting", "held")] or ["A001"]
    number = chance.choice(waiting)
    if chance.random() < 0.5:
        hall.do(WATI, reclassing.reclass_number, number, chance.choice(("priority", "regular")), "asked")
    else:
        hall.do(TUTI, helping.regroup, number, chance.choice((1, 2, 4)))


def _rests(hall, chance, _) -> None:
    who, counter = _someone(hall, chance)
    if _state(hall, counter) == "serving":
        hall.do(who, officer.finish, counter)
    hall.do(who, resting.begin, counter, "rest", confirm=True)
    hall.later(minutes=chance.choice((7, 33)))
    if chance.random() < 0.7:
        hall.do(who, resting.resume, counter)


def _changes_hands(hall, chance, _) -> None:
    who, counter = _someone(hall, chance)
    if chance.random() < 0.3:
        hall.do(who, officer.close_counter, counter, "makan")
    elif chance.random() < 0.5:
        hall.do(who, officer.open_counter, counter)
    else:
        hall.do(chance.choice((YANI, who)), taking_over.take_over, counter, "ganti")


def _hands_over(hall, chance, _) -> None:
    """In the midst of a service."""
    counter = chance.choice(_hers(hall))
    now = next(one for one in (SARI, DEDI, YANI) if one.id == hall.counter(counter).officer)
    if _state(hall, counter) is None:
        hall.do(now, officer.call_next, counter)
    if _state(hall, counter) == "called":
        hall.do(now, officer.serve, counter)
    hall.later(seconds=70)
    own = next(one for one, desk in _desks(hall).items() if desk == counter)
    hall.do(own if now is YANI else YANI, taking_over.take_over, counter, "ganti")


def _breaks_down(hall, chance, _) -> None:
    scope = chance.choice(({}, {"agency": "dukcapil"}, {"service": "ktp-cetak"}, {"counter": _hers(hall)[1]}))
    who = chance.choice((WATI, SARI))
    one = hall.do(who, interrupting.begin, scope, "network", chance.choice(("warn", "stop")))
    with suppress(QueueError):
        hall.issue("ktp-cetak")
    _work_a_while(hall, chance)
    judged = chance.random()
    if who is SARI and (judged < 0.5 or judged > 0.75):
        hall.do(WATI, interrupting.confirm if judged < 0.5 else interrupting.reject, one.id)
    hall.do(WATI, interrupting.end, one.id)


def _work_a_while(hall, chance) -> None:
    for _ in range(6):
        hall.later(seconds=50)
        with suppress(QueueError):
            chance.choice((_comes, _works))(hall, chance, None)


def _walks_in(hall, chance, _) -> None:
    who, counter = _someone(hall, chance)
    hall.do(who, walking_in.walk_in, counter, hall.site.counters[counter].services[0], reason="sebentar saja")


def _on_paper(hall, chance, paper) -> None:
    number, came = next(paper), hall.now - timedelta(minutes=30)
    if chance.random() < 0.5:
        hall.do(TUTI, outage.enter, [Entry(number, "ktp-cetak", "regular", 1, came)])
    else:
        times = [came + timedelta(minutes=m) for m in (9, 10.5, 14)]
        hall.do(TUTI, outage.enter, [Entry(number, "ktp-cetak", "regular", 2, came, *times, "5")])


def _clock_slips(hall, chance, paper) -> None:
    hall.later(seconds=-100)
    with suppress(QueueError):
        _works(hall, chance, paper)
    hall.later(seconds=100)


def _too_late(hall, chance, _) -> None:
    hall.issue("pelayanan-ham")


_WEIGHED = (
    (_comes, 26),
    (_works, 46),
    (_strays, 14),
    (_changes, 3),
    (_rests, 4),
    (_changes_hands, 3),
    (_hands_over, 2),
    (_breaks_down, 2),
    (_walks_in, 2),
    (_on_paper, 2),
    (_clock_slips, 1),
    (_too_late, 1),
)
_ACTS = [act for act, _ in _WEIGHED]
