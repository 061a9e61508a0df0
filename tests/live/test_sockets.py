"""Sockets tell: who may hear what, what is told at once, what follows a commit, and that nothing said is obeyed."""

import contextlib

import pytest

from tests.world.pulse import Pulse
from tests.world.socket import Refused, Screen


@pytest.fixture
def open_screen(mall):
    """Connect screens; all are closed at the end."""
    with contextlib.ExitStack() as opened:

        def open(who=None, **auth):
            screen = Screen(mall, auth, who)
            opened.callback(screen.close)
            return screen

        yield open


WALL = {"site": "lebak", "screen": "wall"}


# -- who may connect


@pytest.mark.parametrize(
    ("who", "auth", "code"),
    [
        pytest.param(None, {"site": "nowhere", "screen": "wall"}, "not_found", id="no such site"),
        pytest.param(None, {"site": ["lebak"], "screen": "wall"}, "not_found", id="a site that is a list"),
        pytest.param(None, {"site": "lebak", "screen": "counter", "counter": "99"}, "not_found", id="no such counter"),
        pytest.param(
            None, {"site": "lebak", "screen": "counter", "counter": {}}, "not_found", id="a counter of nothing"
        ),
        pytest.param(None, {"site": "lebak", "screen": "counter"}, "not_found", id="no counter"),
        pytest.param(None, {"site": "lebak", "screen": "wall", "zone": "Z"}, "not_found", id="no such zone"),
        pytest.param(None, {"site": "lebak", "screen": "wall", "zone": ["A"]}, "not_found", id="a zone that is a list"),
        pytest.param(None, {"site": "lebak", "screen": "spy"}, "not_found", id="no such screen"),
        pytest.param(None, {"site": "lebak", "screen": ["wall"]}, "not_found", id="a screen that is a list"),
        pytest.param(None, {"site": "lebak"}, "not_found", id="no screen"),
        pytest.param(None, None, "not_found", id="no word"),
        pytest.param(None, {"screen": "phone"}, "not_found", id="a phone without its token"),
        pytest.param(None, {"screen": "phone", "token": "made-up"}, "not_found", id="a guessed token"),
        pytest.param(None, {"screen": "phone", "token": "\ud800"}, "not_found", id="a token that is no text"),
        pytest.param(None, {"screen": "phone", "token": 7}, "not_found", id="a token that is a number"),
        pytest.param(None, {"site": "lebak", "screen": "desk", "counter": "5"}, "unauthorized", id="nobody at a desk"),
        pytest.param(None, {"site": "lebak", "screen": "supervisor"}, "unauthorized", id="nobody supervises"),
        pytest.param("ratna", {"site": "lebak", "screen": "desk", "counter": "5"}, "forbidden", id="a foreign agency"),
        pytest.param("yudi", {"site": "lebak", "screen": "desk", "counter": "5"}, "forbidden", id="a foreign mall"),
        pytest.param("sari", {"site": "lebak", "screen": "desk", "counter": "99"}, "not_found", id="no such desk"),
        pytest.param("sari", {"site": "lebak", "screen": "desk", "counter": []}, "not_found", id="a desk of nothing"),
        pytest.param("sari", {"site": "lebak", "screen": "supervisor"}, "forbidden", id="an officer supervises"),
        pytest.param("hendra", {"site": "lebak", "screen": "supervisor"}, "forbidden", id="another mall's supervisor"),
    ],
)
def test_what_the_identity_may_not_hear_is_refused(mall, who, auth, code):
    with pytest.raises(Refused) as refused:
        Screen(mall, auth, mall.person(who) if who else None)
    assert code in str(refused.value)


def test_another_page_s_script_may_not_connect(mall):
    with pytest.raises(Refused):
        Screen(mall, WALL, Origin="https://evil.example")


# -- what is told at once


@pytest.mark.parametrize(
    ("who", "auth", "told"),
    [
        (None, WALL, {"board"}),
        (None, WALL | {"zone": "A"}, {"board"}),
        (None, {"site": "lebak", "screen": "counter", "counter": "5"}, {"board"}),
        ("sari", {"site": "lebak", "screen": "desk", "counter": "5"}, {"desk"}),
        ("wati", {"site": "lebak", "screen": "desk", "counter": "5"}, {"desk"}),
        ("wati", {"site": "lebak", "screen": "supervisor"}, {"board"}),
    ],
)
def test_the_current_document_comes_at_once(mall, open_screen, who, auth, told):
    screen = open_screen(mall.person(who) if who else None, **auth)
    first = screen.hear(next(iter(told)))
    assert first["revision"] == mall.revision()
    assert screen.kinds() == told


