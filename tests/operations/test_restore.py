"""Backup and restore: the drill of a bad day. All that came after the backup is gone, its numbers stay used."""

import contextlib
import random
from dataclasses import replace

import pytest
from sqlalchemy import select

from queue_server.commands import structuring
from queue_server.domain.errors import QueueError
from queue_server.domain.roles import SYSTEM
from queue_server.domain.structure import digest_of
from queue_server.operations import backup, restore
from queue_server.queries import structure
from queue_server.store import backup as copies
from queue_server.store import engine, schema, state
from queue_server.store.engine import StoreUnusable
from tests.world.declared import redeclared
from tests.world.hall import SITE, Hall

DRILLS = 20


def back_up(hall: Hall, folder) -> backup.Backup:
    """A backup while the hall's engines are open, as beside a running server."""
    return backup.make(engine.database_url(hall.folder), hall.folder, folder, hall.now)


def put_back(hall: Hall, folder) -> restore.Restored:
    """Stop, restore, start again."""
    hall.stop()
    try:
        return restore.restore(hall.settings, hall.folder, folder, lambda: hall.now)
    finally:
        hall.start()


def fingerprint(hall: Hall) -> str:
    """The site's state as a hash."""
    with hall.reader.connect() as conn, conn.begin():
        return state.fingerprint(state.rows(conn, SITE))


def numbers(hall: Hall) -> set[str]:
    """Every number there is."""
    return {t.number for t in hall.tickets()}


def check_series(hall: Hall) -> None:
    """I-1 with its one recorded gap: each series is 1 … k, and after a restore goes on without another hole."""
    taken: dict[str, list[int]] = {}
    for ticket in hall.tickets():
        taken.setdefault(ticket.series, []).append(ticket.seq)
    for series in taken.values():
        runs = sum(b != a + 1 for a, b in zip([0, *sorted(series)], sorted(series), strict=False))
        assert runs <= 1 + len(hall.events("restored"))
        assert len(set(series)) == len(series)


def test_a_backup_beside_the_working_hall_is_whole_and_equal(hall, working, tmp_path):
    working(10)
    made = back_up(hall, tmp_path / "b")
    assert made.sites[SITE]["state"] == fingerprint(hall)
    assert copies.verified(tmp_path / "b" / "queue.db") == made.sites
    assert (tmp_path / "b" / "secret").read_text() == (hall.folder / "secret").read_text()
    assert sorted(f.name for f in (tmp_path / "b").iterdir()) == ["backup.json", "queue.db", "secret"]
    assert (tmp_path / "b").stat().st_mode & 0o077 == 0


def promised(hall: Hall, minutes: int | None = None) -> int | None:
    """The promise of a service; changed on screen first, if told."""
    if minutes is not None:
        made = hall.read(structure.version)["structure"]
        new = {**made, "services": [{**s, "target_minutes": minutes} for s in made["services"]]}
        saved = structuring.New(new, digest_of(new), hall.settings.site_of(new), "screen")
        hall.do(SYSTEM, lambda tx: structuring.save(tx, saved, tx.structure))
    return hall.perform(SITE, lambda tx: tx.config.services["ktp-cetak"].target_minutes).body


def test_a_hall_that_was_edited_on_screen_comes_back_as_it_was_backed_up(hall, working, tmp_path):
    """Also where the same version says something else in the history that is gone."""
    working(3)
    assert promised(hall, 21) == 21
    back_up(hall, tmp_path / "b")
    assert promised(hall, 33) == 33
    put_back(hall, tmp_path / "b")
    assert promised(hall) == 21
    assert promised(hall, 44) == 44
    assert hall.row().structure == 3, "the number of the version that was lost, with other content"
    hall.stop()
    hall.start()
    assert promised(hall) == 44


WHAT = "restore drills, in-process"


def test_drills(hall, working, tmp_path, figure):
    """Backup, more work, restore, more work, again and again: no number twice, the state is the backup's."""
    row = figure("F18", WHAT)
    chance, given = random.Random(row.seed), set()
    for drill in row.each(range(row.size(ci=DRILLS, night=100))):
        given |= set(working(chance.randrange(1, 9)))
        kept, before = numbers(hall), fingerprint(hall)
        epoch = hall.row().epoch
        back_up(hall, tmp_path / f"b{drill}")
        lost = set(working(chance.randrange(1, 9)))
        done = put_back(hall, tmp_path / f"b{drill}")
        assert done.made_at is not None and done.sites[SITE]["state"] == fingerprint(hall)
        assert numbers(hall) == kept
        assert hall.row().epoch > epoch
        hall.check_replay()
        given |= lost
        fresh = set(working(3))
        row.count(1, lost=len(fresh & given))
        assert not fresh & given, "a number was given a second time"
        given |= fresh
        assert len(before) == len(fingerprint(hall)) == 64
        check_series(hall)
        hall.check_replay()


def test_control_series_left_as_the_backup_has_them_give_numbers_twice(hall, working, tmp_path, figure, monkeypatch):
    monkeypatch.setattr("queue_server.commands.restored.after_a_restore", lambda last: last + 1)
    monkeypatch.setattr(restore, "_given", lambda data, replaced: {})
    working(3)
    back_up(hall, tmp_path / "b")
    lost = set(working(3))
    put_back(hall, tmp_path / "b")
    twice = lost & set(working(3))
    assert twice
    figure("F18", WHAT).caught("series left as they were", f"{len(twice)} of {len(lost)} numbers twice")


