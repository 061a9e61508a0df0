"""Bits flip in a day's database: SQLite's own look or the replay of the events finds it, or nobody's number changes."""

import contextlib
import random
from pathlib import Path

import pytest

from queue_server.commands import officer, visitor
from queue_server.domain.errors import QueueError
from queue_server.perform import Answer, Key
from queue_server.store import backup, state
from tests.world.figures import Tally
from tests.world.hall import DEDI, KIOSK, SARI, SITE, Hall
from tests.world.halls import prepare

WHAT = "flipped databases of a day, in-process"
VISITORS = 90
LENGTHS = (1, 1, 2, 4, 8, 16, 32, 64)  # bytes, one bit in each


def a_day(hall: Hall) -> None:
    """Three services, two counters, everybody with a key."""
    hall.do(SARI, officer.open_counter, "5")
    hall.do(DEDI, officer.open_counter, "6")
    for n in range(VISITORS):
        service = ("ktp-cetak", "ktp-perekaman", "kk-akta")[n % 3]
        hall.perform(
            SITE,
            lambda tx, service=service: visitor.issue(tx, service),
            actor=KIOSK,
            key=Key("kiosk", f"key {n}", "body"),
            reply=lambda tx, ticket: Answer(201, {"id": ticket.id, "number": ticket.number}, ticket.id),
        )
        hall.later(seconds=40)
        who, counter = ((SARI, "5"), (DEDI, "6"))[n % 2]
        for verb in (officer.call_next, officer.serve, officer.finish):
            with contextlib.suppress(QueueError):
                hall.do(who, verb, counter)


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """One file with a day in it."""
    folder, told, _ = prepare(tmp_path_factory)
    hall = Hall(folder, told)
    a_day(hall)
    hall.stop()
    backup.settle(folder / "queue.db")
    return (folder / "queue.db").read_bytes()


def verdict(file: Path) -> tuple[str, str | None]:
    """The check that found it, or, if none did, what the file says of every ticket, counter and series."""
    if backup.faults(file):
        return "integrity_check", None
    try:
        backup.verified(file)
    except backup.Damaged:
        return "replay", None
    with backup.reading(file) as conn:
        return "nobody", state.fingerprint(state.rows(conn, SITE))


def flipped(database: bytes, chance: random.Random) -> bytes:
    """One bit each of some neighbouring bytes."""
    bits, at = bytearray(database), chance.randrange(len(database))
    for n in range(at, min(at + chance.choice(LENGTHS), len(bits))):
        bits[n] ^= 1 << chance.randrange(8)
    return bytes(bits)


def flip_and_look(database: bytes, place: Path, flips: int, row: Tally) -> dict[str, int]:
    """That many files; found by whom, or by nobody because nothing that counts had changed."""
    file, chance, found = place / "queue.db", random.Random(row.seed), dict.fromkeys(("integrity_check", "replay"), 0)
    file.write_bytes(database)
    _, true = verdict(file)
    for _ in row.each(range(flips)):
        file.write_bytes(flipped(database, chance))
        who, says = verdict(file)
        found[who] = found.get(who, 0) + 1
        wrong = who == "nobody" and says != true
        row.count(1, lost=wrong)
        assert not wrong, "a flipped bit changed somebody's number, state or place, and nobody noticed"
    return found


def test_what_flips_is_found_or_changes_nobodys_number(database, tmp_path, figure):
    row = figure("F25", WHAT)
    found = flip_and_look(database, tmp_path, row.size(ci=40, night=500), row)
    assert found["integrity_check"] > 3, "nothing that matters was ever hit"
    said = {"integrity_check": "found by integrity_check", "replay": "found by replay", "nobody": "changed no number"}
    row.note(", ".join(f"{count} {said[who]}" for who, count in found.items()))
    row.note("names, reasons and stored replies are not covered by either")


def in_a_ticket(database: bytes, place: Path) -> Path:
    """One visitor's class, which no index holds, becomes another word: every page is as whole as before."""
    file = place / "queue.db"
    file.write_bytes(database)
    from queue_server.store.engine import sqlite_module

    with contextlib.closing(sqlite_module().connect(file)) as conn:
        conn.execute("UPDATE ticket SET recalls = recalls + 1 WHERE number = 'J003'")
        conn.commit()
    return file


def test_control_sqlites_own_look_does_not_notice_another_number(database, tmp_path, figure, monkeypatch):
    file = in_a_ticket(database, tmp_path)
    assert verdict(file)[0] == "replay" and not backup.faults(file)
    (tmp_path / "true").mkdir()
    (tmp_path / "true" / "queue.db").write_bytes(database)
    _, true = verdict(tmp_path / "true" / "queue.db")
    monkeypatch.setattr(backup.state, "differences", lambda conn, site: [])
    who, says = verdict(file)
    assert who == "nobody" and says != true
    figure("F25", WHAT).caught("SQLite's own look alone", "another row of a ticket went unnoticed")
