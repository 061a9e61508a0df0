"""A page over five years of a large hall on PostgreSQL: how long it takes, and what memory its process takes.

The sheets of ten days are made by the product of those days' events, and repeated under other dates.
"""

import asyncio
import resource
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path

import psycopg2
from psycopg2.extensions import connection as Connection

from queue_server import data_folder, settings
from queue_server.clock import utc_now
from queue_server.reckoning.workshop import Workshop
from queue_server.reports import period_page, sheets
from queue_server.reports.calendar import MOST_DAYS, Period
from queue_server.reports.period_reader import Question
from queue_server.reports.sheet import VERSION
from queue_server.reports.span import Wanted
from queue_server.store import events, stays
from queue_server.store.engine import database_url, open_reader
from queue_server.store.structures import Structures
from tests.world.busy_hall import SITE, write_config
from tests.world.postgres import Postgres
from tests.world.years import PER_DAY, past

from .figures import Row

_MADE_DAYS, _AT_MOST_S = 10, 10.0
_FIRST = date(2021, 1, 1)
_SHEET = "INSERT INTO day_sheet (site, day, version, epoch, revision, sheet) VALUES (%s, %s, %s, %s, %s, %s)"
_OPENED = (
    "INSERT INTO event (site, epoch, revision, n, at, day, kind, detail, clock_suspect)"
    " VALUES (%s, %s, %s, 0, 0, %s, 'day_opened', '{}', false)"
)
_FOLLOWED = "INSERT INTO follower (name, site, epoch, revision, fence) VALUES (%s, %s, %s, %s, 0)"


async def run(folder: Path, quick: bool) -> list[Row]:
    """All rows of this module."""
    return await asyncio.to_thread(_measured, folder, 100 if quick else MOST_DAYS)


def _measured(folder: Path, days: int) -> list[Row]:
    made = list(_made(folder))
    server = Postgres(safe=False).start()
    try:
        url = server.url(server.create())
        question = _filled(folder, url, made, days)
        workshop = Workshop()
        try:
            took, issued = _asked(workshop, question)
        finally:
            workshop.close()
        peak_mib = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024  # no other child needs as much
    finally:
        server.remove()
    what = f"page of {days:,} days with {issued:,} tickets on PostgreSQL, slowest of 3"
    return [
        Row(what, f"{took:.1f} s", target=f"≤ {_AT_MOST_S:.0f} s for 5 million", reached=took <= _AT_MOST_S),
        Row("… memory of the process that reckons it, at most", f"{peak_mib:,.0f} MiB"),
    ]


def _made(folder: Path) -> Iterator[tuple[date, bytes]]:
    """Days and their sheets, made by the product of a past."""
    config, data = write_config(folder / "config"), folder / "past"
    past(config, data, _MADE_DAYS * PER_DAY)
    told = settings.load(config, environ={})
    structures = Structures(told.sites, told.site_of)
    reader = open_reader(database_url(data))
    with reader.connect() as conn, conn.begin():
        for day in events.days(conn, SITE, date.min, date.max):
            yield day, sheets.make(conn, structures[SITE], structures, day)[1]
    reader.dispose()


def _filled(folder: Path, url: str, made: list[tuple[date, bytes]], days: int) -> Question:
    """A database with as many days, and the question about all of them."""
    told = settings.load(folder / "config", environ={"QUEUE_DATABASE_URL": url})
    writer, reader = data_folder.open_store(told, folder / "postgresql")
    data_folder.ensure_rows(writer, told.sites)
    data_folder.apply_structure(data_folder.make_performer(told, folder / "postgresql", writer, utc_now), told)
    writer.dispose()
    reader.dispose()
    conn = psycopg2.connect(url)
    with conn:
        _repeat(conn, made, days)
        conn.cursor().execute("ANALYZE")  # as PostgreSQL does by itself in time
    conn.close()
    structures = Structures(told.sites, told.site_of)
    period = Period(_FIRST, _FIRST + timedelta(days=days - 1))
    both, at = (period, period.before()), datetime.now(UTC)
    make = partial(period_page.of_sheets, SITE, Wanted(), both, at, (), "service")
    return Question(url, structures[SITE], structures.build, both, make)


def _repeat(conn: Connection, made: list[tuple[date, bytes]], days: int) -> None:
    cursor = conn.cursor()
    cursor.execute("SELECT epoch, revision FROM site WHERE id = %s", (SITE,))
    epoch, revision = cursor.fetchone() or (0, 0)
    for n in range(days):
        (of, sheet), day = made[n % len(made)], _FIRST + timedelta(days=n)
        own = sheet.replace(f'"{of}"'.encode(), f'"{day}"'.encode(), 1)
        cursor.execute(_SHEET, (SITE, day, VERSION, epoch, revision, psycopg2.Binary(own)))
        cursor.execute(_OPENED, (SITE, epoch, -1 - n, day))
    cursor.execute("DELETE FROM follower WHERE name = %s AND site = %s", (stays.NAME, SITE))
    cursor.execute(_FOLLOWED, (stays.NAME, SITE, epoch, revision))


def _asked(workshop: Workshop, question: Question) -> tuple[float, int]:
    """(seconds of the slowest of three answers, tickets); one before them starts the process."""
    page, took = workshop(question), list[float]()
    for _ in range(3):
        began = time.perf_counter()
        page = workshop(question)
        took.append(time.perf_counter() - began)
    return max(took), page.report["totals"]["issued"] or 0