def test_every_series_goes_on_above_the_next_thousand_also_one_without_a_ticket(hall, working, tmp_path):
    working(4)
    back_up(hall, tmp_path / "b")
    put_back(hall, tmp_path / "b")
    issued = 0
    for service in hall.site.services.values():
        with contextlib.suppress(QueueError):  # not today, or not at a kiosk
            assert hall.issue(service.id).number == f"{service.prefix}1001"
            issued += 1
    assert issued > 5
    (event,) = hall.events("restored")
    assert set(event.detail["series"][hall.row().day.isoformat()]) == set(hall.site.services)


def test_the_same_backup_restored_twice_gives_no_number_twice_even_if_the_data_between_is_lost(hall, working, tmp_path):
    working(4)
    back_up(hall, tmp_path / "b")
    put_back(hall, tmp_path / "b")
    first, epoch = working(6), hall.row().epoch
    hall.stop()
    (hall.folder / "queue.db").write_bytes(b"the disk ate it")
    for rest in ("queue.db-wal", "queue.db-shm"):
        (hall.folder / rest).unlink(missing_ok=True)
    restore.restore(hall.settings, hall.folder, tmp_path / "b", lambda: hall.now)
    hall.start()
    assert not set(first) & set(working(6))
    assert hall.row().epoch != epoch


def test_more_than_a_thousand_numbers_given_after_the_backup_are_known_from_what_is_replaced(hall, working, tmp_path):
    back_up(hall, tmp_path / "b")
    day = hall.row().day
    with hall.writer.begin() as conn:  # as if 2,400 had come: only the series' row matters here
        conn.execute(schema.series.insert().values(site=SITE, service="kk-akta", day=day, next=2401))
    put_back(hall, tmp_path / "b")
    assert hall.issue("kk-akta").seq == 3001


def test_a_restore_on_another_day_raises_that_days_series(hall, working, tmp_path):
    working(3)
    back_up(hall, tmp_path / "b")
    hall.later(days=1)
    put_back(hall, tmp_path / "b")
    assert hall.row().day == hall.now.date()
    assert hall.issue("kk-akta").seq == 1001


def test_what_is_replaced_is_kept_log_and_all(hall, working, tmp_path):
    back_up(hall, tmp_path / "b")
    after = set(working(5))
    with hall.reader.connect() as conn, conn.begin():  # an open look keeps the log beside the file, as a kill would
        conn.execute(select(schema.site)).all()
        done = restore.restore(hall.settings, hall.folder, tmp_path / "b", lambda: hall.now)
    with copies.reading(done.replaced / "queue.db") as conn:
        assert {n for (n,) in conn.execute(select(schema.ticket.c.number))} == after
    hall.stop()
    hall.start()
    assert not numbers(hall)


def test_whoever_signed_out_since_stays_signed_out(hall, working, tmp_path):
    from queue_server.commands import admin
    from queue_server.store import accounts
    from queue_server.store.ids import token_hash

    with hall.reader.connect() as conn, conn.begin():
        sari = accounts.by_username(conn, "sari")
    hall.on_server(admin.sign_in, sari, "a session")
    back_up(hall, tmp_path / "b")
    put_back(hall, tmp_path / "b")
    with hall.reader.connect() as conn, conn.begin():
        assert accounts.by_session(conn, token_hash("a session"), hall.now - admin.SESSION_LASTS) is None


def test_a_configuration_of_other_halls_is_refused_before_anything_is_changed(hall, working, tmp_path):
    """Without --config the packaged sites would be meant, and this hall's series go on as if nothing had been given."""
    working(3)
    back_up(hall, tmp_path / "b")
    before = fingerprint(hall)
    other = redeclared(hall.settings, {"elsewhere": replace(hall.site, id="elsewhere")})
    hall.stop()
    with pytest.raises(restore.CannotRestore, match=f"the backup holds {SITE}, .*--config"):
        restore.restore(other, hall.folder, tmp_path / "b", lambda: hall.now)
    hall.start()
    assert fingerprint(hall) == before and not hall.events("restored")


def test_a_damaged_backup_changes_nothing(hall, working, tmp_path):
    working(5)
    back_up(hall, tmp_path / "b")
    file = tmp_path / "b" / "queue.db"
    whole = file.read_bytes()
    file.write_bytes(whole[:8192] + bytes(4096) + whole[12288:])
    before = fingerprint(hall)
    with pytest.raises(copies.Damaged):
        put_back(hall, tmp_path / "b")
    assert fingerprint(hall) == before and not hall.events("restored")


def test_a_backup_whose_rows_are_not_what_its_events_say_is_refused(hall, working, tmp_path):
    """The file is whole and the data are not: only the replay can tell."""
    working(5)
    with hall.writer.begin() as conn:
        was = conn.exec_driver_sql("SELECT state FROM ticket WHERE number = 'J001'").scalar()
        conn.exec_driver_sql("UPDATE ticket SET state = 'cancelled' WHERE number = 'J001'")
    with pytest.raises(copies.Damaged, match="1 tickets"):
        back_up(hall, tmp_path / "b")
    with hall.writer.begin() as conn:
        conn.exec_driver_sql("UPDATE ticket SET state = ? WHERE number = 'J001'", (was,))


def test_a_folder_with_something_in_it_is_not_written_into(hall, working, tmp_path):
    back_up(hall, tmp_path / "b")
    with pytest.raises(backup.CannotBackUp):
        back_up(hall, tmp_path / "b")


def test_a_restore_that_was_cut_short_is_noticed_at_the_next_start(hall, working, tmp_path, monkeypatch):
    from queue_server.operations import presence

    working(3)
    back_up(hall, tmp_path / "b")
    monkeypatch.setattr(restore, "_put_in_place", lambda *a: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        put_back(hall, tmp_path / "b")
    with pytest.raises(StoreUnusable, match="interrupted"):
        presence.enter(hall.folder)
    monkeypatch.undo()
    put_back(hall, tmp_path / "b")
    presence.enter(hall.folder).leave()
