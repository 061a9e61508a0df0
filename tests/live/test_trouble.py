"""The database fails while a screen is greeted: it is answered, and welcome when it comes again."""

import contextlib

import pytest

from queue_server.store.engine import sqlite_module
from tests.world.pulse import Pulse
from tests.world.socket import Refused, Screen

SCREENS = [
    (None, {"site": "lebak", "screen": "wall"}, "board"),
    (None, {"site": "lebak", "screen": "counter", "counter": "5"}, "board"),
    ("sari", {"site": "lebak", "screen": "desk", "counter": "5"}, "desk"),
    ("wati", {"site": "lebak", "screen": "supervisor"}, "board"),
    (None, {"screen": "phone"}, "ticket"),
]


@contextlib.contextmanager
def without_sites(mall):
    """A real database error for everybody who reads anything of a hall, for as long as it lasts."""
    file = mall.server.data / "queue.db"
    with contextlib.closing(sqlite_module().connect(file, isolation_level=None, timeout=60)) as own:
        own.execute("ALTER TABLE site RENAME TO site_away")
        try:
            yield
        finally:
            own.execute("ALTER TABLE site_away RENAME TO site")


@pytest.mark.parametrize(("who", "auth", "told"), SCREENS, ids=[auth["screen"] for _, auth, _ in SCREENS])
def test_a_screen_that_cannot_be_greeted_is_answered_at_once_and_welcome_when_it_comes_again(
    mall, kiosk, who, auth, told
):
    """Without an answer it would take the line for a good one, and be deaf until 25 s of silence are over."""
    person = mall.person(who) if who else None
    auth = auth | ({"token": kiosk.issue("lebak", "ktp-cetak").json()["token"]} if told == "ticket" else {})
    with Pulse(mall.server) as pulse:
        with without_sites(mall), pytest.raises(Refused) as refused:
            began = pulse.now()
            Screen(mall, auth, person)
        assert "internal" in str(refused.value) and pulse.now() - began < 5
    again = Screen(mall, auth, person)
    assert again.hear(told)
    again.close()
