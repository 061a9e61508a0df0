"""Whatever a leader gets names no officer and no visitor, and repeats nothing that was written: bytes are looked at."""

import json
import re

import pytest

from queue_server.domain.rights import may
from queue_server.domain.roles import Actor, Role
from queue_server.web.screens.registry import LIVE, SCREENS
from tests.world.socket import Refused, Screen

NAME, WRITTEN = "zulaekha", "surat nikah tertinggal"  # an officer's; what she and others write in the course of a day
LEADER = Actor("ina", Role.LEADER.only, frozenset({"lebak"}))
LED = {"overview", "supervisor", "wall", "counter", "device"}  # as which screens a leader may connect


@pytest.fixture(scope="module")
def busy(mall_server):
    """An officer with a name of her own works at counter 10; notes were made, and reasons given.

    Listening meanwhile are a leader's screens of every kind. (mall, those screens)
    """
    mall = mall_server
    mall.begin_anew()
    hers = mall.server.officer(NAME, site="lebak", agency="polres")
    screens = {word: Screen(mall, auth, mall.ina) for word, auth in greetings() if word in LED}
    for _ in range(4):
        assert mall.kiosk.issue("lebak", "skck-baru").status_code == 201
    done = [
        hers.verb("lebak", "10", "open"),
        hers.verb("lebak", "10", "call-next"),
        hers.verb("lebak", "10", "serve"),
        hers.verb("lebak", "10", "finish", {"note": WRITTEN}),
        hers.verb("lebak", "10", "call-next"),
        hers.verb("lebak", "10", "cancel", {"reason": WRITTEN}),
        hers.verb("lebak", "10", "call-next"),
        mall.wati.post("/sites/lebak/open-day", {"reason": WRITTEN}, WRITTEN),
        rename(mall, " Baru"),
    ]
    assert [one.status_code for one in done] == [200] * len(done), [one.text for one in done]
    now = mall.revision()
    for screen in screens.values():
        screen.hear("board", lambda board: board["revision"] >= now)
    yield mall, screens
    for screen in screens.values():
        screen.close()
    tidied = [
        hers.verb("lebak", "10", "no-show"),
        hers.verb("lebak", "10", "close", {"reason": "selesai"}),
        rename(mall, ""),
    ]
    assert [one.status_code for one in tidied] == [200] * 3


def rename(mall, more):
    """An admin gives the hall a longer name, and says why."""
    seen = mall.lilis.get("/sites/lebak/structure").json()
    seen["structure"]["short_name"] = "MPP Lebak" + more
    body = {"structure": seen["structure"], "based_on": seen["version"], "reason": WRITTEN}
    return mall.lilis.raw("PUT", "/sites/lebak/structure", json.dumps(body), Content_Type="application/json")


def greetings():
    """How each kind of screen of the hall says what it is; a phone has a ticket's secret, and is nobody's here."""
    return [(word, {"screen": word, "site": "lebak", "counter": "10"}) for word in LIVE if word != "phone"]


def pages_and_answers(mall, who):
    """Every GET that lets them in: address -> its bytes as text."""
    gaps = {"site": "lebak", "counter": "10", "device": "1", "account": NAME, "id": NAME, "poll": "none"}
    gaps |= {"number": "Q001", "name": "counters", "picture": "none", "guide": "officer", "month": "2020-01"}
    paths = [path for path, item in mall.contract.document["paths"].items() if "get" in item and "{token}" not in path]
    screens = [screen for screen in SCREENS if "<token>" not in screen.path]
    addresses = [path.replace("<", "{").replace(">", "}") for s in screens for path in (s.path, *s.beside)]
    found = {}
    asked = {"/api/v1/sites/lebak/slots": "?service=paspor-wawancara"}
    for address in [*(path.format(**gaps) for path in [*paths, *addresses])]:
        answer = who.http.get(mall.server.url + address + asked.get(address, ""), timeout=60, allow_redirects=False)
        assert answer.status_code in (200, 403, 404, 422), (address, answer.status_code)
        if answer.status_code == 200:
            found[address] = answer.content.decode(errors="replace")  # a spreadsheet is no text
    return found


