"""A migration that fails, at whichever statement, leaves the old database as it was, and a copy of it from before."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import event, inspect, text

from queue_server import data_folder
from queue_server.store import backup, migrate, schema, state
from tests.world.hall import SITE, Hall

TODAY, NEXT = migrate.HEAD, "9999"
CHANGE = f'''
"""A change as releases bring it: a column, a table filled from another, an index, a rebuilt row."""
import sqlalchemy as sa
from alembic import op
revision = "{NEXT}"
down_revision = "{TODAY}"

def upgrade():
    op.add_column("ticket", sa.Column("badge", sa.String(8), nullable=True))
    op.create_table("tally", sa.Column("site", sa.String(64), primary_key=True), sa.Column("n", sa.Integer))
    op.execute("INSERT INTO tally SELECT site, count(*) FROM ticket GROUP BY site")
    op.execute("UPDATE ticket SET badge = 'old'")
    op.create_index("ticket_badge", "ticket", ["badge"])
'''


class Broken(Exception):
    """The power, the disk, a bug: something in the middle of a migration."""


@pytest.fixture
def newer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The next version of Antrean: one more migration."""
    folder = tmp_path / "migrations"
    shutil.copytree(migrate._FOLDER, folder)
    (folder / "versions" / f"{NEXT}_next.py").write_text(CHANGE)
    monkeypatch.setattr(migrate, "_FOLDER", folder)
    monkeypatch.setattr(migrate, "HEAD", NEXT)


def fail_at(nth: int) -> Callable[..., None]:
    """A listener that breaks the nth statement after it is armed."""
    seen = 0

    def before(conn, cursor, statement, *rest) -> None:
        nonlocal seen
        seen += 1
        if seen == nth:
            raise Broken

    return before


def look(hall: Hall) -> tuple:
    """Everything there is: tables and their words, version, the site's state."""
    with hall.writer.connect() as conn, conn.begin():
        version = conn.execute(text("SELECT version_num FROM alembic_version")).scalar()
        return version, state.fingerprint(state.rows(conn, SITE)), _tables(conn)


def _tables(conn) -> list:
    if conn.dialect.name == "sqlite":
        return conn.execute(text("SELECT name, sql FROM sqlite_master ORDER BY name")).all()
    asked = "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public' ORDER BY 1, 2"
    return conn.execute(text(asked)).all()


def test_a_migration_that_fails_at_any_statement_leaves_what_was_there(hall, request):
    for _ in range(3):
        hall.issue("kk-akta")
    before, failed = look(hall), 0
    request.getfixturevalue("newer")
    for nth in range(1, 100):
        listener = fail_at(nth)
        event.listen(hall.writer, "before_cursor_execute", listener)
        try:
            migrate.migrate(hall.writer)
            break
        except Broken:
            failed += 1
            event.remove(hall.writer, "before_cursor_execute", listener)
            assert look(hall) == before, f"statement {nth} left something behind"
    event.remove(hall.writer, "before_cursor_execute", listener)
    assert failed >= 8, "the migration's own statements were never reached"
    version, same, tables = look(hall)
    assert (version, same) == (NEXT, before[1]) and tables != before[2]


def test_the_old_version_still_works_after_a_failed_upgrade(hall, request, monkeypatch):
    hall.issue("kk-akta")
    request.getfixturevalue("newer")
    listener = fail_at(9)
    event.listen(hall.writer, "before_cursor_execute", listener)
    with pytest.raises(Broken):
        migrate.migrate(hall.writer)
    event.remove(hall.writer, "before_cursor_execute", listener)
    monkeypatch.undo()  # back to the version that knows one migration
    hall.stop()
    hall.start()
    assert hall.issue("kk-akta").seq == 2


@pytest.mark.parametrize("prepared", ["sqlite"], indirect=True)  # copies of PostgreSQL are its operator's
def test_a_copy_is_kept_before_anything_is_changed(hall, prepared, request):
    hall.issue("kk-akta")
    before = look(hall)
    hall.stop()
    request.getfixturevalue("newer")
    hall.writer, hall.reader = data_folder.open_store(hall.settings, hall.folder)
    assert look(hall)[0] == NEXT
    (copy,) = (hall.folder / "backups").iterdir()
    assert not backup.faults(copy)
    with backup.reading(copy) as conn:
        assert migrate.version(conn) == TODAY
        assert state.fingerprint(state.rows(conn, SITE)) == before[1]
        assert "badge" not in {c["name"] for c in inspect(conn).get_columns("ticket")}
        assert schema.metadata.tables.keys() <= {row.name for row in before[2]}


def test_nothing_is_copied_when_there_is_nothing_to_migrate(hall):
    hall.stop()
    hall.start()
    assert not (hall.folder / "backups").exists()
