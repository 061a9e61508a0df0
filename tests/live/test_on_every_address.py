"""A server that listens on every address, of both kinds (``--host ::``): links lead phones here, proxies are known."""

import re
from collections.abc import Iterator

import pytest
import requests

from queue_server import places
from queue_server.interfaces import own_addresses
from tests.world.folders import folder
from tests.world.hostname import addresses_by_hostname
from tests.world.lacking import needs
from tests.world.mall import PASSWORD, Mall, open_mall
from tests.world.socket import Screen

OTHERS = [a.ip for a in own_addresses() if "." in a.ip]  # this machine's addresses but the loopback
# Asked of the machine and not of ourselves: were our own list empty by a fault, these tests would be passed over.
NETWORKED = needs(addresses_by_hostname(), "this machine has no address in a network")
NAME = "antrean.example"
PROXIED = {"X-Forwarded-Proto": "https", "X-Forwarded-Host": NAME, "X-Forwarded-For": "36.68.77.99"}


@pytest.fixture(scope="module")
def mall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mall]:
    sites = [(places.CONFIG / "sites" / f"{name}.toml").read_text() for name in ("lebak", "pandeglang")]
    config = folder(tmp_path_factory.mktemp("config"), *sites, server='[server]\nhost = "::"\n')
    made = open_mall(tmp_path_factory.mktemp("everywhere"), config=config)
    yield made
    made.server.kill()


def link(answer: requests.Response) -> str:
    """Where a ticket's link leads."""
    return re.sub(r"/t/.*", "", answer.json()["url"])


@NETWORKED
def test_a_kiosk_on_the_server_s_own_machine_gives_links_that_phones_can_open(mall):
    issued = mall.kiosk.issue("lebak", "ktp-cetak")  # by 127.0.0.1
    assert link(issued) == f"http://{OTHERS[0]}:{mall.server.port}"
    token = issued.json()["token"]
    slip = requests.get(f"{mall.server.url}/t/{token}/slip", timeout=60).text
    assert f"{OTHERS[0]}:{mall.server.port}/t/{token}" in slip and "127.0.0.1" not in slip
    phone = Screen(mall, {"site": "lebak", "screen": "phone", "token": token})
    assert phone.hear("ticket")["url"] == issued.json()["url"]
    mall.sari.verb("lebak", "5", "open")
    mall.sari.verb("lebak", "5", "call-next")  # what is told after a commit, to whomever it is told
    assert (
        phone.wait(lambda: [t for m, t in phone.heard if m == "ticket" and t["state"] == "called"])[0]["url"]
        == (issued.json()["url"])
    )
    phone.close()


@NETWORKED
def test_a_kiosk_elsewhere_gives_links_to_the_address_it_used_whatever_host_it_writes(mall):
    token = mall.kiosk.issue("lebak", "kk-akta").json()["token"]
    for own in OTHERS:
        there = f"http://{own}:{mall.server.port}"
        for headers in ({}, {"Host": "evil.example"}, PROXIED):  # from the hall itself nobody is a proxy
            answer = requests.get(f"{there}/api/v1/tickets/{token}", headers=headers, timeout=60)
            assert link(answer) == there
    answer = requests.get(f"{mall.server.api}/tickets/{token}", headers=PROXIED, timeout=60)
    assert link(answer) == f"https://{NAME}"  # a trusted proxy's word


def test_a_proxy_on_this_machine_is_known_though_its_address_is_spelt_otherwise(mall):
    """127.0.0.1 comes as ``::ffff:127.0.0.1`` to a socket of both kinds."""
    answer = mall.caller().post(
        "/login", {"username": "sari", "password": PASSWORD}, Origin=f"https://{NAME}", **PROXIED
    )
    assert answer.status_code == 204 and answer.headers["Set-Cookie"].startswith("__Host-session=")
    cookie = answer.headers["Set-Cookie"].split(";")[0]
    desk = {"site": "lebak", "screen": "desk", "counter": "5"}
    screen = Screen(mall, desk, None, Cookie=cookie, Origin=f"https://{NAME}", **PROXIED)
    assert screen.hear("desk")["counter"] == "5"
    screen.close()


@pytest.mark.parametrize("named", [None, "127.0.0.1", "::ffff:127.0.0.1", "[::1]:4711", "127.0.0.1:4711"])
def test_figures_are_for_this_machine_however_it_is_spelt(mall, named):
    headers = {"X-Forwarded-For": named} if named else {}
    assert requests.get(f"{mall.server.url}/metrics", headers=headers, timeout=60).status_code == 200


def test_and_for_no_other(mall):
    for address in ("::ffff:36.68.77.99", "36.68.77.99", "192.168.1.5", "unknown", "_hidden"):
        answer = requests.get(f"{mall.server.url}/metrics", headers={"X-Forwarded-For": address}, timeout=60)
        assert answer.status_code == 403
