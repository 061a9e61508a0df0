"""Guesses keep nobody out who knew the password before, nor a whole hall; and they stay few."""

from collections import Counter
from collections.abc import Iterator

import pytest
import requests
from hypothesis import given
from hypothesis import strategies as st

from queue_server.web.http import browser
from tests.world.mall import PASSWORD, Mall, open_mall

HALL, CARRIER = "192.168.1.20", "36.68.77.99"


@pytest.fixture
def mall(tmp_path) -> Iterator[Mall]:
    """A server whose proxy these tests are; nobody has signed in yet."""
    made = open_mall(tmp_path)
    yield made
    made.server.kill()


class Person:
    """Somebody at an address with a browser."""

    def __init__(self, mall: Mall, address: str, line: requests.Session | None = None) -> None:
        self.mall, self.address, self.line = mall, address, line or requests.Session()

    def sign_in(self, name: str, password: str = PASSWORD) -> int:
        said, headers = {"username": name, "password": password}, {"X-Forwarded-For": self.address}
        headers["Origin"] = self.mall.server.url
        return self.line.post(f"{self.mall.server.api}/login", json=said, headers=headers, timeout=60).status_code

    def at(self, address: str) -> "Person":
        """The same browser elsewhere."""
        return Person(self.mall, address, self.line)

    def try_names(self, count: int = 60) -> Counter:
        return Counter(Person(self.mall, self.address).sign_in(f"nobody-{n}", "a wrong guess") for n in range(count))


@pytest.mark.parametrize("address", [HALL, CARRIER])
def test_names_tried_at_an_address_do_not_shut_out_who_knew_the_password_there_that_morning(mall, address):
    assert Person(mall, address).sign_in("sari") == 204
    assert Person(mall, address).try_names() == {401: 50, 429: 10}
    assert Person(mall, address).sign_in("sari") == 204, "in another browser too"


def test_names_tried_at_a_hall_s_address_shut_nobody_of_the_hall_out(mall):
    assert Person(mall, HALL).try_names() == {401: 50, 429: 10}
    assert Person(mall, HALL).sign_in("ratna") == 204, "who comes for the first time since the server started"
    told = [Person(mall, HALL).sign_in("wati", f"guess {n}") for n in range(12)]
    assert set(told) == {429}, "whether there is a wati is not told"
    assert Person(mall, HALL).sign_in("wati") == 429, "and guesses at one account are few as ever"
    assert Person(mall, CARRIER).sign_in("wati") == 204, "she signs in from elsewhere"


def test_who_is_not_known_at_a_public_address_waits_while_names_are_tried_there(mall):
    """The price: a public address has no hall's excuse."""
    assert Person(mall, CARRIER).try_names(50) == {401: 50}
    assert Person(mall, CARRIER).sign_in("ratna") == 429


def test_a_browser_in_which_she_signed_in_before_is_kept_out_by_nobody_s_guesses(mall):
    hers = Person(mall, "198.51.100.7")
    assert hers.sign_in("sari") == 204
    hers = hers.at(CARRIER)
    for n in range(10):
        assert Person(mall, CARRIER).sign_in("sari", f"guess {n}") == 401
    assert Person(mall, CARRIER).try_names(45)[429]
    assert Person(mall, CARRIER).sign_in("sari") == 429, "another browser"
    assert hers.sign_in("sari") == 204
    assert hers.sign_in("ratna") == 429, "for her own account only"
    mall.server.kill()
    mall.server.start()
    for n in range(10):
        Person(mall, CARRIER).sign_in("sari", f"guess {n}")
    assert hers.sign_in("sari") == 204, "after a restart too"


def test_guesses_in_a_known_browser_are_few_too(mall):
    """Somebody sits down at her counter: ten, and then those that any other browser there has."""
    hers = Person(mall, HALL)
    assert hers.sign_in("sari") == 204
    told = [hers.sign_in("sari", f"guess {n}") for n in range(25)]
    assert told == [401] * 20 + [429] * 5


def test_a_flood_from_the_same_address_leaves_a_known_browser_its_pages_and_its_way_in(mall):
    hers = Person(mall, CARRIER)
    assert hers.sign_in("sari") == 204
    hers.line.cookies.pop("session")
    ask = {"headers": {"X-Forwarded-For": CARRIER}, "timeout": 60}
    told = Counter(requests.get(f"{mall.server.api}/sites", **ask).status_code for _ in range(130))
    assert told[429] >= 10
    assert requests.get(f"{mall.server.url}/login", **ask).status_code == 429
    assert hers.line.get(f"{mall.server.url}/login", **ask).status_code == 200
    assert hers.sign_in("sari") == 204
    assert Person(mall, CARRIER).sign_in("dedi") == 204, "signing in has limits of its own"


SECRET = b"a secret of this server"


def test_the_cookie_names_who_signed_in_and_the_latest_few_only():
    made = browser.new()
    for n in range(20):
        made = made.with_account(SECRET, f"officer-{n}")
    again = browser.read(SECRET, made.cookie(SECRET))
    assert again == made
    assert [n for n in range(20) if again.knows(SECRET, f"OFFICER-{n}")] == list(range(8, 20))
    assert len(made.cookie(SECRET)) < 400
    assert not again.knows(b"another server's", "officer-19")


@given(st.text(max_size=120) | st.just(None))
def test_whatever_else_is_sent_is_no_browser_of_ours(sent):
    assert browser.read(SECRET, sent) is None


@given(st.integers(0, 400), st.characters(min_codepoint=33, max_codepoint=126))
def test_a_changed_cookie_is_none(at, letter):
    cookie = browser.new().with_account(SECRET, "sari").with_account(SECRET, "dedi").cookie(SECRET)
    at %= len(cookie)
    changed = cookie[:at] + letter + cookie[at + 1 :]
    assert changed == cookie or browser.read(SECRET, changed) is None


def test_an_account_has_twenty_sessions_the_oldest_ends_and_is_told_why(mall):
    """Somebody who knows a password could else fill the table, and a forgotten terminal stays open unseen."""
    dedi, terminals = Person(mall, HALL), []
    assert dedi.sign_in("dedi") == 204
    for second in range(21):
        mall.server.set_clock(f"2026-11-23T09:01:{second:02}+07:00")
        terminals.append(Person(mall, HALL))
        assert terminals[-1].sign_in("sari") == 204
    desk = f"{mall.server.api}/sites/lebak/counters/5/desk"
    assert [one.line.get(desk, timeout=60).status_code for one in terminals] == [401] + [200] * 20
    pages = [one.line.get(f"{mall.server.url}/login?lang=en", timeout=60).text for one in (*terminals[:2], dedi)]
    assert ["signed in at more than 20 places" in page for page in pages] == [True, False, False]
    assert dedi.line.get(desk, timeout=60).status_code == 200, "another account's sessions stay"
    assert "more than 20 places" not in requests.get(f"{mall.server.url}/login?lang=en", timeout=60).text


def test_where_the_clock_stands_still_the_newest_session_stays(mall):
    for _ in range(25):
        newest = Person(mall, HALL)
        assert newest.sign_in("sari") == 204
        assert newest.line.get(f"{mall.server.api}/sites/lebak/counters/5/desk", timeout=60).status_code == 200
