"""I-1, I-4, I-8, I-11: the server dies at each named point of a command, and the same key gives one effect."""

import io
import re
import time
import uuid
from collections import Counter
from functools import partial

import pytest
import requests
from PIL import Image

from queue_server.store import cursors, stays
from tests.trust import exits
from tests.world.ledger import check_replay, history, reading
from tests.world.people import SITE, Cast
from tests.world.server import Client, Server
from tests.world.verbs_in_turn import STORY
from tests.world.verbs_in_turn import Hall as VerbsIn

POINTS = ["before_commit", "after_commit", "before_emit", "before_reply"]
WHAT = "exits at named points, over HTTP"


def dies_and_returns(people: Cast, ask, *, keyed: bool = True) -> requests.Response:
    """Arm, ask, find the server dead, start it again, ask again; ``keyed``: with the same key."""
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
    if keyed and answer is not None:  # it had been answered before the end: then this is a replay of that
        assert again.json().get("revision") == answer.json().get("revision")
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


def _story(people: Cast, steps, dies) -> Counter:
    """Each step as somebody asks it, the server dying in it; the events that they leave, by kind."""
    clients = dict(zip(("one", "two"), people.officers(), strict=True))
    clients |= {who: people.server.officer(who, site=SITE, role=role) for who, role in _BESIDE.items()}
    hall, left = VerbsIn("talk", "pay", "1", "PB"), Counter()
    for step in steps:
        path, body = step.ask(hall)
        key = uuid.uuid4().hex
        answer = dies(people, lambda s=step, p=path, b=body, k=key: clients[s.who].post(f"/sites/{SITE}{p}", b, k))
        assert answer.status_code < 300, (step.name, answer.text)
        hall.told |= step.learn(answer.json())
        left += Counter(step.left)
    return left


_BESIDE = {"front": "front_desk", "boss": "supervisor"}


@pytest.mark.parametrize(
    ("point", "steps"),
    [
        pytest.param("after_commit", [one for one in STORY if one.daily], id="some"),
        *(pytest.param(point, STORY, marks=pytest.mark.night, id=f"{point}, all") for point in POINTS),
    ],
)
def test_every_verb_of_a_working_day_in_which_the_server_dies_is_done_once(point, steps, open_hall, figure):
    people = open_hall({"1": ["talk", "pay"], "2": ["pay"]}, officers=2, sabotage=f"trust.exits.{point}")
    left = _story(people, steps, dies_and_returns)
    kinds = Counter(e.kind for e in check_replay(people.server, SITE))
    wrong = {kind: (kinds[kind], n) for kind, n in left.items() if kinds[kind] != n}
    figure("F3", WHAT).count(len(steps), lost=len(wrong))
    assert wrong == {}, "kind: (there, expected)"


_PNG = {"Content-Type": "image/png"}


def _picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (400, 225), (90, 40, 40)).save(out, "PNG")
    return out.getvalue()


@pytest.mark.night
@pytest.mark.parametrize("point", POINTS)
def test_a_picture_and_a_notice_are_whole_or_not_there_when_the_server_dies_in_them(point, open_hall):
    people = open_hall({"1": ["talk"]}, sabotage=f"trust.exits.{point}")
    boss = people.server.officer("boss", site=SITE, role="supervisor")
    dies = partial(dies_and_returns, people, keyed=False)
    media, path = f"{people.server.api}/sites/{SITE}/media", f"/sites/{SITE}/notices"
    dies(lambda: boss.http.post(f"{media}?name=Poster", data=_picture(), headers=_PNG, timeout=60))
    (one,) = boss.get(f"/sites/{SITE}/media").json()["pictures"]
    entries = [{"picture": one["id"], "seconds": 10}]
    dies(lambda: boss.put(f"/sites/{SITE}/media", {"entries": entries}))
    assert len(boss.get(f"/sites/{SITE}").json()["media"]) == 1
    dies(lambda: boss.http.delete(f"{media}/{one['id']}", timeout=60))
    assert boss.get(f"/sites/{SITE}/media").json()["pictures"] == []
    said = {"text": {"id": "Besok tutup"}, "where": ["wall"]}
    note = boss.post(path, said, uuid.uuid4().hex).json()["id"]
    dies(lambda: boss.put(f"{path}/{note}", {**said, "text": {"id": "Lusa tutup"}}))
    assert [n["text"]["id"] for n in boss.get(f"/sites/{SITE}").json()["notices"]] == ["Lusa tutup"]
    dies(lambda: boss.http.delete(f"{people.server.api}{path}/{note}", timeout=60))
    assert boss.get(f"/sites/{SITE}").json()["notices"] == []
    check_replay(people.server, SITE)


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
