"""How the server runs: packaged defaults, the site's own file, the environment; later ones win."""

from ipaddress import ip_network

import pytest

from tests.world.folders import MINIMAL, folder, load, problems


def test_the_packaged_defaults():
    server = load(None).server
    assert (server.host, server.port, server.async_mode) == ("127.0.0.1", 8000, "eventlet")
    assert (server.public_url, server.database_url, server.message_queue_url) == (None, None, None)
    assert ip_network("127.0.0.0/8") in server.trusted_proxies
    assert server.limits.body_bytes == 65536


def test_own_keys_lie_over_the_packaged_ones(tmp_path):
    own = "[server]\nport = 80\n[limits]\nbody_bytes = 2048\n"
    server = load(folder(tmp_path, MINIMAL, server=own)).server
    assert (server.port, server.limits.body_bytes) == (80, 2048)
    assert (server.host, server.limits.login_window_s) == ("127.0.0.1", 900)


def test_the_environment_wins(tmp_path):
    own = "[server]\nasync_mode = 'eventlet'\n"
    environ = {
        "QUEUE_ASYNC_MODE": "threading",
        "QUEUE_DATABASE_URL": "postgresql://antrean:rahasia@localhost/antrean",
        "QUEUE_MESSAGE_QUEUE_URL": "redis://localhost:6379/0",
        "QUEUE_PUBLIC_URL": "https://antrean.example/",
    }
    server = load(folder(tmp_path, MINIMAL, server=own), environ=environ).server
    assert server.async_mode == "threading"
    assert server.database_url == environ["QUEUE_DATABASE_URL"]
    assert server.message_queue_url == environ["QUEUE_MESSAGE_QUEUE_URL"]
    assert server.public_url == "https://antrean.example"
    assert "rahasia" not in repr(server)


@pytest.mark.parametrize(
    ("environ", "reason"),
    [
        ({"QUEUE_ASYNC_MODE": "gevent"}, "'eventlet' or 'threading'"),
        ({"QUEUE_DATABASE_URL": "mysql://u:rahasia@h/d"}, "sqlite:// or postgresql://"),
        ({"QUEUE_MESSAGE_QUEUE_URL": "amqp://u:rahasia@h"}, "redis://"),
        ({"QUEUE_PUBLIC_URL": "antrean.example"}, "an origin"),
        ({"QUEUE_PUBLIC_URL": "https://antrean.example/path"}, "an origin"),
    ],
    ids=["async mode", "database", "message queue", "no scheme", "a path"],
)
def test_a_wrong_variable_is_named_by_its_own_name_and_never_repeated(environ, reason):
    ((file, key, why),) = problems(None, environ=environ)
    assert (file, key) == ("environment", next(iter(environ)))
    assert reason in why
    assert "rahasia" not in why


@pytest.mark.parametrize(
    ("told", "meant"),
    [
        ("https://antrean.example ", "https://antrean.example"),
        ("\thttps://antrean.example\r\n", "https://antrean.example"),
        ("https://antrean.example///", "https://antrean.example"),
        ("HTTPS://Antrean.Example", "https://antrean.example"),
        ("https://antrean.example:443", "https://antrean.example"),
        ("http://antrean.example:80/", "http://antrean.example"),
        ("http://192.168.1.20:8000", "http://192.168.1.20:8000"),
        ("http://[FD00:0::20]:8000/", "http://[fd00::20]:8000"),
        ("  ", None),
    ],
)
def test_a_public_address_is_kept_as_browsers_write_it(told, meant):
    assert load(None, environ={"QUEUE_PUBLIC_URL": told}).server.public_url == meant


@pytest.mark.parametrize(
    "told",
    [
        *(
            '"https://antrean.example"',
            "'https://antrean.example'",
            "https://antrean.example/lebak",
            "antrean.example:443",
        ),
        *(
            "https://",
            "https://antrean.example?x",
            "https://antrean.example#x",
            "https://a b.example",
            "ftp://a.example",
        ),
        *("https://u:p@antrean.example", "https://a.example:0", "https://a.example:99999", "https://a.example:x"),
        *(
            "http://[::1",
            "http://[1.2]",
            "https://-a.example",
            "//a.example",
            "https:/a.example",
            "https://a.example\\",
        ),
    ],
)
def test_what_could_not_be_a_public_address_is_refused_with_its_reason(told):
    ((file, key, why),) = problems(None, environ={"QUEUE_PUBLIC_URL": told})
    assert (file, key) == ("environment", "QUEUE_PUBLIC_URL") and why


def test_blanks_around_a_variable_mean_nothing():
    environ = {
        "QUEUE_ASYNC_MODE": " threading ",
        "QUEUE_DATABASE_URL": "postgresql:///antrean\n",
        "QUEUE_MESSAGE_QUEUE_URL": " redis://localhost",
    }
    server = load(None, environ=environ).server
    assert (server.async_mode, server.database_url) == ("threading", "postgresql:///antrean")
    assert server.message_queue_url == "redis://localhost"
    assert load(None, environ={"QUEUE_ASYNC_MODE": ""}).server.async_mode == "eventlet"


def test_a_network_written_as_of_ipv6_is_the_one_of_ipv4(tmp_path):
    own = '[server]\ntrusted_proxies = ["::ffff:10.0.0.0/104", "::ffff:192.168.1.5", "fd00::/8"]\n'
    server = load(folder(tmp_path, MINIMAL, server=own)).server
    assert [str(n) for n in server.trusted_proxies] == ["10.0.0.0/8", "192.168.1.5/32", "fd00::/8"]


@pytest.mark.parametrize(
    ("own", "key"),
    [
        ("[limit]\nbody_bytes = 1\n", "limit"),
        ("[limits]\nbody_byte = 2048\n", "limits.body_byte"),
        ("[limits]\nbody_bytes = 0\n", "limits.body_bytes"),
        ("[server]\ntrusted_proxies = ['10.0.0.0/8', 'proxy']\n", "server.trusted_proxies[1]"),
        ("[server]\nmetrics_token = 'kurang'\n", "server.metrics_token"),
        ("server = 1\n", "server"),
    ],
)
def test_a_wrong_server_key_is_named_in_the_file_that_wrote_it(tmp_path, own, key):
    found = problems(folder(tmp_path, MINIMAL, server=own))
    assert [(file, at) for file, at, _ in found] == [("server.toml", key)]
