"""CSV for whoever checks our figures: one row per ticket, or per event with who did it (``contract.md``, CLI)."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import IO
from zoneinfo import ZoneInfo

from sqlalchemy import Engine

from ..domain.events import ISSUES
from ..domain.times import SERVICE, WAIT, WALK, times
from ..queries.names_of_days import NamesOfDays
from ..store import accounts, bookings, events
from .tickets import Story, stories

COLUMNS = (
    "number",
    "service",
    "class",
    "counter",
    "officer",
    "issued_at",
    "first_called_at",
    "served_at",
    "finished_at",
    "state",
    "wait_s",
    "walk_s",
    "service_s",
    "people",
    "entered_later",
    "told_low_s",
    "told_high_s",
    "outcome",
    "carried_day",
    "carried_number",
)
NAMES = ("service_name", "counter_name")
_FORMULA = (
    "=",
    "+",
    "-",
    "@",
    "\uff1d",
    "\uff0b",
    "\uff0d",
    "\uff20",
)  # full-width too: some take them
_UNSEEN = "\0\ufeff\u200b\u2060"  # what may stand before one unnoticed, besides all white space


@dataclass(frozen=True, slots=True)
class Form:
    """How a file is written: for programs, or for a spreadsheet that reads as people of a country write."""

    begins: str = ""
    delimiter: str = ","
    line_end: str = "\n"
    time: str | None = None  # as ``strftime`` has it; None: ISO 8601 with offset


#: Indonesian Excel takes a comma for the decimal sign, needs the mark to know UTF-8, and no offset in a time. Nothing
#: here has decimals: durations are whole seconds.
FORMS = {None: Form(), "id": Form("\ufeff", ";", "\r\n", "%Y-%m-%d %H:%M:%S")}


def tickets(
    reader: Engine,
    site: str,
    zone: ZoneInfo,
    first: date,
    last: date,
    file: IO[str],
    form: Form = FORMS[None],
    *,
    named: bool = False,
) -> int:
    """Write the tickets of the service days ``first`` … ``last``; how many. Times are in the site's zone.

    ``named``: two columns more, what service and counter were called on that day.
    """
    file.write(form.begins)
    out = csv.writer(file, lineterminator=form.line_end, delimiter=form.delimiter)
    out.writerow(COLUMNS + (NAMES if named else ()))
    count = 0
    with reader.connect() as conn, conn.begin():
        names, of_days = accounts.names(conn), NamesOfDays(conn, site)
        for story in stories(events.of_days(conn, site, first, last)):
            t = story.ticket
            more = of_days(t.day, t.service, story.counter) if named else ()
            out.writerow([safe(cell) for cell in (*_row(story, names, zone, form), *more)])
            count += 1
    return count


BOOKING_COLUMNS = ("day", "time", "service", "people", "state", "late", "number")


def booked(
    reader: Engine, site: str, zone: ZoneInfo, first: date, last: date, file: IO[str], form: Form = FORMS[None]
) -> int:
    """Write the booked places of the days ``first`` … ``last``; how many. No code stands there: none is known."""
    file.write(form.begins)
    out = csv.writer(file, lineterminator=form.line_end, delimiter=form.delimiter)
    out.writerow(BOOKING_COLUMNS)
    count = 0
    with reader.connect() as conn, conn.begin():
        for one, number in bookings.of_days(conn, site, first, last):
            at = one.slot.astimezone(zone).strftime("%H:%M")
            row = (one.day, at, one.service, one.people, one.state.value, int(one.late), number or "")
            out.writerow([safe(cell) for cell in row])
            count += 1
    return count


EVENT_COLUMNS = (
    "at",
    "day",
    "epoch",
    "revision",
    "n",
    "kind",
    "number",
    "service",
    "counter",
    "officer",
    "by",
    "by_what",
)
_NOBODY_S = ("visitor", "system")  # who acts and is neither an account nor a device


def whole_record(
    reader: Engine, site: str, zone: ZoneInfo, first: date, last: date, file: IO[str], form: Form = FORMS[None]
) -> int:
    """Write every event of the service days ``first`` … ``last``, and who did it; how many.

    ``officer``: whose work it counts as. ``by``: who did it; ``by_what``: ``account``, a device's kind, ``visitor``,
    ``system`` (the clock, the command line); both empty where the release of that time did not record it. Reasons and
    notes are not part of the record.
    """
    file.write(form.begins)
    out = csv.writer(file, lineterminator=form.line_end, delimiter=form.delimiter)
    out.writerow(EVENT_COLUMNS)
    count, numbers = 0, dict[str, str]()
    with reader.connect() as conn, conn.begin():
        people, devices = accounts.names(conn), accounts.device_names(conn)
        for event in events.of_days(conn, site, first, last):
            if event.kind in ISSUES:
                numbers[event.ticket or ""] = event.detail["number"]
            place = (event.day.isoformat(), event.epoch, event.revision, event.n, event.kind)
            what = (numbers.get(event.ticket or ""), event.service, event.counter)
            who = (people.get(event.officer or "", event.officer), *_by(event.by, people, devices))
            out.writerow([safe(cell) for cell in (_local(event.at, zone, form), *place, *what, *who)])
            count += 1
    return count


def _by(id: str | None, people: dict[str, str], devices: dict[str, tuple[str, str]]) -> tuple[str | None, str | None]:
    """(name, what it is) of who did something."""
    if id in _NOBODY_S:
        return None, id
    kind, name = devices.get(id or "", ("account" if id else None, people.get(id or "", id)))
    return name, kind


def _row(story: Story, names: dict[str, str], zone: ZoneInfo, form: Form) -> Iterator[object]:
    t, spent = story.ticket, times(story.stays)
    ended = {stay.kind for stay in story.stays if stay.end is not None}
    yield from (t.number, t.service, t.class_, story.counter, names.get(story.officer or "", story.officer))
    yield from (_local(at, zone, form) for at in (t.issued_at, t.called_at, t.served_at, story.ended_at))
    yield t.state.value
    sums = ((WAIT, spent.wait_s), (WALK, spent.walk_s), (SERVICE, spent.service_s))
    yield from (round(seconds) if kind in ended else "" for kind, seconds in sums)  # what never was took no time: empty
    yield from (t.people, "yes" if t.seq < 0 else "", t.told_low_s, t.told_high_s)
    yield from (t.outcome, t.carried_to, t.carried_as)


def _local(at: datetime | None, zone: ZoneInfo, form: Form) -> str:
    if at is None:
        return ""
    local = at.astimezone(zone)
    return local.strftime(form.time) if form.time else local.isoformat(timespec="seconds")


def safe(cell: object) -> object:
    """A text that a spreadsheet would take for a formula gets a leading apostrophe (OWASP ASVS 5.0, 1.2.10)."""
    if cell is None:
        return ""
    if isinstance(cell, str) and any(_begins_formula(line) for line in cell.splitlines()):
        return "'" + cell
    return cell


def _begins_formula(line: str) -> bool:
    shown = line
    while shown and (shown[0].isspace() or shown[0] in _UNSEEN):
        shown = shown[1:]
    return shown.startswith(_FORMULA) or line.startswith(("\t", "\r", "\0"))
