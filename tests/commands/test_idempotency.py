"""I-4: one key of one caller has one effect and one reply."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from queue_server import data_folder
from queue_server.commands import day, forgetting, officer, visitor
from queue_server.domain.errors import Code, QueueError
from queue_server.domain.privacy import Lifetime
from queue_server.perform import Answer, Key
from queue_server.queries.desk import desk
from queue_server.queries.snapshot import inside
from queue_server.store import keyring, schema
from tests.world.hall import KIOSK, SARI, SITE, WATI
from tests.world.values import at

KEY = Key("kiosk", "a-key", "body-1")


def issue(hall, key=KEY):
    """An issue with a key; (status, number)."""
    said = hall.perform(
        SITE,
        lambda tx: visitor.issue(tx, "ktp-cetak"),
        actor=KIOSK,
        key=key,
        reply=lambda tx, ticket: Answer(201, {"number": ticket.number}, ticket.id) if ticket else Answer(409, None),
    )
    return said.status, said.body["number"]


def test_the_same_key_again_has_no_second_effect(hall):
    assert issue(hall) == (201, "J001")
    with hall.changes_nothing():
        assert issue(hall) == (200, "J001")
    assert len(hall.tickets()) == 1


def test_the_same_key_with_another_body_is_refused(hall):
    issue(hall)
    with hall.refuses(Code.IDEMPOTENCY_KEY_REUSED):
        issue(hall, replace(KEY, body_hash="body-2"))


def test_keys_are_their_caller_s_own(hall):
    assert [issue(hall), issue(hall, replace(KEY, scope="another kiosk"))] == [(201, "J001"), (201, "J002")]


def test_a_refused_issue_is_replayed_without_a_second_event(hall):
    hall.do(WATI, day.close_day)
    with pytest.raises(QueueError) as first:
        issue(hall)
    hall.do(WATI, day.reopen_day)
    with hall.refuses(Code.SERVICE_CLOSED, **first.value.details):
        issue(hall)
    assert len(hall.events("refused")) == 1


def test_an_error_stores_no_key(hall):
    hall.do(SARI, officer.open_counter, "5")
    with hall.refuses(Code.ILLEGAL_TRANSITION):
        hall.do(SARI, officer.serve, "5", key=KEY)
    hall.issue("ktp-cetak")
    hall.do(SARI, officer.call_next, "5", key=replace(KEY, key="another"))
    hall.do(SARI, officer.serve, "5", key=KEY)
    assert hall.last() == ["served"]


def test_call_next_with_nobody_waiting_stores_no_key(hall):
    hall.do(SARI, officer.open_counter, "5")
    hall.do(SARI, officer.call_next, "5", key=KEY)
    hall.issue("ktp-cetak")
    hall.do(SARI, officer.call_next, "5", key=KEY)
    assert hall.at_hand("5") == "J001"


def test_a_restart_and_a_midnight_remember_keys_and_the_day_after_forgets_them(hall):
    """Kept at least 24 hours and until the service day has closed: a retry may come just after midnight."""
    issue(hall)
    hall.stop()
    hall.start()
    assert issue(hall) == (200, "J001")
    hall.now = at("2026-11-24 09:00")
    assert issue(hall) == (200, "J001")
    hall.now = at("2026-11-25 09:00")
    assert issue(hall) == (201, "J001")
    assert len(hall.tickets()) == 2


NOTE = "kartu keluarga menyusul besok"
FINISHED = Key("sari", "a-finish", "body-1")


def finished(hall) -> str:
    """A visitor is done with, with a note: what the officer's page is answered, which repeats it."""
    said = hall.perform(
        SITE,
        lambda tx: officer.finish(tx, "5", note=NOTE),
        actor=SARI,
        key=FINISHED,
        reply=lambda tx, _: Answer(200, {"note": NOTE, "desk": desk(inside(tx), "5", SARI)["counter"]}),
    )
    return said.body["note"]


def stored(hall) -> list:
    with hall.reader.connect() as conn:
        return conn.execute(select(schema.request.c.key, schema.request.c.reply)).all()


def hashes(hall) -> list[str]:
    with hall.reader.connect() as conn:
        return [*conn.execute(select(schema.request.c.body_hash)).scalars()]


@pytest.fixture
def served(hall):
    """Somebody is served at counter 5."""
    hall.do(SARI, officer.open_counter, "5")
    ticket = hall.issue("ktp-cetak")
    hall.do(SARI, officer.call_next, "5")
    hall.do(SARI, officer.serve, "5")
    return ticket


def test_a_reply_that_repeats_a_text_lies_sealed_and_is_replayed_whole(hall, served):
    assert finished(hall) == NOTE
    replies = dict(stored(hall))
    assert NOTE not in str(replies) and "sealed_reply" in replies["a-finish"]
    issue(hall)
    assert dict(stored(hall))["a-key"] == {"number": "J002"}, "without a text a reply lies as ever"
    with hall.changes_nothing():
        assert finished(hall) == NOTE


@pytest.mark.parametrize("how", ["purged", "erased"])
def test_a_reply_that_nobody_can_open_any_more_has_no_second_effect(hall, served, how):
    finished(hall)
    if how == "purged":
        data_folder.keys_of(hall.settings, hall.folder).destroy(lambda key: key.lifetime is Lifetime.TEXTS)
    else:
        hall.do(SARI, forgetting.erase_own, served.id)
    with hall.changes_nothing(), hall.refuses(Code.REPLY_FORGOTTEN):
        finished(hall)


def test_what_was_asked_is_known_again_by_a_key_that_is_in_no_copy(hall):
    issue(hall)
    (kept,) = hashes(hall)
    ring = data_folder.keys_of(hall.settings, hall.folder)
    assert KEY.body_hash not in kept and kept.partition(":")[0] in ring.keys
    ring.destroy(lambda key: True)
    assert issue(hall, replace(KEY, body_hash="body-2")) == (200, "J001"), "nobody can tell any more: it is believed"


def test_a_hall_whose_keys_cannot_be_written_gives_numbers_once_each(hall, monkeypatch):
    def shut(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(keyring, "replace_file", shut)
    assert issue(hall) == (201, "J001") and hashes(hall) == [""]
    assert issue(hall) == (200, "J001")


def test_a_call_seals_no_reply(hall, monkeypatch):
    monkeypatch.setattr(keyring.Keyring, "seal", lambda *_: 1 / 0)
    hall.do(SARI, officer.open_counter, "5")
    issue(hall)
    hall.do(SARI, officer.call_next, "5", key=replace(KEY, scope="sari"))
    hall.do(SARI, officer.serve, "5")
    with pytest.raises(ZeroDivisionError):  # the control
        finished(hall)
