"""What is personal lies sealed, opens for whoever may read it, and for nobody once its key is destroyed."""

import time
from datetime import date, timedelta

import pytest
from sqlalchemy import select, update

from queue_server.commands import admin, forgetting, officer, refused_sign_ins
from queue_server.domain.errors import Code
from queue_server.domain.privacy import Lifetime, Lifetimes, shortest
from queue_server.operations import purging
from queue_server.store import accounts, first_sealing, keyring
from queue_server.store import refused_sign_ins as refused
from queue_server.store.access_schema import refused_sign_in
from queue_server.store.private_schema import private
from tests.world.hall import SARI
from tests.world.sealed import go_on_until, notes, purge, ring_of

NOTE = "kartu keluarga menyusul besok"
DAY = timedelta(days=1)


def noted(hall, note: str = NOTE) -> str:
    """A ticket that an officer has finished with a note; its id."""
    ticket = hall.issue("ktp-cetak")
    for verb, said in ((officer.call_next, {}), (officer.serve, {}), (officer.finish, {"note": note})):
        hall.do(SARI, verb, "5", **said)
    return ticket.id


def rows(hall) -> list:
    with hall.reader.connect() as conn:
        return conn.execute(select(private)).all()


def test_a_note_lies_sealed_and_is_told_to_whoever_may_read_it(open_hall):
    ticket = noted(open_hall)
    (row,) = [row for row in rows(open_hall) if row.name == "note"]
    assert row.key in ring_of(open_hall).keys and NOTE not in row.value
    assert notes(open_hall, ticket) == [NOTE]
    assert ring_of(open_hall).file.stat().st_mode & 0o777 == 0o600


def test_what_was_sealed_for_one_place_opens_at_no_other(open_hall):
    first, second = noted(open_hall), noted(open_hall, "lain")
    (one, other) = [row for row in rows(open_hall) if row.name == "note"]
    with open_hall.writer.begin() as conn:
        conn.execute(update(private).where(private.c.revision == other.revision).values(value=one.value))
    assert notes(open_hall, first) == [NOTE] and notes(open_hall, second) == []


def test_a_key_lives_ninety_days_and_is_then_destroyed(open_hall):
    ticket = noted(open_hall)
    go_on_until(open_hall, 90)
    assert not [key for key in purge(open_hall).keys if key.lifetime is Lifetime.TEXTS]
    assert notes(open_hall, ticket) == [NOTE], "the last day on which it is kept"
    open_hall.later(days=1)
    assert [key.lifetime for key in purge(open_hall).keys if key.site == "lebak"] == [Lifetime.TEXTS]
    assert notes(open_hall, ticket) == [] and not [row for row in rows(open_hall) if row.name == "note"]
    open_hall.check_replay()


def test_a_clock_that_woke_in_another_year_destroys_nothing(open_hall):
    ticket = noted(open_hall)
    open_hall.later(days=3650)
    with pytest.raises(purging.CannotPurge, match="not believed"):
        purge(open_hall)
    open_hall.later(days=-3650)
    assert notes(open_hall, ticket) == [NOTE]


@pytest.mark.parametrize("how", ["lost", "damaged"])
def test_without_the_keys_texts_are_unreadable_and_everything_else_goes_on(open_hall, how):
    ticket, ring = noted(open_hall), ring_of(open_hall)
    ring.file.unlink() if how == "lost" else ring.file.write_bytes(b"\0" * 100)
    assert notes(open_hall, ticket) == []
    assert notes(open_hall, noted(open_hall, "baru")) == ["baru"], "with a new key"
    open_hall.check_replay()


@pytest.mark.parametrize(
    ("errno", "told"), [(28, Code.STORAGE_FULL), (13, Code.KEYS_UNWRITABLE), (30, Code.KEYS_UNWRITABLE)]
)
def test_a_text_is_not_taken_in_when_its_key_cannot_be_kept_and_the_cause_is_told(open_hall, monkeypatch, errno, told):
    def fails(*_: object) -> None:
        raise OSError(errno, "as the system says")

    monkeypatch.setattr(keyring, "replace_file", fails)
    open_hall.issue("ktp-cetak")
    open_hall.do(SARI, officer.call_next, "5")
    with open_hall.refuses(told):
        open_hall.do(SARI, officer.hold, "5", "tunggu berkas")
    assert rows(open_hall) == []