def leaks(said):
    """Where a name or something written stands: (where, what)."""
    return {(where, what) for where, text in said.items() for what in (NAME, WRITTEN) if what in text.casefold()}


def test_no_page_and_no_answer_that_a_leader_gets_names_an_officer_or_repeats_what_was_written(busy):
    mall, _ = busy
    got = pages_and_answers(mall, mall.ina)
    assert {"/lebak/live", "/api/v1/sites/lebak/hall/overview", "/api/v1/sites/lebak/hall/today"} <= got.keys()
    assert len(got) > 12
    assert leaks(got) == set()


def test_no_message_that_a_leader_s_screens_hear_does(busy):
    _, screens = busy
    said = {word: json.dumps(screen.heard, default=str) for word, screen in screens.items()}
    assert screens.keys() == LED and all("board" in text and '"call"' in text for text in said.values())
    assert leaks(said) == set()


def test_a_leader_s_screens_are_those_that_the_rights_name(busy):
    mall, _ = busy
    assert {word for word, _ in greetings() if may(LEADER, LIVE[word].live.act, "lebak")} == LED
    for word, auth in greetings():
        if word not in LED:
            with pytest.raises(Refused, match="forbidden"):
                Screen(mall, auth, mall.ina)


@pytest.mark.night
def test_control_what_a_supervisor_and_an_admin_get_is_found_to_name_her_and_to_repeat_it(busy):
    mall, _ = busy
    hall, versions = "/api/v1/sites/lebak/hall", "/api/v1/sites/lebak/structure/versions"
    assert {(hall, NAME), ("/lebak/supervisor", NAME)} <= leaks(pages_and_answers(mall, mall.wati))
    assert (versions, WRITTEN) in leaks(pages_and_answers(mall, mall.lilis))


def test_the_overview_counts_what_the_hall_counts(busy):
    mall, _ = busy
    hall, now = (mall.wati.get(f"/sites/lebak/hall{more}").json() for more in ("", "/overview"))
    assert now["waiting"] == sum(one["waiting"] for one in hall["services"]) == 1
    assert now["counters_open"] == sum(one["open"] for one in hall["counters"])
    assert now["revision"] == hall["revision"]


def test_a_lobby_s_screen_needs_nobody_to_sign_in_once_it_is_enrolled_and_is_watched_as_a_wall_is(mall_server):
    mall = mall_server
    token = re.search(
        r"token: (\S+)", mall.server.cli_here("device", "add", "Lobi", "--kind", "display", "--site", "lebak")
    )[1]
    lobby = mall.caller()
    assert lobby.post("/enrol", {"token": token}).status_code == 204
    seen = [lobby.http.get(f"{mall.server.url}/{site}/live", timeout=60).url for site in ("lebak", "pandeglang")]
    assert [url.partition("?")[0].rpartition("/")[2] for url in seen] == ["live", "login"]
    assert lobby.get("/sites/lebak/hall/overview").status_code == 200
    assert lobby.get("/sites/lebak/hall/today").status_code == 200
    assert lobby.get("/sites/pandeglang/hall/overview").status_code == 403
    assert lobby.get("/sites/lebak/hall").status_code == lobby.get("/sites/lebak/alarms").status_code == 403
    screen = Screen(mall, {"site": "lebak", "screen": "overview"}, Cookie=f"device={token}")
    screen.hear("board")
    (device,) = [one for one in mall.wati.get("/sites/lebak/devices").json() if one["name"] == "Lobi"]
    assert device["seen"] is not None and device["state"] != "unknown"

    mall.server.cli_here("device", "revoke", "Lobi", "--site", "lebak")
    assert lobby.get("/sites/lebak/hall/overview").status_code == 401
    assert lobby.http.get(f"{mall.server.url}/lebak/live", timeout=60).url.partition("?")[0].endswith("/login")
    screen.wait(lambda: not screen.client.connected)
    screen.close()
