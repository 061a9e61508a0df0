"""What a browser writes of a socket that its page gave up and asked for again is excused once, and nothing else is."""

from types import SimpleNamespace
from typing import Any

from tests.world.screens import AskedAgain

LINE = "WebSocket connection to 'ws://127.0.0.1:1/' failed: WebSocket is closed before the connection is established."


def said(page: str, text: str = LINE) -> Any:
    return SimpleNamespace(page=page, text=text)


def test_of_each_page_once():
    asked = AskedAgain()
    assert [asked.excuses(said(page)) for page in ("kiosk", "wall", "kiosk", "wall")] == [True, True, False, False]


def test_a_socket_that_is_refused_is_a_fault():
    assert not AskedAgain().excuses(said("kiosk", "WebSocket connection to 'ws://127.0.0.1:1/' failed: refused"))