def test_a_command_without_a_text_neither_seals_nor_asks_for_a_key(open_hall, monkeypatch):
    monkeypatch.setattr(keyring.Keyring, "_look", lambda self: 1 / 0)
    open_hall.issue("ktp-cetak")
    open_hall.do(SARI, officer.call_next, "5")
    with pytest.raises(ZeroDivisionError):  # the control: with a text it would
        open_hall.do(SARI, officer.hold, "5", "tunggu berkas")


def test_what_a_release_before_wrote_in_plain_is_sealed_at_the_next_start(open_hall):
    hall, ticket = open_hall, noted(open_hall)
    with hall.writer.begin() as conn:
        conn.execute(update(private).where(private.c.name == "note").values(value=NOTE, key=None))
        row = {"hour": hall.now, "account": "", "address": "36.68.77.99", "count": 2}
        conn.execute(refused_sign_in.insert().values(row))
    assert notes(hall, ticket) == [NOTE]
    assert first_sealing.seal_plain(hall.writer, ring_of(hall)) == 2
    assert NOTE not in str(rows(hall)) and notes(hall, ticket) == [NOTE]
    with hall.reader.connect() as conn:
        assert [one.address for one in refused.between(conn, hall.now - DAY, hall.now + DAY)] == ["36.68.77.99"]
        assert "36.68" not in str(conn.execute(select(refused_sign_in)).all())
    if hall.writer.dialect.name == "sqlite":
        files = [file.read_bytes() for file in hall.folder.glob("queue.db*")]
        assert not [file for file in files if NOTE.encode() in file or b"36.68" in file]


def test_refused_sign_ins_are_counted_by_address_and_lie_sealed(open_hall):
    for _ in range(3):
        refused_sign_ins.count(open_hall.perform.aside, None, "36.68.77.99", open_hall.now)
    with open_hall.reader.connect() as conn:
        (one,) = refused.between(conn, open_hall.now - DAY, open_hall.now + DAY)
        assert (one.address, one.count) == ("36.68.77.99", 3)
        assert "36.68" not in str(conn.execute(select(refused_sign_in)).all())


def test_a_site_may_keep_less_and_the_server_keeps_the_least_of_all():
    short = Lifetimes({Lifetime.TEXTS: 30, Lifetime.ADDRESSES: 5, Lifetime.BOOKINGS: 0})
    assert short.is_over(Lifetime.TEXTS, date(2026, 1, 1), date(2026, 2, 1))
    assert not short.is_over(Lifetime.TEXTS, date(2026, 1, 1), date(2026, 1, 31))
    assert shortest({"a": short, "b": Lifetimes()}) == short


def test_an_officer_is_a_pseudonym_a_year_after_the_account_ended(open_hall):
    hall = open_hall
    with hall.reader.connect() as conn:
        sari = accounts.by_id(conn, SARI.id)
    hall.on_server(admin.disable_account, sari.username)
    go_on_until(hall, 364)
    purge(hall)
    with hall.reader.connect() as conn:
        assert accounts.by_id(conn, SARI.id).name == sari.name
    hall.later(days=3)
    assert purge(hall).accounts == 1 and purge(hall).accounts == 0
    with hall.reader.connect() as conn:
        gone = accounts.by_id(conn, SARI.id)
    assert (gone.username, gone.name) == forgetting.pseudonym(SARI.id) and gone.password_hash == ""
    assert SARI.id in ring_of(hall).forgotten, "so that an old copy names nobody either"


def test_sealing_and_opening_cost_next_to_nothing(open_hall):
    """Beside a commit that is synced to the disk (milliseconds)."""
    ring, day = ring_of(open_hall), date(2026, 11, 23)
    ring.seal("lebak", day, Lifetime.TEXTS, NOTE, "a")
    best = 1.0
    for _ in range(5):
        began = time.perf_counter()
        for n in range(100):
            sealed = ring.seal("lebak", day, Lifetime.TEXTS, NOTE, str(n))
            assert ring.open(sealed.key, sealed.value, str(n)) == NOTE
        best = min(best, (time.perf_counter() - began) / 100)
    assert best < 0.002, f"{best * 1e6:.0f} µs"
