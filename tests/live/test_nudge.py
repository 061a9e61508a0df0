"""Nudges over Redis: what is heard, what is not, and a plain word where the library is missing."""

import sys

import pytest

from queue_server import app
from queue_server.live.nudge import Nudges
from queue_server.store.engine import StoreUnusable

URL = "redis://127.0.0.1:1/0"  # nobody is there, and nobody is asked


def test_only_what_is_a_nudge_is_heard():
    heard = []
    nudges = Nudges(URL, lambda *said: heard.append(said), lambda: None)
    for said in (b"hall 7 12", b"hall 7", b"hall 7 12 13", b"hall x 12", b"", b"\xff\xfe 1 2", b"{}"):
        nudges._take(said)
    assert heard == [("hall", 7, 12)]


def test_sending_never_waits_and_keeps_the_newest_only():
    nudges = Nudges(URL, lambda *said: None, lambda: None)
    for revision in range(1000):
        nudges.send("hall", 7, revision)
    assert nudges._due == {"hall": (7, 999)}


def test_without_the_library_the_server_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "redis", None)
    with pytest.raises(StoreUnusable, match=r"install antrean\[redis\]"):
        app._nudges(URL, {})
