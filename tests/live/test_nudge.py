"""Nudges over Redis: what is heard, what is not, and a plain word where the library is missing."""

import sys

import pytest

from queue_server import app
from queue_server.clock import utc_now
from queue_server.domain.absence import Place
from queue_server.live.nudge import Nudges
from queue_server.seen import Seen
from queue_server.store.engine import StoreUnusable

URL = "redis://127.0.0.1:1/0"  # nobody is there, and nobody is asked


def test_only_what_is_a_nudge_is_heard():
    heard = []
    nudges = Nudges(URL, lambda *said: heard.append(said), lambda: None)
    for said in (b"hall 7 12", b"hall 7", b"hall 7 12 13", b"hall x 12", b"", b"\xff\xfe 1 2", b"{}"):
        nudges._take(said)
    assert heard == [("hall", 7, 12)]


def test_word_of_a_screen_goes_from_process_to_process_and_nothing_else_is_taken_for_it():
    wall, own = Place("0190", "hall", "wall"), Place("0191", "hall", "counter", "5")
    here, there = Nudges(URL, lambda *said: None, lambda: None), []
    other = Nudges(URL, lambda *said: None, lambda: None, there.append)
    for place in (wall, own, wall):
        here.send_seen(place)
    here.send("hall", 7, 12)
    assert here._next() == "hall 7 12", "commits go first"
    while word := here._next():
        other._take(word.encode())
    assert sorted(there, key=lambda place: place.device) == [wall, own]
    for said in (
        b"[",
        b"[]",
        b'["seen"]',
        b'["seen", 1, 2, 3, 4]',
        b'["seen", {}, "hall", "wall", null]',
        b"[" * 90000,
    ):
        other._take(said)
    assert len(there) == 2


def test_sending_never_waits_and_keeps_the_newest_only():
    nudges = Nudges(URL, lambda *said: None, lambda: None)
    for revision in range(1000):
        nudges.send("hall", 7, revision)
    assert nudges._due == {"hall": (7, 999)}


def test_without_the_library_the_server_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "redis", None)
    with pytest.raises(StoreUnusable, match=r"install antrean\[redis\]"):
        app._nudges(URL, {}, Seen(utc_now, lambda place, at: None))
