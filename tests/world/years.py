"""Years of past tickets, written straight into a prepared database: rows and the events they fold from, consistent."""

import sqlite3
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from queue_server import data_folder, settings
from tests.world.busy_hall import COUNTERS, PREFIXES, SERVICES, SITE

PER_DAY = 2500
_DAY_US = 86_400_000_000
_BETWEEN_US = 10_000_000  # from one issue to the next
_WAIT_US, _WALK_US, _WORK_US = 600_000_000, 30_000_000, 300_000_000

# Every ticket is issued, called, served and finished, at four revisions of its own.
_TICKETS = """
WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < :count),
t AS (SELECT i, i / :per_day AS d, i % :services AS s, (i % :per_day) / :services + 1 AS seq,
             :first_us + (i / :per_day) * :day_us + (i % :per_day) * :between AS at FROM n)
INSERT INTO ticket (id, site, day, series, seq, number, service, class_, state, arrival, issued_at, since, called_at,
                    served_at, finished_at, counter, officer, call_revision, recalls, token_hash)
SELECT printf('00000000-0000-7000-8000-%012x', i), :site, date(:first, '+' || d || ' days'), printf('s%02d', s), seq,
       substr(:prefixes, s + 1, 1) || printf('%03d', seq), printf('s%02d', s), 'regular', 'completed', 1 + 4 * i, at,
       at + :wait + :walk + :work, at + :wait, at + :wait + :walk, at + :wait + :walk + :work,
       CAST(1 + i % :counters AS TEXT), 'officer-of-the-past', 2 + 4 * i, 0, printf('%064x', i) FROM t
"""
_EVENTS = """
WITH RECURSIVE n(e) AS (SELECT 0 UNION ALL SELECT e + 1 FROM n WHERE e + 1 < 4 * :count)
INSERT INTO event (site, epoch, revision, n, at, day, kind, ticket, counter, service, officer, detail, clock_suspect)
SELECT :site, :epoch, 1 + e, 0,
       CASE e % 4 WHEN 0 THEN issued_at WHEN 1 THEN called_at WHEN 2 THEN served_at ELSE finished_at END,
       day, CASE e % 4 WHEN 0 THEN 'issued' WHEN 1 THEN 'called' WHEN 2 THEN 'served' ELSE 'finished' END, id,
       CASE e % 4 WHEN 0 THEN NULL ELSE counter END, service, CASE e % 4 WHEN 0 THEN NULL ELSE officer END,
       CASE e % 4
       WHEN 0 THEN json_object('seq', seq, 'number', number, 'class', class_, 'by', 'kiosk')
       WHEN 1 THEN json_object('number', number, 'previous', max(e - 3, 0), 'by', 'next', 'wheel', json('[0, 0]'),
           'before', json_object('state', 'waiting', 'since',
               strftime('%Y-%m-%dT%H:%M:%S+00:00', issued_at / 1000000, 'unixepoch'), 'called_at', NULL,
               'finished_at', NULL, 'counter', NULL, 'officer', NULL, 'call_revision', NULL, 'recalls', 0))
       ELSE '{}' END, 0
FROM n JOIN ticket ON ticket.rowid = e / 4 + 1
"""
_SUMS = """
INSERT INTO series (site, service, day, next) SELECT site, series, day, max(seq) + 1 FROM ticket GROUP BY 1, 2, 3;
INSERT INTO quota (site, day, service, class_, used)
    SELECT site, day, service, class_, count(*) FROM ticket GROUP BY 1, 2, 3, 4;
"""


def past(config: Path, data: Path, count: int) -> None:
    """A data folder whose hall has served ``count`` tickets until yesterday; its own day is not yet open."""
    told = settings.load(config, environ={})
    writer, reader = data_folder.open_store(told, data)
    data_folder.ensure_rows(writer, told.sites)
    writer.dispose()
    reader.dispose()
    if not count:
        return
    with sqlite3.connect(data / "queue.db", isolation_level=None) as conn:
        _write(conn, count)
    conn.close()


def _write(conn: sqlite3.Connection, count: int) -> None:
    conn.execute("PRAGMA synchronous = OFF")
    conn.execute("BEGIN")
    own = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql > '' AND tbl_name IN ('ticket', 'event')"
    indexes = conn.execute(own).fetchall()
    for name, _ in indexes:
        conn.execute(f'DROP INDEX "{name}"')
    values = _values(conn, count)
    conn.execute(_TICKETS, values)
    conn.execute(_EVENTS, values)
    for _, sql in indexes:
        conn.execute(sql)
    for statement in _SUMS.split(";")[:2]:
        conn.execute(statement)
    last = "SELECT max(at) FROM event"
    conn.execute(
        f"UPDATE site SET revision = ?, last_call = ?, last_at = ({last}) WHERE id = ?",
        (4 * count, 4 * count - 2, SITE),
    )
    conn.execute("COMMIT")
    conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _values(conn: sqlite3.Connection, count: int) -> dict[str, object]:
    days = -(-count // PER_DAY)
    first = date.fromordinal(datetime.now(UTC).date().toordinal() - days)
    opened = datetime(first.year, first.month, first.day, 1, tzinfo=UTC)  # 08:00 in Jakarta
    return {
        "count": count,
        "per_day": PER_DAY,
        "services": len(SERVICES),
        "counters": COUNTERS,
        "prefixes": PREFIXES,
        "site": SITE,
        "epoch": conn.execute("SELECT epoch FROM site WHERE id = ?", (SITE,)).fetchone()[0],
        "first": first.isoformat(),
        "first_us": (opened - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1),
        "day_us": _DAY_US,
        "between": _BETWEEN_US,
        "wait": _WAIT_US,
        "walk": _WALK_US,
        "work": _WORK_US,
    }
