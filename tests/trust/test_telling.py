"""The Nth-failure loop of the telling (I-12): whichever emit fails, nothing is lost, and the screens come right."""

import time

import pytest
from sqlalchemy.exc import OperationalError
from structlog.testing import capture_logs

from queue_server.commands import officer
from queue_server.live import publish
from queue_server.live.publish import SitePublisher
from queue_server.store.engine import sqlite_module
from tests.world.figures import Tally
from tests.world.hall import DEDI, SARI, SITE, Hall
from tests.world.halls import prepare


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> tuple:
    """The telling is the same on every store."""
    return prepare(tmp_path_factory)


class Broken(Exception):
    """The message queue is away, a socket's queue is full, a document cannot be made."""


class Screens:
    """Every room's newest document, as what hears them would hold it; the nth emit fails, once."""

    def __init__(self, fails_at: int) -> None:
        self.fails_at, self.emits, self.shown, self.calls = fails_at, 0, {}, []

    def emit(self, message: str, document: dict, room: str) -> None:
        """What a room hears."""
        self.emits += 1
        if self.emits == self.fails_at:
            raise Broken
        if message == "call":
            self.calls.append(document["revision"])
        else:
            self.shown[message, room] = document


def worker_of(hall: Hall, screens: Screens) -> SitePublisher:
    """The hall's publisher, stepped by hand."""
    worker = SitePublisher(
        *(hall.id, hall.perform.sites, screens.emit),
        *(lambda site, query: hall.read(query), lambda d: d, lambda s: None),
    )
    hall.perform.publish = lambda done: worker.put(done.events)
    return worker


def step_until_quiet(worker: SitePublisher) -> int:
    """As the worker's own loop does it; how many steps failed."""
    failed = 0
    while worker._committed or worker._touched.anything:
        time.sleep(0.002)
        try:
            worker.step()
        except Broken:
            failed += 1
    return failed


def work(hall: Hall) -> None:
    """A call and a recall, so that several rooms have something to hear."""
    hall.issue("ktp-cetak")
    hall.do(SARI, officer.call_next, "5")
    hall.do(SARI, officer.recall, "5")
    hall.do(SARI, officer.no_show, "5")


def plain(document: dict) -> dict:
    """Without the instant at which it was made."""
    return {name: value for name, value in document.items() if name != "now"}


def told_wrongly(hall: Hall, screens: Screens, since: int) -> list[str]:
    """Rooms whose last document is not the present state; calls that no board would lead a screen to."""
    fresh = Screens(fails_at=0)
    worker = SitePublisher(
        *(hall.id, hall.perform.sites, fresh.emit),
        *(lambda site, query: hall.read(query), lambda d: d, lambda s: None),
    )
    worker.put([e for e in hall.events() if e.revision > since])
    worker.step()
    shown = screens.shown
    wrong = [f"{m} of {room}" for (m, room), d in fresh.shown.items() if plain(shown.get((m, room), {})) != plain(d)]
    (board,) = [d for (message, _), d in shown.items() if message == "board"] or [{"last_call": 0}]
    return wrong + [f"call {c} is never heard of" for c in fresh.calls if c > board["last_call"]]


def every_emit_fails_once(hall: Hall, row) -> None:
    """N = 1, 2, 3 … until nothing was left to fail."""
    hall.do(SARI, officer.open_counter, "5")
    nth, failed = 0, 1
    while failed:
        nth += 1
        screens, began = Screens(nth), hall.revision
        worker = worker_of(hall, screens)
        work(hall)
        assert hall.revision == began + 4, "the telling undid or stopped a command"
        failed = step_until_quiet(worker)
        wrong = told_wrongly(hall, screens, began)
        row.count(failed, lost=bool(wrong))
        assert not wrong, f"emit {nth}: {wrong}"
    assert row.tried > 5, "hardly anything was ever emitted"


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """No rest between two tries: the test waits for none."""
    monkeypatch.setattr(publish, "_AGAIN_S", 0.0)


WHAT = "emits that fail, in-process"


def test_whichever_emit_fails_the_screens_come_right_and_nothing_is_undone(hall, at_once, figure):
    every_emit_fails_once(hall, figure("F24", WHAT))


def test_control_a_publisher_that_forgets_what_it_could_not_tell_is_noticed(hall, at_once, figure, monkeypatch):
    monkeypatch.setattr(publish.Touched, "join", lambda self, other: None)
    own = figure("F24", WHAT)
    with pytest.raises(AssertionError, match=f"of .*:{SITE}|board") as noticed:
        every_emit_fails_once(hall, Tally("", ""))  # the control's tries are not the figure's
    own.caught("a failure's documents are forgotten", f"{str(noticed.value).split(':')[0]} left a screen behind")


def test_a_document_that_cannot_be_made_keeps_no_other_from_its_screens(hall, at_once, monkeypatch):
    """One desk that breaks must not leave the wall, the phones and all other desks behind."""
    hall.do(SARI, officer.open_counter, "5")
    hall.do(DEDI, officer.open_counter, "6")
    really = publish.desk
    monkeypatch.setattr(publish, "desk", lambda view, id: {}["ktp"] if id == "5" else really(view, id))
    screens, began = Screens(0), hall.revision
    worker = worker_of(hall, screens)
    work(hall)
    with capture_logs() as logged:
        assert step_until_quiet(worker) == 0
    assert [line["document"] for line in logged if line["event"] == "document_failed"] == ["desk"]
    monkeypatch.undo()
    assert told_wrongly(hall, screens, began) == [f"desk of desk:{SITE}:5"]


def test_what_the_database_could_not_say_is_told_to_everybody_a_second_later(hall, monkeypatch):
    hall.do(SARI, officer.open_counter, "5")
    really, away = publish.desk, [True]

    def desk(view, id):
        if away:
            raise OperationalError("SELECT", {}, _locked())
        return really(view, id)

    monkeypatch.setattr(publish, "desk", desk)
    monkeypatch.setattr(publish, "_AGAIN_S", 0.0)
    screens, began = Screens(0), hall.revision
    worker = worker_of(hall, screens)
    work(hall)
    with pytest.raises(OperationalError):
        worker.step()
    away.clear()
    assert step_until_quiet(worker) == 0
    assert told_wrongly(hall, screens, began) == []


def _locked() -> Exception:
    error = sqlite_module().OperationalError("database is locked")
    error.sqlite_errorcode = 5
    return error
