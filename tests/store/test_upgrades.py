"""A database that an earlier release left in mid-service is brought up to date, replayed, and goes on.

`releases/` holds a recording of each release since b3115f3 (`record.py` says how one is made). Every later schema must
read them, and let a process of the old release, which still runs during the upgrade, write on.
"""

import lzma
import sqlite3
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, MetaData, insert, select, text
from sqlalchemy.exc import DBAPIError

from queue_server import data_folder, settings
from queue_server.commands import officer, visitor
from queue_server.domain.roles import Actor, Role
from queue_server.queries import board
from queue_server.queries.snapshot import reading
from queue_server.store import accounts, backup, events, migrate, schema, state
from queue_server.store.engine import FILE, open_reader, open_writer
from queue_server.store.transaction import ALL_SITES
from tests.world.details import detail_faults
from tests.world.postgres import Postgres

RECORDINGS = sorted((Path(__file__).parent / "releases").glob("*.db.xz"))
FIRST_SCHEMA = "0001"
SITES = ("lebak", "pandeglang")
KINDS = 29  # of events in the first recording: every one that release knew


def _unpacked(recording: Path, folder: Path) -> Path:
    file = folder / FILE
    file.write_bytes(lzma.decompress(recording.read_bytes()))
    return file


def _known(database: Path) -> dict[str, list[str]]:
    """Table -> columns, as the old release knows them."""
    with sqlite3.connect(database) as old:
        tables = [name for (name,) in old.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        found = {t: [row[1] for row in old.execute(f"PRAGMA table_info({t})")] for t in tables}
    return {table: columns for table, columns in found.items() if table != "alembic_version" and "sqlite" not in table}


def _rows(engine: Engine, known: dict[str, list[str]]) -> dict[str, list[str]]:
    """All rows, in the columns that both releases know."""
    there = MetaData()
    there.reflect(engine, only=list(known))
    with engine.connect() as conn:
        return {
            name: sorted(repr(tuple(row)) for row in conn.execute(select(*(there.tables[name].c[c] for c in columns))))
            for name, columns in known.items()
        }


def _at_schema(engine: Engine, wanted: str) -> None:
    """The tables as a release made them."""
    config = Config()
    config.set_main_option("script_location", str(migrate._FOLDER))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, wanted)


