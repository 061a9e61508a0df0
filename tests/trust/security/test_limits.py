"""F17: guesses are counted as they come in, from one address and from many; who knows the password comes in."""

import statistics
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import pairwise, product

import pytest
import requests

from queue_server.store import passwords
from queue_server.web.api import access
from tests.trust.security.office import Office
from tests.trust.security.siege import besieged
from tests.world.in_process import HOST
from tests.world.mall import PASSWORD, Mall, open_mall

GUESSES = "guesses at one account, each from another address"
AT_ONCE = 8
CEILING, SLIPS = 100, 1  # two passwords may be weighed at once, so one may pass the count


@pytest.fixture(scope="module")
def mall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mall]:
    """A server of these tests' own; the tests stand behind its trusted proxy, so they may choose their address."""
    made = open_mall(tmp_path_factory.mktemp("limits"))
    yield made
    made.server.kill()


def sign_in(mall: Mall, name: str, password: str, address: str = "") -> int:
    """The status of one attempt from an address; without one, from the hall."""
    said = {"username": name, "password": password}
    headers = {"X-Forwarded-For": address} if address else {}
    return requests.post(f"{mall.server.api}/login", json=said, headers=headers, timeout=60).status_code


def address(n: int) -> str:
    """The nth address of a botnet."""
    return f"{11 + (n >> 16)}.{n >> 8 & 255}.{n & 255}.7"


def test_guesses_from_everywhere_are_cut_off_and_the_officer_works_on(mall, figure):
    row = figure("F17", GUESSES)
    count, home = row.size(ci=300, night=10_000), "198.51.100.7"
    assert sign_in(mall, "sari", PASSWORD, home) == 204, "from home, before it began"
    told: list[int] = []
    with ThreadPoolExecutor(AT_ONCE) as pool:
        parts = [*range(0, count, 100), count]
        for first, last in row.each(list(pairwise(parts))):
            told += pool.map(lambda n: sign_in(mall, "sari", f"guess {n}", address(n)), range(first, last))
            assert sign_in(mall, "sari", PASSWORD) == 204, "at the hall"
            assert sign_in(mall, "sari", PASSWORD, home) == 204, "from home"
    weighed = told.count(401)
    row.count(len(told), lost=max(0, weighed - CEILING - SLIPS) + sum(s not in (401, 429) for s in told))
    row.note(f"{weighed} passwords weighed; the officer signed in {2 * (len(parts) - 1)} times meanwhile")
    assert set(told) == {401, 429} and CEILING <= weighed <= CEILING + SLIPS
    assert sign_in(mall, "sari", PASSWORD, address(count + 1)) == 429, "the price: a new place waits"


def test_guesses_that_come_at_once_are_counted_one_by_one(mall, figure):
    row = figure("F17", "guesses at one account at once, from one address")
    count = row.size(ci=60, night=500)
    with ThreadPoolExecutor(count) as pool:
        told = list(pool.map(lambda n: sign_in(mall, "wati", f"guess {n}", "203.0.113.50"), range(count)))
    row.count(count, lost=max(0, told.count(401) - 10 - SLIPS))
    assert set(told) == {401, 429} and 10 <= told.count(401) <= 10 + SLIPS
    assert sign_in(mall, "wati", PASSWORD, "203.0.113.51") == 204


def test_a_name_after_another_is_counted_by_address(mall, figure):
    row = figure("F17", "names tried from one address")
    told = [sign_in(mall, f"nobody-{n}", "a wrong guess", "203.0.113.99") for n in range(row.size(ci=60, night=1000))]
    row.count(len(told), lost=abs(told.count(401) - 50))
    assert told.count(401) == 50 and told[-1] == 429


@pytest.mark.night
def test_control_guesses_that_nobody_counts_are_noticed(tmp_path, figure):
    mall = besieged(tmp_path, sabotage="guesses_that_nobody_counts")
    try:
        told = [sign_in(mall, "sari", f"guess {n}", address(n)) for n in range(CEILING + 10)]
        assert told.count(401) == CEILING + 10
        figure("F17", GUESSES).caught("failures are not counted", f"{len(told)} of {len(told)} weighed")
    finally:
        mall.server.kill()


def weighing_times(office: Office, *names: str) -> list[float]:
    """Processor time (median of some, seconds) of a refusal of each, asked in turn: the machine is as busy for all."""
    took: dict[str, list[float]] = {name: [] for name in names}
    for n, name in product(range(9), names):
        office.whole.app.extensions["door"]._window.reset()
        body = {"username": name, "password": f"a wrong guess {n}"}
        began = time.process_time()
        answer = office.client.post("/api/v1/login", json=body, base_url=HOST)
        took[name].append(time.process_time() - began)
        assert answer.status_code == 401
    return [statistics.median(own) for own in took.values()]


def test_an_unknown_name_costs_as_much_as_a_wrong_password(office, monkeypatch, figure):
    """In the process and by its own processor time: the machine's other work does not count."""
    found, hashed = access.identity.account_named, passwords.HASHER.hash(PASSWORD)

    def with_hash(reader, name):
        account = found(reader, name)
        return account and replace(account, password_hash=hashed)

    monkeypatch.setattr(access.identity, "account_named", with_hash)
    known, unknown = weighing_times(office, "lebak-holder", "nobody")
    row = figure("F17", "refusals compared, known and unknown names, in-process")
    row.count(18)
    row.note(f"{known * 1000:.1f} and {unknown * 1000:.1f} ms of processor time")
    assert 0.6 < known / unknown < 1.6


def test_control_an_unknown_name_that_is_refused_at_once_is_noticed(office, monkeypatch):
    monkeypatch.setattr(access, "_NOBODY", "no hash at all")
    began = time.process_time()
    passwords.HASHER.hash(PASSWORD)
    assert weighing_times(office, "nobody")[0] < (time.process_time() - began) / 4


def test_strangers_are_limited_by_the_address_that_a_proxy_of_ours_names(mall):
    line = requests.Session()  # one: the minute must not be over before the last has asked

    def ask(address: str) -> int:
        return line.get(f"{mall.server.api}/sites", headers={"X-Forwarded-For": address}, timeout=60).status_code

    answers = [ask("36.68.1.200") for _ in range(125)]
    assert answers.count(200) == 120 and answers[-1] == 429
    assert ask("36.68.1.201") == 200, "somebody else"
    assert {ask("192.168.1.9") for _ in range(125)} == {200}, "a hall behind one private address"
