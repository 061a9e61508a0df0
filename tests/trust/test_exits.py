"""I-1, I-4, I-8, I-11: the server dies at each named point of a command, and the same key gives one effect."""

import re
import time
import uuid

import pytest
import requests

from queue_server.store import cursors, stays
from tests.trust import exits
from tests.world.ledger import check_replay, history, reading
from tests.world.people import SITE, Cast
from tests.world.server import Client, Server

POINTS = ["before_commit", "after_commit", "before_emit", "before_reply"]
WHAT = "exits at named points, over HTTP"


def dies_and_returns(people: Cast, ask) -> requests.Response:
    """Arm, ask, find the server dead, start it again, ask again with the same key."""
    (people.server.data / exits.ARMED).touch()
    try:
        answer = ask()
    except requests.RequestException:  # also a reply cut in the middle
        answer = None
    people.server.process.wait(timeout=60)
    assert people.server.process.returncode == 9, "the server did not die where it was told to"
    assert answer is None or answer.status_code < 400
    people.server.start()
    again = ask()
    if answer is not None:  # it had been answered before the end: then this is a replay of that
        assert again.json()["revision"] == answer.json()["revision"]
    return again


def _missed(screen: Client, last_call: int) -> list[str]:
    """What a screen that was cut off fetches: the calls after the last one it knows."""
    found = screen.get(f"/sites/{SITE}/calls?after={last_call}").json()["calls"]
    assert screen.get(f"/sites/{SITE}/board").json()["last_call"] == found[-1]["revision"]
    return [call["number"] for call in found]


@pytest.mark.parametrize("point", POINTS)
def test_death_at(point, open_hall, figure):
    exits_met = figure("F3", WHAT)
    rounds = exits_met.size(ci=1, night=125)
    people = open_hall({"1": ["talk"]}, officers=1, sabotage=f"trust.exits.{point}")
    kiosk, desk = people.kiosks()[0], people.officers()[0]
    assert desk.verb(SITE, "1", "open").status_code == 200
    given, called = [], []
    for _ in exits_met.each(range(rounds)):
        key = uuid.uuid4().hex
        given.append(dies_and_returns(people, lambda k=key: kiosk.issue(SITE, "talk", key=k)).json()["number"])
        before = kiosk.get(f"/sites/{SITE}/board").json()["last_call"]
        key = uuid.uuid4().hex
        answer = dies_and_returns(people, lambda k=key: desk.verb(SITE, "1", "call-next", key=k))
        called.append(answer.json()["ticket"]["number"])
        assert _missed(kiosk, before) == [called[-1]]
        for verb in ("serve", "finish"):
            assert desk.verb(SITE, "1", verb).status_code == 200
    told = history(people.server, SITE)
    kinds = [e.kind for e in told]
    exits_met.count(2 * rounds, lost=abs(kinds.count("issued") - rounds) + abs(kinds.count("called") - rounds))
    assert given == called == [f"A{n:03d}" for n in range(1, rounds + 1)]
    assert kinds.count("issued") == kinds.count("called") == rounds
    check_replay(people.server, SITE)


def test_a_server_that_dies_in_a_follower_s_commit_loses_nothing_and_follows_on(open_hall):
    people = open_hall({"1": ["talk"]}, sabotage="trust.exits.before_follower_commit")
    kiosk, server = people.kiosks()[0], people.server
    for n in range(1, 3):
        key = uuid.uuid4().hex
        dies_and_returns(people, lambda k=key: kiosk.issue(SITE, "talk", key=k))
        assert len([e for e in check_replay(server, SITE) if e.kind == "issued"]) == n
    until(lambda: standing(server).behind == 0)
    check_replay(server, SITE)


@pytest.mark.parametrize(
    "point", [pytest.param(point, marks=() if point == "after_commit" else pytest.mark.night) for point in POINTS]
)
def test_a_hall_that_gives_up_as_the_server_dies_has_given_up_once(point, open_hall):
    people = open_hall({"1": ["talk"]}, sabotage=f"trust.exits.{point}")
    word = re.search(r"password: (\S+)", people.server.cli("user", "add", "boss", "--role", "supervisor"))[1]
    boss, kiosk = Client(people.server).sign_in("boss", word), people.kiosks()[0]
    given = [kiosk.issue(SITE, "talk").json() for _ in range(3)]
    assert boss.post(f"/sites/{SITE}/interruptions", {"scope": {}, "reason": "power"}).status_code == 201
    key, why = uuid.uuid4().hex, {"reason": "listrik padam"}
    told = dies_and_returns(people, lambda: boss.post(f"/sites/{SITE}/carry-over", why, key)).json()
    assert (told["numbers"], told["people"]) == (3, 3)
    kept = [kiosk.get(f"/tickets/{ticket['token']}").json()["carried"]["number"] for ticket in given]
    assert kept == ["A001", "A002", "A003"]
    kinds = [e.kind for e in check_replay(people.server, SITE)]
    assert (kinds.count("carried_over"), kinds.count("expired")) == (1, 3)


def standing(server: Server) -> cursors.Standing:
    """How far the stays have come."""
    with reading(server) as conn:
        return cursors.standing(conn, stays.NAME, SITE)


def until(condition) -> None:
    """Wait for what must come: a lease of the one that died is over after 15 s."""
    deadline = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_control_a_key_that_is_stored_apart_from_its_effect_is_noticed(open_hall, figure):
    """Effect and key in two transactions: a death between them, and the retry is a second ticket."""
    people = open_hall({"1": ["talk"]}, sabotage="trust.exits.key_apart")
    kiosk, key = people.kiosks()[0], uuid.uuid4().hex
    dies_and_returns(people, lambda: kiosk.issue(SITE, "talk", key=key))
    assert sum(e.kind == "issued" for e in history(people.server, SITE)) == 2
    figure("F3", WHAT).caught("the key in a transaction of its own", "one visitor had 2 numbers")


def _saved(people: Cast, admin: Client, minutes: int) -> requests.Response:
    """An admin saves the hall with another promise."""
    seen = admin.get(f"/sites/{SITE}/structure").json()
    new = {**seen["structure"], "services": [{**s, "target_minutes": minutes} for s in seen["structure"]["services"]]}
    return admin.put(f"/sites/{SITE}/structure", {"structure": new, "based_on": seen["version"]})


@pytest.mark.parametrize("point", ["before_commit", "after_commit"])
def test_a_server_that_dies_in_saving_a_structure_has_it_whole_or_not_at_all(point, open_hall):
    people = open_hall({"1": ["talk"]}, officers=1, sabotage=f"trust.exits.{point}")
    admin = people.server.officer("boss", site=SITE, role="admin")
    (people.server.data / exits.ARMED).touch()
    with pytest.raises(requests.RequestException):
        _saved(people, admin, 25)
    people.server.process.wait(timeout=60)
    people.server.start()
    found = admin.get(f"/sites/{SITE}/structure").json()
    promised = {s.get("target_minutes") for s in found["structure"]["services"]}
    assert (found["version"], promised) == ((1, {None}) if point == "before_commit" else (2, {25}))
    (site,) = people.kiosks()[0].get("/sites").json()["sites"]
    assert {s["target_minutes"] for s in site["services"]} == promised
    assert _saved(people, admin, 30).status_code == 200
    check_replay(people.server, SITE)
