"""What is personal is readable nowhere after its purge: no table, free page, log of SQLite, copy, export or log line.

The reader has everything: the data folder, every old copy, and whatever keys lie there. An old copy that is put back
brings none of it again.
"""

import hashlib
import io
import json
import os
import shutil
import subprocess
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from sqlite3 import connect
from typing import Any

import psycopg2
import pytest
from structlog.testing import capture_logs

from queue_server.booking_lists import read_list
from queue_server.commands import forgetting, importing, officer, refused_sign_ins
from queue_server.domain.bookings import code_hash
from queue_server.domain.errors import Code
from queue_server.domain.privacy import Lifetime
from queue_server.operations import backup, restore
from queue_server.perform import Answer, Key
from queue_server.reports import export
from queue_server.store import comments, engine, key_file, keyring
from queue_server.store.survey_schema import survey_answer
from tests.operations.test_restore import back_up, put_back
from tests.world.hall import SARI, SITE, TUTI, Hall
from tests.world.own_slots import AHEAD, begin, code, come, open_slots, take
from tests.world.sealed import go_on_until, notes, purge, ring_of

NOTE, REASON, CODE, ADDRESS = "kenari-catatan", "kenari-alasan", "73160042", "203.0.113.73"
COMMENT, ASKED = "kenari-komentar", hashlib.sha256(NOTE.encode()).hexdigest()  # of a request: its body's hash
SAID = (NOTE, REASON, CODE, ADDRESS, COMMENT, ASKED)
ALL = {"note", "reason", "reply", "asked", "code", "address", "comment"}
Read = Callable[[str], Sequence[Any]]  # an attacker's way into a database: the rows of a statement


def confide(hall: Hall) -> str:
    """A day on which all of it is said; the ticket that the note is about."""
    listed = read_list(f"date,time,service,code,people\n{AHEAD},10:00,paspor-wawancara,{CODE},1".encode())
    hall.do(TUTI, importing.import_bookings, listed)
    hall.do(SARI, officer.open_counter, "5")
    ticket = hall.issue("ktp-cetak")
    hall.do(SARI, officer.call_next, "5")
    hall.do(SARI, officer.hold, "5", REASON)
    hall.do(SARI, officer.return_ticket, "5", ticket.number)
    hall.do(SARI, officer.call_next, "5")
    hall.do(SARI, officer.serve, "5")
    hall.perform(
        SITE,
        lambda tx: officer.finish(tx, "5", note=NOTE),
        actor=SARI,
        key=Key("sari", "a-finish", ASKED),
        reply=lambda tx, _: Answer(200, {"notes": NOTE}),
    )
    refused_sign_ins.count(hall.perform.aside, None, ADDRESS, hall.now)
    answer = {"id": "a", "site": SITE, "month": f"{hall.now:%Y-%m}", "channel": "phone", "cost_scale": "free"}
    with hall.perform.aside() as conn:
        lies = comments.sealed(conn, SITE, hall.now.date(), "a", COMMENT)
        conn.execute(survey_answer.insert().values(**answer, wording="official", comment=lies))
    return ticket.id


def lying_about(folder: Path) -> set[str]:
    """The canaries that stand in any byte of any file, written as they are."""
    content = b"".join(one.read_bytes() for one in folder.rglob("*") if one.is_file())
    return {said for said in SAID if said.encode() in content}


def file(database: Path) -> Read:
    """A file of SQLite's is read."""

    def read(statement: str) -> Sequence[Any]:
        with closing(connect(f"file:{database}?mode=ro", uri=True)) as conn:
            return conn.execute(statement).fetchall()

    return read


