"""Strangers may ask so often; a hall, which is one private address, is never limited, and nobody lends it his name."""

import pytest
import requests

from queue_server.addresses import is_near, subscriber
from tests.world.folders import MINIMAL, folder

LIMITS = "[limits]\npublic_requests_per_minute = 5\n"
STRANGER, ANOTHER, HALL = "203.0.113.7", "198.51.100.9", "192.168.1.20"


@pytest.fixture
def ask(start_server, tmp_path):
    """Ask from an address, as the proxy on this machine tells it; the statuses of so many times."""
    server = start_server(config=folder(tmp_path, MINIMAL, server=LIMITS))

    def ask(address, times=1):
        said = {"X-Forwarded-For": address} if address else {}
        return [requests.get(f"{server.api}/sites", headers=said, timeout=60).status_code for _ in range(times)]

    return ask


def test_a_stranger_is_slowed_down_and_nobody_else(ask):
    assert ask(STRANGER, 7) == [200] * 5 + [429] * 2
    assert ask(ANOTHER) == [200]
    assert ask(HALL, 20) == [200] * 20
    assert ask(None, 20) == [200] * 20


@pytest.mark.parametrize("address", [HALL, "10.1.2.3", "172.31.0.1", "169.254.7.7", "fd12::1", "fe80::1", "::1",
                                     "::ffff:192.168.1.20"])  # fmt: skip
def test_every_kind_of_near_address_is_the_hall(address):
    assert is_near(address)


@pytest.mark.parametrize("address", [STRANGER, "172.32.0.1", "8.8.8.8", "100.64.0.1", "2001:db8::1", "", "unknown"])
def test_and_no_other(address):
    assert not is_near(address)


@pytest.mark.parametrize(
    ("address", "other", "one"),
    [
        ("203.0.113.7", "203.0.113.8", False),
        ("2001:db8:7::1", "2001:db8:7::ffff:9", True),
        ("2001:db8:7::1", "2001:db8:8::1", False),
        ("::ffff:203.0.113.7", "203.0.113.7", True),  # on a socket of both kinds
        ("::ffff:203.0.113.7", "::ffff:198.51.100.9", False),
        ("x" * 8000, "what else a client may write", True),
    ],
)
def test_what_one_stranger_has_of_the_network_is_one(address, other, one):
    assert (subscriber(address) == subscriber(other)) is one


def test_what_a_stranger_writes_before_the_proxy_s_word_is_not_believed(ask):
    """The proxy appends the address it saw: only that one counts."""
    assert ask(f"{HALL}, {STRANGER}", 7)[-1] == 429
    assert ask(f"127.0.0.1, {STRANGER}") == [429]


def test_it_is_said_how_long_to_wait(start_server, tmp_path):
    server = start_server(config=folder(tmp_path, MINIMAL, server=LIMITS))
    for _ in range(6):
        answer = requests.get(f"{server.api}/sites", headers={"X-Forwarded-For": STRANGER}, timeout=60)
    assert (answer.status_code, answer.json()["error"]["code"]) == (429, "too_many_requests")
    assert int(answer.headers["Retry-After"]) > 0
    headers = {"X-Forwarded-For": STRANGER, "Accept": "text/html"}
    page = requests.get(f"{server.url}/kecil/wall", headers=headers, timeout=60)
    assert page.status_code == 429 and 'data-again="60"' in page.text  # which `waking.js` reads: a wall comes back
    assert "mencoba lagi sendiri" in page.text


def test_an_address_is_not_believed_from_a_machine_that_is_no_proxy_of_ours(start_server, tmp_path):
    server_file = '[server]\ntrusted_proxies = ["10.9.8.7/32"]\n' + LIMITS
    server = start_server(config=folder(tmp_path, MINIMAL, server=server_file))
    said = {"X-Forwarded-For": STRANGER}
    answers = [requests.get(f"{server.api}/sites", headers=said, timeout=60).status_code for _ in range(8)]
    assert answers == [200] * 8
