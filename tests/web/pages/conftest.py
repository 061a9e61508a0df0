"""Staff pages in a real browser against a real server."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.web.pages.office import DESKTOP, SITE, Desk, Office


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """One hall for a module's tests; each takes a counter of its own."""
    made = Office(tmp_path_factory.mktemp("office"))
    yield made
    made.server.kill()


@pytest.fixture
def new_desk(office: Office, chromium: Browser) -> Iterator[Callable[..., Desk]]:
    """Make desks; at the end no page may have erred or asked another host."""
    desks: list[Desk] = []

    def make(n: int = 0, **options: Any) -> Desk:
        desks.append(Desk(office, chromium, n or next(office.free), **options))
        return desks[-1]

    yield make
    faults = [fault for desk in desks for fault in desk.watch.faults + desk.watch.outside]
    for desk in desks:
        desk.context.close()
    assert not faults


@pytest.fixture
def desk(new_desk: Callable[..., Desk]) -> Desk:
    """An open counter where nobody waits yet."""
    return new_desk().open()


@pytest.fixture
def called(desk: Desk, office: Office) -> Desk:
    """A desk with its first visitor called, and one more waiting."""
    desk.numbers = office.take(desk.n, 2)
    desk.press("Space")
    desk.until("called", desk.numbers[0])
    desk.settle()
    return desk


@pytest.fixture(scope="module")
def password(office: Office) -> str:
    """The supervisor's."""
    added = office.server.cli("user", "add", "pengawas", "--name", "Wati", "--role", "supervisor", "--site", SITE)
    return re.search(r"password: (\S+)", added)[1]


@pytest.fixture
def watch(new_desk: Callable[..., Desk], password: str) -> Callable[..., Page]:
    """Open the supervisor's page on a screen of some size."""

    def open_page(size: dict[str, int] = DESKTOP) -> Page:
        made = new_desk(1, username="pengawas", password=password, size=size)
        made.page.desk = made
        made.page.goto(f"{made.office.server.url}/{SITE}/supervisor")
        made.page.wait_for_selector("body[data-contact=live] .post")
        return made.page

    return open_page