def test_a_phone_hears_its_ticket_and_its_queue_at_once(mall, kiosk, open_screen):
    other, own = (kiosk.issue("lebak", "ktp-cetak").json() for _ in range(2))
    phone = open_screen(screen="phone", token=own["token"])
    assert phone.hear("ticket") == own | {"estimate": phone.hear("ticket")["estimate"]}
    assert phone.hear("queue")["order"] == [other["number"], own["number"]]


def test_a_beat_comes_within_eleven_seconds_even_on_a_clock_that_stands_still(mall, open_screen):
    with Pulse(mall.server) as pulse:
        screens, began = [open_screen(**WALL) for _ in range(2)], pulse.now()
        for screen in screens:
            beat = screen.hear("beat")
            assert pulse.now() - began < 11
            assert (beat["revision"], beat["last_call"]) == (mall.revision(), screen.hear("board")["last_call"])


# -- what follows a commit


def test_a_call_reaches_walls_and_counter_displays_and_chains_to_the_one_before(mall, kiosk, sari, open_screen):
    wall, display = open_screen(**WALL), open_screen(site="lebak", screen="counter", counter="6")
    before = wall.hear("board")["last_call"]
    number = kiosk.issue("lebak", "ktp-cetak").json()["number"]
    sari.verb("lebak", "5", "call-next")
    sari.verb("lebak", "5", "recall")
    for screen in (wall, display):
        call, recall = screen.hear("call"), screen.hear("call", lambda c: c["kind"] == "recall")
        assert (call["number"], call["counter"], call["previous"]) == (number, "5", before)
        assert recall["previous"] == call["revision"]
        board = screen.hear("board", lambda b, r=recall: b["last_call"] == r["revision"])
        assert board["recent"][0] == recall
    assert wall.kinds() == {"board", "call"}


def test_every_call_of_a_burst_is_told_and_none_is_merged(mall, kiosk, sari, open_screen):
    wall = open_screen(**WALL)
    for _ in range(6):
        kiosk.issue("lebak", "ktp-cetak")
    called = []
    for _ in range(6):
        called.append(sari.verb("lebak", "5", "call-next").json()["ticket"]["number"])
        sari.verb("lebak", "5", "no-show")
    wall.wait(lambda: len(wall.documents("call")) == 6)
    calls = wall.documents("call")
    assert [c["number"] for c in calls] == called
    assert [c["previous"] for c in calls[1:]] == [c["revision"] for c in calls[:-1]]


def test_a_phone_hears_its_own_calls_and_its_own_queue_only(mall, kiosk, sari, open_screen):
    own = kiosk.issue("lebak", "ktp-cetak").json()
    other = kiosk.issue("lebak", "kk-akta").json()
    phone = open_screen(screen="phone", token=own["token"])
    phone.hear("queue")
    kiosk.issue("lebak", "ktp-cetak")
    phone.hear("queue", lambda q: len(q["order"]) == 2)
    kiosk.issue("lebak", "kk-akta")
    sari.verb("lebak", "5", "call-next")
    called = phone.hear("ticket", lambda t: t["state"] == "called")
    assert (called["counter"], called["token"]) == ("5", own["token"])
    assert phone.hear("queue", lambda q: own["number"] not in q["order"])
    sari.verb("lebak", "5", "serve")
    phone.hear("ticket", lambda t: t["state"] == "serving")
    sari.verb("lebak", "5", "finish")
    phone.hear("ticket", lambda t: t["state"] == "completed")
    assert phone.kinds() == {"ticket", "queue"}
    assert {t["id"] for t in phone.documents("ticket")} == {own["id"]}
    assert {q["service"] for q in phone.documents("queue")} == {"ktp-cetak"}
    assert other["token"] not in str(phone.heard)


def test_a_phone_learns_of_a_transfer(kiosk, sari, open_screen):
    own = kiosk.issue("lebak", "ktp-cetak").json()
    phone = open_screen(screen="phone", token=own["token"])
    sari.verb("lebak", "5", "call-next")
    sari.verb("lebak", "5", "transfer", {"service": "kk-akta", "confirm": True})
    moved = phone.hear("ticket", lambda t: t["service"] == "kk-akta")
    assert (moved["state"], moved["number"]) == ("waiting", own["number"])
    again = open_screen(screen="phone", token=own["token"])
    assert again.hear("queue")["service"] == "kk-akta"