def _brought(file: Path, url: str) -> None:
    """The recorded rows in PostgreSQL's tables of that time."""
    writer, source = open_writer(url), open_reader(f"sqlite:///{file}")
    _at_schema(writer, FIRST_SCHEMA)
    known, there = _known(file), MetaData()
    there.reflect(writer, only=list(known))
    with source.connect() as old, writer.begin() as new:
        for name, columns in known.items():
            declared = schema.metadata.tables[name]
            rows = [row._asdict() for row in old.execute(select(*(declared.c[c] for c in columns)))]
            if rows:
                new.execute(insert(declared), rows)
    source.dispose()
    writer.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def left(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """What the old release left: the database's URL, and the recording itself."""
    folder = tmp_path / "recorded"
    folder.mkdir()
    file = _unpacked(RECORDINGS[0], folder)
    if request.param == "sqlite":
        data = tmp_path / "data"
        data.mkdir()
        yield f"sqlite:///{_unpacked(RECORDINGS[0], data)}", file
        return
    cluster: Postgres = request.getfixturevalue("postgres")
    url = cluster.url(cluster.create())
    _brought(file, url)
    yield url, file


def test_the_recording_holds_every_kind_of_event_and_every_table(tmp_path: Path):
    with sqlite3.connect(_unpacked(RECORDINGS[0], tmp_path)) as old:
        assert old.execute("SELECT count(DISTINCT kind) FROM event").fetchone() == (KINDS,)
        assert old.execute("SELECT count(DISTINCT day) FROM event WHERE site = 'lebak'").fetchone()[0] >= 4
        assert not [t for t in _known(tmp_path / FILE) if not old.execute(f"SELECT count(*) FROM {t}").fetchone()[0]]
        assert old.execute("SELECT count(*) FROM ticket WHERE state IN ('called', 'serving')").fetchone()[0] > 3
        assert old.execute("SELECT count(*) FROM event WHERE clock_suspect").fetchone()[0] > 0


def test_an_upgrade_keeps_every_row_that_both_know(left):
    url, recorded = left
    writer, known = open_writer(url), _known(recorded)
    before = _rows(writer, known)
    migrate.migrate(writer)
    assert migrate.current(writer) == migrate.HEAD
    assert _rows(writer, known) == before
    writer.dispose()


def test_the_upgraded_record_replays_to_its_rows(left):
    url, _ = left
    writer = open_writer(url)
    migrate.migrate(writer)
    with writer.connect() as conn, conn.begin():
        for site in SITES:
            assert state.differences(conn, site) == []
            assert len(state.rows(conn, site).tickets) > 100
    writer.dispose()


def test_every_recorded_detail_is_as_its_kind_declares_and_nobody_is_said_to_have_done_it(left):
    url, _ = left
    writer = open_writer(url)
    migrate.migrate(writer)
    with writer.connect() as conn, conn.begin():
        told = [event for site in (*SITES, ALL_SITES) for event in events.of_site(conn, site)]
    assert (len({event.kind for event in told}), detail_faults(told)) == (KINDS, [])
    assert {event.by for event in told} == {None}
    writer.dispose()


def test_a_role_that_the_old_release_gives_during_the_upgrade_counts(left):
    """It knows one column: what it writes there takes away the roles that the new release had given beside."""
    url, _ = left
    writer = open_writer(url)
    migrate.migrate(writer)
    with writer.begin() as conn:
        id = accounts.by_username(conn, "auditor").id
        accounts.change(conn, id, {"roles": {Role.SUPERVISOR, Role.AUDITOR}}, end_sessions=False)
        assert accounts.by_username(conn, "auditor").roles == {Role.SUPERVISOR, Role.AUDITOR}
        conn.execute(text("UPDATE account SET role = 'auditor' WHERE username = 'auditor'"))
        assert accounts.by_username(conn, "auditor").roles == {Role.AUDITOR}
    writer.dispose()


def test_the_hall_goes_on_where_it_stood(left, tmp_path: Path):
    """In the middle of the fourth day: numbers go on, whoever was called is served, nobody's place has changed."""
    url, recorded = left
    told = settings.load(None, environ={"QUEUE_DATABASE_URL": url})
    writer, reader = data_folder.open_store(told, tmp_path / "data")
    with reader.connect() as conn, conn.begin():
        last = conn.execute(select(schema.event.c.at).order_by(schema.event.c.at.desc()).limit(1)).scalar_one()
    perform = data_folder.make_performer(told, tmp_path / "data", writer, clock=lambda: last + timedelta(seconds=30))
    data_folder.apply_structure(perform, told)
    for site in SITES:
        serving = _rows_of(recorded, f"SELECT counter, officer FROM ticket WHERE site = '{site}' AND state = 'serving'")
        assert serving
        for counter, id in serving:
            who = Actor(id, Role.OFFICER.only, frozenset({site}), frozenset())
            perform(site, lambda tx, at=counter: officer.finish(tx, at), actor=who)
            perform(site, lambda tx, at=counter: officer.call_next(tx, at), actor=who)
        kiosk = Actor("kiosk", Role.KIOSK.only, frozenset({site}))
        always = [s for s in told.sites[site].services.values() if s.kiosk and not (s.quota or s.hours or s.days)]
        assert always
        for service in always:
            perform(site, lambda tx, s=service: visitor.issue(tx, s.id, "regular"), actor=kiosk)
        with reading(reader, perform.sites, site, last) as snapshot:
            assert board.board(snapshot)["recent"]
        with reader.connect() as conn, conn.begin():
            assert state.differences(conn, site) == []
    writer.dispose()
    reader.dispose()


def _rows_of(file: Path, query: str) -> list[tuple]:
    with sqlite3.connect(file) as old:
        return old.execute(query).fetchall()


def _write_as_the_old_release(writer: Engine, known: dict[str, list[str]]) -> None:
    """A new row in each table, told only the columns that the old release knows. That it is taken is all we ask."""
    there = MetaData()
    there.reflect(writer, only=list(known))
    with writer.connect() as conn:
        for name, columns in known.items():
            table = there.tables[name]
            row = dict(conn.execute(select(*(table.c[c] for c in columns)).limit(1)).mappings().one())
            keys = {c.name for constraint in table.constraints for c in getattr(constraint, "columns", ())}
            keys |= {c.name for index in table.indexes if index.unique for c in index.columns}
            conn.execute(insert(table), [row | {key: _other(row[key], key) for key in keys if key in row}])
            conn.rollback()


def test_a_process_of_the_old_release_may_still_write_during_the_upgrade(left):
    url, recorded = left
    writer = open_writer(url)
    migrate.migrate(writer)
    _write_as_the_old_release(writer, _known(recorded))
    writer.dispose()


def test_it_could_not_if_a_new_column_had_no_default(postgres: Postgres, tmp_path: Path):
    """The control."""
    recorded, url = _unpacked(RECORDINGS[0], tmp_path), postgres.url(postgres.create())
    _brought(recorded, url)
    writer = open_writer(url)
    with writer.begin() as conn:
        conn.execute(text("ALTER TABLE device ADD COLUMN needed INTEGER NOT NULL DEFAULT 0"))
        conn.execute(text("ALTER TABLE device ALTER COLUMN needed DROP DEFAULT"))
    with pytest.raises(DBAPIError, match="needed"):
        _write_as_the_old_release(writer, _known(recorded))
    writer.dispose()


def _other(value: object, key: str) -> object:
    """Another value of its kind, so that the row is a new one."""
    if isinstance(value, int):
        return value + 1_000_000
    return value if key in ("day",) or value is None or not isinstance(value, str) else f"~{value}"[: len(value)] or "~"


def test_the_recording_is_sound_by_itself(tmp_path: Path):
    assert backup.faults(_unpacked(RECORDINGS[0], tmp_path)) == []
