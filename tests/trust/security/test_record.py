"""I-18: what happened stays on record. The database itself refuses to change or forget an event, whoever asks it."""

import sqlite3

import pytest

WAYS = {
    "change": "UPDATE event SET kind = 'issued'",
    "change who": "UPDATE event SET officer = 'somebody else'",
    "forget": "DELETE FROM event",
    "write over": "INSERT OR REPLACE INTO event SELECT * FROM event LIMIT 1",
    "upsert": "REPLACE INTO event SELECT * FROM event LIMIT 1",
}


def kept(office) -> list[tuple]:
    """Every event."""
    return office.watcher.execute("SELECT * FROM event ORDER BY 1, 2, 3, 4").fetchall()


@pytest.mark.parametrize("way", WAYS)
def test_what_happened_cannot_be_changed(office, way):
    before = kept(office)
    assert before
    with sqlite3.connect(office.data / "queue.db") as conn, pytest.raises(sqlite3.DatabaseError, match="append-only"):
        conn.execute(WAYS[way])
    conn.close()
    assert kept(office) == before


def test_control_without_the_database_s_own_guard_it_is_changed(office):
    before = kept(office)
    with sqlite3.connect(office.data / "queue.db") as conn:
        guards = [name for (name,) in conn.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")]
        assert guards
        for name in guards:
            conn.execute(f"DROP TRIGGER {name}")
        conn.execute(WAYS["change"])
    conn.close()
    assert kept(office) != before