def test_a_desk_hears_who_arrives_for_its_services(mall, kiosk, sari, open_screen):
    desk = open_screen(mall.sari, site="lebak", screen="desk", counter="5")
    number = kiosk.issue("lebak", "ktp-cetak").json()["number"]
    assert desk.hear("desk", lambda d: [u["number"] for u in d["upcoming"]] == [number])
    answered = sari.verb("lebak", "5", "call-next").json()
    assert desk.hear("desk", lambda d: d["revision"] == answered["revision"])["ticket"] == answered["ticket"]
    assert desk.kinds() == {"desk"}


def test_documents_never_go_back(mall, kiosk, sari, open_screen):
    """I-11"""
    wall = open_screen(**WALL)
    for _ in range(10):
        kiosk.issue("lebak", "ktp-cetak")
        sari.verb("lebak", "5", "call-next")
        sari.verb("lebak", "5", "no-show")
    wall.hear("board", lambda b: b["revision"] == mall.revision())
    revisions = [b["revision"] for b in wall.documents("board")]
    assert revisions == sorted(revisions)


def test_the_other_mall_hears_nothing(mall, kiosk, sari, open_screen):
    """I-14"""
    other, here = open_screen(site="pandeglang", screen="wall"), open_screen(**WALL)
    other.hear("board")
    kiosk.issue("lebak", "ktp-cetak")
    sari.verb("lebak", "5", "call-next")
    here.hear("call")
    here.hear("board", lambda b: b["last_call"])
    assert [m for m, *_ in other.heard if m != "beat"] == ["board"]


def test_no_secret_and_no_person_on_any_public_screen(mall, kiosk, sari, open_screen):
    """I-17"""
    ticket = kiosk.issue("lebak", "ktp-cetak", "priority").json()
    screens = [open_screen(**WALL), open_screen(site="lebak", screen="counter", counter="5")]
    sari.verb("lebak", "5", "call-next")
    sari.verb("lebak", "5", "serve")
    for screen in screens:
        screen.hear("call")
        screen.hear("board", lambda b: any(c["state"] == "serving" for c in b["counters"]))
        for word in (ticket["token"], ticket["id"], "priority", "'class'", "Sari", "sari"):
            assert word not in str(screen.heard)


# -- what may be said


def test_a_display_says_what_it_has_seen(open_screen):
    for auth in (WALL, {"site": "lebak", "screen": "counter", "counter": "5"}):
        screen = open_screen(**auth)
        screen.hear("board")
        screen.say("seen", {"revision": 1, "sound": True})
        screen.hear("beat")
        assert not screen.is_cut()


@pytest.mark.parametrize(
    ("auth", "event", "said"),
    [
        pytest.param(WALL, "call-next", ({"counter": "5"},), id="a wall gives an order"),
        pytest.param(WALL, "anything", (), id="a wall says anything"),
        pytest.param(WALL, "message", ("hi",), id="a wall chats"),
        pytest.param(WALL, "seen", ({"revision": "x", "sound": True},), id="a revision that is none"),
        pytest.param(WALL, "seen", ({"revision": 1},), id="without sound"),
        pytest.param(WALL, "seen", ({"revision": 1, "sound": True, "more": 1},), id="with more"),
        pytest.param(WALL, "seen", (), id="nothing seen"),
        pytest.param({"screen": "phone"}, "seen", ({"revision": 1, "sound": True},), id="a phone pretends to display"),
        pytest.param({"screen": "desk"}, "seen", ({"revision": 1, "sound": True},), id="a desk pretends to display"),
        pytest.param({"screen": "desk"}, "call-next", ({},), id="a desk gives an order by socket"),
    ],
)
def test_anything_else_disconnects_and_changes_nothing(mall, kiosk, open_screen, auth, event, said):
    if auth["screen"] == "phone":
        screen = open_screen(screen="phone", token=kiosk.issue("lebak", "ktp-cetak").json()["token"])
        screen.hear("ticket")
    elif auth["screen"] == "desk":
        screen = open_screen(mall.sari, site="lebak", screen="desk", counter="5")
        screen.hear("desk")
    else:
        screen = open_screen(**auth)
        screen.hear("board")
    before = mall.revision()
    screen.say(event, *said)
    screen.wait(screen.is_cut)
    assert mall.revision() == before
