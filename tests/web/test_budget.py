"""What a press of a key costs, counted: statements sent, documents made. A feature that adds one is seen.

Counts, not times: they are the same on every machine. A larger figure here is explained in
``queue_server/decisions.md``, with what an issue then takes (``tests/bench``).
"""

import json
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import Connection

from queue_server import app, settings
from queue_server.live.publish import SitePublisher
from queue_server.queries import desk
from queue_server.reach import Reach
from queue_server.store import tickets
from queue_server.store.ids import new_token
from tests.world.busy_hall import SERVICES, SITE, prepare, write_config
from tests.world.counting import statements

PREFIX = f"/api/v1/sites/{SITE}"
DESK = f"{PREFIX}/counters/1"
HERE = {"Origin": "http://localhost"}
FOUR = SERVICES[:4]


class Asker:
    """A kiosk and one officer, before the whole server in this process."""

    def __init__(self, whole: app.Antrean, kiosk: str, session: str) -> None:
        self.whole, self._kiosk = whole, {"Authorization": f"Bearer {kiosk}"}
        self._officer, self._issuer = whole.app.test_client(), whole.app.test_client()
        self._officer.set_cookie("session", session)

    def issue(self, n: int = 0) -> None:
        key = {"Idempotency-Key": new_token()}
        self._said(self._issuer.post(f"{PREFIX}/tickets", json={"service": FOUR[n % 4]}, headers=self._kiosk | key))

    def verb(self, verb: str) -> None:
        self._said(self._officer.post(f"{DESK}/{verb}", json={}, headers=HERE))

    def desk(self) -> None:
        self._said(self._officer.get(f"{DESK}/desk"))

    def board(self) -> None:
        self._said(self._issuer.get(f"{PREFIX}/board"))

    @staticmethod
    def _said(answer) -> None:
        assert answer.status_code < 300, json.loads(answer.data)


@pytest.fixture(scope="module")
def asker(tmp_path_factory) -> Iterator[Asker]:
    """60 wait in 4 services, 3 are held, 2 missed, and 40 were served by this officer today."""
    folder = tmp_path_factory.mktemp("budget")
    config = write_config(folder / "config", FOUR, range(4))
    people = prepare(config, folder / "data")
    whole = app.create(settings.load(config, environ={}), folder / "data", reach=Reach(public_url="http://localhost"))
    asker = Asker(whole, people.kiosk, people.sessions[0])
    ends = [("serve", "finish")] * 40 + [("hold",)] * 3 + [("no-show",)] * 2
    for n in range(60 + len(ends)):
        asker.issue(n)
    for verbs in ends:
        for verb in ("call-next", *verbs):
            asker.verb(verb)
    yield asker
    whole.close()


def warm(asker: Asker) -> None:
    """The server has shown this desk and board before; nobody is at the counter."""
    for _ in range(2):
        asker.issue()
        asker.verb("call-next")
        asker.verb("serve")
        asker.verb("finish")
        asker.desk()
        asker.board()


# The caller is one statement (an officer's session, a device's token); a command's first and last is the site's row.
BUDGET = {
    "issue": 9,  # … its key, the number, event, ticket, place of the quota; who was served lately is known
    "call-next": 9,  # … the counter, who waits, the ticket, event, ticket, counter
    "serve": 8,
    "finish": 9,  # … and the officer's own day, which it changes
    "desk": 2,
    "board": 2,  # the site's row, and the places of the quotas
}


@pytest.mark.parametrize(("what", "most"), BUDGET.items())
def test_no_more_is_asked_of_the_database_than_was(asker, what, most):
    warm(asker)
    with statements() as asked, at_a_counter(asker, what, asked):
        act(asker, what)
    assert len(asked) == most, "\n".join(asked)


def act(asker: Asker, what: str) -> None:
    {"issue": asker.issue, "desk": asker.desk, "board": asker.board}.get(what, lambda: asker.verb(what))()


@contextmanager
def at_a_counter(asker: Asker, what: str, asked: list[str]) -> Iterator[None]:
    """In a cycle of an officer's verbs, the others are not counted."""
    cycle = ("call-next", "serve", "finish")
    before = cycle[: cycle.index(what)] if what in cycle else ()
    for verb in before:
        asker.verb(verb)
    asked.clear()
    yield
    counted = list(asked)
    for verb in cycle[len(before) + 1 :] if what in cycle else ():
        asker.verb(verb)
    asked[:] = counted


@pytest.mark.parametrize("what", BUDGET)
def test_every_statement_of_it_is_prepared(asker, what, monkeypatch):
    """SQLAlchemy works out each anew: that was a third of an issue (``store/prepared.py``)."""
    left: list[str] = []
    execute = Connection.execute

    def note(conn, statement, *values):
        left.append(str(statement))
        return execute(conn, statement, *values)

    monkeypatch.setattr(Connection, "execute", note)
    warm(asker)
    with at_a_counter(asker, what, left):
        act(asker, what)
    assert not left, "\n".join(left)


def test_control_one_look_more_is_seen(asker, monkeypatch):
    """A document that reads by itself what is already known of the hall."""
    warm(asker)
    monkeypatch.setattr(desk, "set_aside", lambda view, of: tickets.set_aside(view.conn, view.site.id, view.day, of))
    with statements() as asked:
        asker.desk()
    assert len(asked) == BUDGET["desk"] + 1


@pytest.mark.parametrize(
    ("what", "documents"),
    [
        ("issue", {"board": 1, "queue": 4, "desk": 32}),
        ("call-next", {"call": 1, "board": 1, "ticket": 1, "queue": 4, "desk": 32}),
        ("serve", {"board": 1, "ticket": 1, "queue": 4, "desk": 32}),
    ],
)
def test_no_more_documents_are_made_than_were_where_everybody_listens(asker, what, documents):
    warm(asker)
    house, told = asker.whole.house, []
    done = []
    worker = SitePublisher(
        SITE, house.perform.sites, lambda *said: told.append(said), house.read, house.with_token, sleep=lambda _: None
    )
    publish = house.perform.publish
    house.perform.publish = lambda tx: (publish(tx), done.append(tx.events))
    try:
        with at_a_counter(asker, what, []):
            done.clear()
            act(asker, what)
            worker.put(done[0])
            worker.step()
    finally:
        house.perform.publish = publish
    assert Counter(message for message, *_ in told) == documents


def calls_of(act) -> Counter[str]:
    """Which functions a piece of work calls, and how often."""
    found: Counter[str] = Counter()

    def note(frame, event, _):
        if event == "call":
            found[f"{frame.f_code.co_filename.rpartition('/queue_server/')[2]}:{frame.f_code.co_name}"] += 1

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        act()
    finally:
        sys.setprofile(before)
    return found


def test_a_call_late_in_the_day_costs_what_an_early_one_does(asker):
    """Statements are as many for one row as for four hundred: what is done with the rows is counted here."""

    def visit() -> None:
        asker.issue()
        for verb in ("call-next", "serve", "finish"):
            asker.verb(verb)
        asker.desk()
        asker.board()

    warm(asker)
    early = calls_of(visit)
    for _ in range(120):
        visit()
    late = calls_of(visit)
    more = {name: (early[name], n) for name, n in late.items() if n > early[name] + 20}
    assert late.total() < early.total() * 1.1, more
