"""The origin rule: whose page asks, and exactly what a proxy lacks that keeps this from being known."""

import json
from datetime import UTC, datetime, timedelta
from ipaddress import ip_network

import pytest
import requests

from queue_server.operations import checks, proxy
from queue_server.serving.gate import TRUSTED, TrustedProxies
from queue_server.serving.origin import Lack, lack, origin_of, own_origins
from tests.world.mall import PASSWORD

NAME = "antrean.example"
PAGE = f"https://{NAME}"
MORNING = datetime(2026, 11, 23, 2, tzinfo=UTC)
HERE, ELSEWHERE = "127.0.0.1", "10.0.0.3"


def arriving(peer: str, host: str, **headers: str) -> dict:
    """The environ of a request as the house sees it, behind the gate."""
    seen: dict = {}
    app = TrustedProxies(lambda environ, start: seen.update(environ), [ip_network("127.0.0.0/8")])
    said = {f"HTTP_{name.upper()}": value for name, value in headers.items()}
    app({"REMOTE_ADDR": peer, "HTTP_HOST": host, "SERVER_NAME": HERE, "wsgi.url_scheme": "http", **said}, None)
    return seen


@pytest.mark.parametrize(
    ("origin", "environ", "what"),
    [
        (PAGE, arriving(HERE, NAME), Lack.PROTO),
        (PAGE, arriving(HERE, NAME, x_forwarded_for="1.2.3.4"), Lack.PROTO),
        (PAGE, arriving(HERE, "127.0.0.1:8000", x_forwarded_host=NAME), Lack.PROTO),
        (PAGE, arriving("::ffff:127.0.0.1", NAME), Lack.PROTO),
        (PAGE, arriving(ELSEWHERE, NAME), Lack.PROTO),
        (PAGE, arriving(ELSEWHERE, NAME, x_forwarded_proto="https"), Lack.TRUST),
        (PAGE, arriving(ELSEWHERE, "upstream:8000", x_forwarded_proto="https", x_forwarded_host=NAME), Lack.TRUST),
        (PAGE, arriving(HERE, "127.0.0.1:8000"), Lack.HOST),
        (PAGE, arriving(HERE, "localhost:8000", x_forwarded_proto="https"), Lack.HOST),
        (f"{PAGE}:8443", arriving(HERE, NAME, x_forwarded_proto="https"), Lack.HOST),
        ("https://evil.example", arriving(HERE, NAME, x_forwarded_proto="https"), None),
        ("https://evil.example", arriving(ELSEWHERE, "192.168.1.20:8000"), None),
        ("http://127.0.0.1:1", arriving(HERE, "127.0.0.1:8000"), None),
        ("https://[", arriving(HERE, NAME), None),
    ],
)
def test_what_a_proxy_lacks(origin, environ, what):
    assert origin not in own_origins(environ, None)
    assert lack(origin, environ) is what


@pytest.mark.parametrize(
    ("origin", "environ"),
    [
        (PAGE, arriving(HERE, NAME, x_forwarded_proto="https")),
        (PAGE, arriving(HERE, f"{NAME}:443", x_forwarded_proto="https")),
        (PAGE, arriving(HERE, "Antrean.Example", x_forwarded_proto="https")),
        (PAGE, arriving("::ffff:127.0.0.1", "127.0.0.1:8000", x_forwarded_proto="https", x_forwarded_host=NAME)),
        (f"http://{NAME}", arriving(HERE, f"{NAME}:80")),
        ("http://[fd00::20]:8000", arriving("fd00::9", "[FD00::20]:8000")),
    ],
)
def test_our_own_page_however_host_and_peer_are_spelt(origin, environ):
    assert origin in own_origins(environ, None)


def test_only_a_proxy_of_ours_is_believed():
    for peer in (HERE, "::ffff:127.0.0.1", "127.9.9.9"):
        assert arriving(peer, NAME)[TRUSTED]
    for peer in (ELSEWHERE, "::ffff:10.0.0.3", "::ffff:7f00:1.2.3.4", "", "127.0.0.1.evil"):
        assert not arriving(peer, NAME)[TRUSTED]
    assert origin_of("https", "weird host") == "https://weird host"


@pytest.mark.parametrize(
    ("headers", "lang", "said"),
    [
        ({"Host": NAME}, "id", "proxy di depan server tidak menyampaikannya (X-Forwarded-Proto)"),
        ({"Host": NAME}, "en", "does not say so (X-Forwarded-Proto)"),
        ({}, "id", "tidak meneruskan alamat halaman ini (Host)"),
        (
            {"Host": NAME, "X-Forwarded-Proto": "https", "X-Forwarded-Host": "x.example"},
            "id",
            "datang dari halaman lain",
        ),
    ],
)
def test_the_refusal_says_what_is_lacking(mall, headers, lang, said):
    path = f"{mall.server.api}/login?lang={lang}"
    body = {"username": "sari", "password": PASSWORD}
    answer = requests.post(path, json=body, headers={"Origin": PAGE, **headers}, timeout=60)
    assert (answer.status_code, answer.json()["error"]["code"]) == (403, "bad_origin")
    assert said in answer.json()["error"]["message"]


def test_the_running_server_leaves_a_note_for_doctor(start_server):
    """On a server of its own: a lack is noted once a minute, so that of another test would stand where ours should."""
    server = start_server()
    requests.post(f"{server.api}/logout", json={}, headers={"Origin": PAGE, "Host": NAME}, timeout=60)
    headers = {"X-Forwarded-Proto": "https", "X-Forwarded-Host": NAME}
    assert requests.get(f"{server.url}/", headers=headers, timeout=60).status_code == 200
    noted = json.loads((server.data / proxy.FILE).read_text())
    assert noted["proxy_proto"]["said"] == PAGE and noted["public_url"]["said"] == PAGE


def test_doctor_says_what_the_proxy_lacks_until_it_is_put_right(tmp_path):
    now = [MORNING]
    patient = checks.Patient(None, tmp_path, "", None, lambda: now[0], False)
    assert not list(proxy.proxy(patient))
    watch = proxy.Watch(tmp_path, lambda: now[0])
    for what in Lack:
        watch(what, PAGE)
    found = {finding.said.split(";")[0]: finding.level.value for finding in proxy.proxy(patient)}
    for part, level in {
        f"serves {PAGE} but does not send X-Forwarded-Proto": "bad",
        "not named in [server] trusted_proxies": "bad",
        "does not pass the Host on": "warn",
        f"QUEUE_PUBLIC_URL={PAGE}": "warn",
    }.items():
        assert [at for said, at in found.items() if part in said] == [level], found
    now[0] += timedelta(days=2)
    assert not list(proxy.proxy(patient))
    now[0] -= timedelta(days=2)
    proxy.Watch(tmp_path, lambda: now[0])  # the server was started anew
    assert not list(proxy.proxy(patient))


def test_a_flood_of_refusals_is_written_once_a_minute_and_not_at_length(tmp_path):
    now = [MORNING]
    watch = proxy.Watch(tmp_path, lambda: now[0])
    watch(Lack.PROTO, "https://first.example")
    for n in range(1000):
        watch(Lack.PROTO, f"https://{n}.{'x' * 5000}")
    assert json.loads((tmp_path / proxy.FILE).read_text())["proxy_proto"]["said"] == "https://first.example"
    now[0] += timedelta(minutes=2)
    watch(Lack.PROTO, "https://" + "x" * 5000)
    assert (tmp_path / proxy.FILE).stat().st_size < 1000
