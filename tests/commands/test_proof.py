"""The proof of a whole history holds a handful of it at a time, and says what the plain comparison says."""

import gc
import hashlib
import json
from dataclasses import asdict

import pytest
from sqlalchemy import text

from queue_server.commands import officer
from queue_server.domain.fold import Event, Ticket
from queue_server.domain.replay import replay
from queue_server.store import backup, events, state
from tests.world.busy_hall import write_config
from tests.world.hall import DEDI, SARI, SITE, Hall
from tests.world.years import past

HANDFUL = 500


@pytest.fixture
def busy(hall: Hall) -> Hall:
    """Two days of everything that a ticket can go through."""
    for _ in range(2):
        hall.do(SARI, officer.open_counter, "5")
        hall.do(DEDI, officer.open_counter, "6")
        for n in range(12):
            hall.issue(("ktp-cetak", "kk-akta", "ktp-perekaman")[n % 3], ("regular", "priority")[n % 2])
        for verbs in (("serve", "finish"), ("no_show",), ("hold",), ("recall", "serve", "finish"), ("return_ticket",)):
            hall.do(DEDI, officer.call_next, "6")
            for verb in verbs:
                hall.later(seconds=20)
                hall.do(DEDI, getattr(officer, verb), "6")
        hall.later(days=1)
    return hall


def plain(conn) -> list[str]:
    """The comparison with both sides in memory, as it was first written."""
    told, standing = replay(events.of_site(conn, SITE)), state.rows(conn, SITE)
    found = []
    for name in ("tickets", "counters", "series", "quotas"):
        ours, theirs = getattr(told, name), getattr(standing, name)
        wrong = sum(ours.get(key) != theirs.get(key) for key in ours.keys() | theirs.keys())
        if wrong:
            found.append(f"{wrong} {name}")
    return found


DAMAGE = {
    "nothing": (),
    "a state": ("UPDATE ticket SET state = 'cancelled' WHERE number IN ('J001', 'K003')",),
    "rows are gone": ("DELETE FROM ticket WHERE seq = 2",),
    "the first and the last row": (
        "DELETE FROM ticket WHERE id IN ((SELECT min(id) FROM ticket), (SELECT max(id) FROM ticket))",
    ),
    "every row": ("DELETE FROM ticket",),
    "issues were lost": ("DELETE FROM event WHERE kind = 'issued' AND n = 0 AND revision % 2 = 0",),
    "calls were lost": ("DELETE FROM event WHERE kind = 'called'",),
    "every event": ("DELETE FROM event",),
    "a series and a quota": ("UPDATE series SET next = next + 1", "UPDATE quota SET used = used + 1 WHERE used > 1"),
    "a counter": ("UPDATE counter SET wheel = 1 WHERE id = '5'", "UPDATE counter SET officer = 'x' WHERE id = '6'"),
    "an event of another ticket": (
        "UPDATE event SET ticket = (SELECT max(id) FROM ticket) WHERE kind = 'served'",
    ),
}  # fmt: skip


@pytest.mark.parametrize("damage", DAMAGE)
def test_it_says_what_the_plain_comparison_says(busy, damage):
    with busy.writer.connect() as conn, conn.begin() as transaction:
        _allow_anything(conn)
        for statement in DAMAGE[damage]:
            conn.execute(text(statement))
        expected = plain(conn)
        assert state.differences(conn, SITE) == expected
        transaction.rollback()
    assert bool(expected) is (damage != "nothing")


def _allow_anything(conn) -> None:
    """Events are append-only to everybody but a damaged disk."""
    if conn.dialect.name == "postgresql":
        conn.execute(text("ALTER TABLE event DISABLE TRIGGER ALL"))
        return
    for name in conn.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).scalars().all():
        conn.execute(text(f"DROP TRIGGER {name}"))


def test_the_fingerprint_is_the_one_of_the_rows_in_memory(busy):
    with busy.reader.connect() as conn, conn.begin():
        whole = state.rows(conn, SITE)
        found = state.fingerprint_of(conn, SITE)
    assert len(whole.tickets) == 24 and whole.counters and whole.quotas
    assert found == state.fingerprint(whole) == as_first_written(whole)


def as_first_written(whole) -> str:
    """What labels of older backups bear, in which nothing was interrupted, booked, set for a day or carried over."""
    newer = ("interruptions", "levers", "notices", "bookings", "pictures", "playlist", "carried")
    older = {name: table for name, table in asdict(whole).items() if name not in newer}
    key = lambda k: k if isinstance(k, str) else "/".join(map(str, k))  # noqa: E731
    value = lambda v: json.dumps(v, sort_keys=True, default=str)  # noqa: E731
    tables = {name: sorted((key(k), value(v)) for k, v in table.items()) for name, table in older.items()}
    return hashlib.sha256(json.dumps(tables, sort_keys=True, default=str).encode()).hexdigest()


@pytest.mark.slow
def test_of_a_long_history_a_handful_is_held_at_a_time(tmp_path, monkeypatch):
    (tmp_path / "config").mkdir()
    past(write_config(tmp_path / "config"), tmp_path / "data", 3000)
    gc.collect()
    before, most, seen = held(), 0, 0
    really = events.to_event

    def to_event(row):
        nonlocal most, seen
        seen += 1
        if seen % 400 == 0:
            most = max(most, held() - before)
        return really(row)

    monkeypatch.setattr(events, "to_event", to_event)
    assert backup.verified(tmp_path / "data" / "queue.db")
    assert seen >= 2 * 12_000 and most < 3 * HANDFUL


def held() -> int:
    """How many events and tickets there are in memory."""
    return sum(type(one) in (Event, Ticket) for one in gc.get_objects())


def test_control_the_plain_comparison_holds_them_all(busy):
    gc.collect()  # what other tests left would go meanwhile
    before = held()
    with busy.reader.connect() as conn, conn.begin():
        told, standing = replay(events.of_site(conn, SITE)), state.rows(conn, SITE)
        assert held() - before >= len(told.tickets) + len(standing.tickets) == 48