def readable(read: Read, keys: Path, secret: bytes) -> set[str]:
    """What somebody reads who has a database, a file of keys and the server's secret."""
    ring, found = keyring.Keyring(keys), set()
    for *place, key, value in read("SELECT site, epoch, revision, n, name, key, value FROM private"):
        if ring.open(key, value, "/".join(map(str, place))) in (NOTE, REASON):
            found.add(place[-1])
    for scope, key, body_hash, reply in read("SELECT scope, key, body_hash, CAST(reply AS TEXT) FROM request"):
        closed = json.loads(reply).get("sealed_reply")
        if closed and NOTE in (ring.open(*closed, f"request/{scope}/{key}") or ""):
            found.add("reply")
        if body_hash == ASKED or ring.is_mark_of(body_hash, ASKED):
            found.add("asked")
    said = ring.marks(SITE, Lifetime.BOOKINGS, code_hash(secret, SITE, CODE))
    if {row[0] for row in read("SELECT code_hash FROM booking")} & set(said):
        found.add("code")
    for key, value in read("SELECT key, address FROM refused_sign_in"):
        if key and ring.open_alike(key, value) == ADDRESS:
            found.add("address")
    for id, kept in read("SELECT id, comment FROM survey_answer WHERE comment IS NOT NULL"):
        key, _, value = kept.partition("\n")
        if COMMENT in (kept, ring.open(key, value, f"survey/{SITE}/{id}")):
            found.add("comment")
    return found


def exported(hall: Hall) -> str:
    """Everything that can be exported."""
    out, day = io.StringIO(), hall.now.date()
    for written in (export.tickets, export.whole_record, export.booked):
        written(hall.reader, SITE, hall.site.timezone, day.replace(year=day.year - 1), day, out)
    return out.getvalue()


def sealed_in(read: Read) -> list[bytes]:
    """What lies sealed in it, byte by byte."""
    texts = (
        "SELECT value FROM private UNION SELECT address FROM refused_sign_in UNION SELECT comment FROM survey_answer"
    )
    return [text.encode() for (text,) in read(texts) if text]


def test_canaries_are_readable_nowhere_after_their_purge_and_no_old_copy_revives_one(hall, tmp_path):
    secret, copy, keys = hall.perform.secret, tmp_path / "copies" / "old", tmp_path / "copies" / key_file.FILE
    live = engine.database_file(engine.database_url(hall.folder))
    copy.parent.mkdir()
    with capture_logs() as log:
        ticket = confide(hall)
        told = [exported(hall)]
        back_up(hall, copy)
        assert readable(file(copy / backup.DATABASE), keys, secret) == ALL, "else nothing would be shown below"
        assert lying_about(hall.folder) == lying_about(copy.parent) == set(), "never in plain, not even before"
        kept = tmp_path / "kept"  # the control: somebody keeps the keys with the copy
        shutil.copyfile(keys, kept)
        once_sealed = sealed_in(file(copy / backup.DATABASE))
        go_on_until(hall, 91)
        purge(hall)
        back_up(hall, copy.with_name("new"))  # as every night: the keys beside the copies are those of now
        told.append(exported(hall))
    pages = b"".join(one.read_bytes() for one in hall.folder.glob(f"{live.name}*"))
    assert once_sealed and not [one for one in once_sealed if one in pages], "in a free page, or in the log"
    for database in (live, copy / backup.DATABASE, copy.with_name("new") / backup.DATABASE):
        for ring in (ring_of(hall).file, keys):
            assert readable(file(database), ring, secret) == set(), (database, ring)
    assert lying_about(hall.folder) == lying_about(copy.parent) == set()
    assert not [said for said in SAID if said in f"{told}{log}"]
    assert readable(file(copy / backup.DATABASE), kept, secret) == ALL, "the control is caught"
    shutil.copyfile(kept, keys)  # and whoever puts it all back, with the old keys beside the copy
    put_back(hall, copy)
    assert notes(hall, ticket) == []
    assert readable(file(live), ring_of(hall).file, secret) == set()
    assert lying_about(hall.folder) == set()


