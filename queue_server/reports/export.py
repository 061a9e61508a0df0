"""CSV for whoever checks our figures: one row per ticket (``contract.md``, CLI)."""

import csv
from collections.abc import Iterator
from datetime import date, datetime
from typing import IO
from zoneinfo import ZoneInfo

from sqlalchemy import Engine

from ..domain.times import times
from ..store import accounts, events
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
)
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


def tickets(reader: Engine, site: str, zone: ZoneInfo, first: date, last: date, file: IO[str]) -> int:
    """Write the tickets of the service days ``first`` … ``last``; how many. Times are in the site's zone."""
    out = csv.writer(file, lineterminator="\n")
    out.writerow(COLUMNS)
    count = 0
    with reader.connect() as conn, conn.begin():
        names = accounts.names(conn)
        for story in stories(events.of_days(conn, site, first, last)):
            out.writerow([safe(cell) for cell in _row(story, names, zone)])
            count += 1
    return count


def _row(story: Story, names: dict[str, str], zone: ZoneInfo) -> Iterator[object]:
    t, spent = story.ticket, times(story.stays)
    yield from (t.number, t.service, t.class_, story.counter, names.get(story.officer or "", story.officer))
    yield from (_local(at, zone) for at in (t.issued_at, t.called_at, t.served_at, story.ended_at))
    yield t.state.value
    yield from (round(s, 3) for s in (spent.wait_s, spent.walk_s, spent.service_s))


def _local(at: datetime | None, zone: ZoneInfo) -> str:
    return at.astimezone(zone).isoformat() if at else ""


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