@pytest.mark.night
def test_canaries_on_postgresql_are_readable_in_no_file_of_its_cluster_nor_in_a_dump(
    hall, postgres, tmp_path, monkeypatch
):
    """Rows that were deleted stay in PostgreSQL's files until they are vacuumed, and in its log: sealed, for nobody."""
    monkeypatch.setenv("PATH", f"{postgres.bin}{os.pathsep}{os.environ['PATH']}")
    url = postgres.url(postgres.create())
    here = Hall(hall.folder, replace(hall.settings, server=replace(hall.settings.server, database_url=url)))
    secret, copies, keys = here.perform.secret, tmp_path / "copies", tmp_path / "copies" / key_file.FILE
    kept = tmp_path / "kept"

    def read(statement: str) -> Sequence[Any]:
        with closing(psycopg2.connect(url)) as conn, conn.cursor() as cursor:
            cursor.execute(statement)
            return cursor.fetchall()

    def tool(program: str, *args: object) -> bytes:
        return subprocess.run([postgres.bin / program, *args], check=True, capture_output=True).stdout

    ticket = confide(here)
    assert readable(read, ring_of(here).file, secret) == ALL, "else nothing would be shown below"
    made = backup.make(url, here.folder, copies / "old", here.now)
    shutil.copyfile(keys, kept)
    go_on_until(here, 91)
    purge(here)
    backup.make(url, here.folder, copies / "new", here.now)
    for ring in (ring_of(here).file, keys, kept):
        assert readable(read, ring, secret) == set(), ring
    read_out = tool("pg_restore", "-f", "-", made.folder / backup.DUMP)
    assert not [said for said in SAID if said.encode() in read_out]
    assert lying_about(postgres.home) == lying_about(here.folder) == lying_about(copies) == set()
    here.stop()
    tool("pg_restore", "--clean", "--if-exists", "--single-transaction", "-d", url, made.folder / backup.DUMP)
    assert readable(read, kept, secret) == ALL, "the control: whoever kept the keys reads the old dump"
    assert readable(read, keys, secret) == set()
    restore.adopt(here.settings, here.folder, lambda: here.now)
    here.start()
    assert notes(here, ticket) == [] and readable(read, ring_of(here).file, secret) == set()
    assert not readable(read, kept, secret) & {"note", "reason", "address", "comment"}, "the rows are taken out, too"
    here.stop()


@pytest.mark.parametrize("beside", [True, False], ids=["with its keys", "without"])
def test_on_another_machine_a_backup_is_read_with_the_keys_that_lie_beside_it(hall, tmp_path, beside):
    ticket = confide(hall)
    made = back_up(hall, tmp_path / "copies" / "one")
    assert made.keys == tmp_path / "copies" / key_file.FILE and not (made.folder / key_file.FILE).exists()
    assert made.keys.stat().st_mode & 0o077 == 0
    ring_of(hall).file.unlink()  # what another machine does not have
    if not beside:
        made.keys.unlink()
    put_back(hall, made.folder)
    assert notes(hall, ticket) == ([NOTE] if beside else [])


def test_what_a_holder_erased_stays_erased_when_an_older_copy_is_put_back(hall, tmp_path):
    ticket = confide(hall)
    made = back_up(hall, tmp_path / "copies" / "one")
    hall.do(SARI, forgetting.erase_own, ticket)
    put_back(hall, made.folder)
    live = engine.database_file(engine.database_url(hall.folder))
    assert notes(hall, ticket) == []
    assert not readable(file(live), ring_of(hall).file, hall.perform.secret) & {"note", "reply"}


def test_own_slots_codes_lie_sealed_by_their_day_and_open_nothing_after_it(hall, tmp_path):
    open_slots(hall)
    one, other = take(hall, "09:00"), take(hall, "09:30", browser="two")
    made = back_up(hall, tmp_path / "copies" / "one")
    begin(hall, f"{AHEAD} 09:00")
    assert come(hall, code(hall, one)).class_ == "booked"
    assert {key.day.isoformat() for key in ring_of(hall).keys.values() if key.lifetime is Lifetime.BOOKINGS} == {AHEAD}
    ring_of(hall).destroy(lambda key: key.lifetime is Lifetime.BOOKINGS)
    with hall.refuses(Code.UNKNOWN_BOOKING):
        come(hall, code(hall, other))
    put_back(hall, made.folder)  # of before, with the key beside it
    with hall.refuses(Code.UNKNOWN_BOOKING):
        come(hall, code(hall, other))
