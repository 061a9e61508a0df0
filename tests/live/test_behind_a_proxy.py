"""Behind HTTPS and a public name, and at the hall's own address too: every screen keeps its live connection."""

from collections.abc import Iterator

import pytest

from tests.world.mall import PASSWORD, Mall, open_mall
from tests.world.socket import Refused, Screen

NAME = "antrean.example"
PROXIED = {"X-Forwarded-Proto": "https", "X-Forwarded-Host": NAME, "X-Forwarded-For": "36.68.77.99"}
WALL = {"site": "lebak", "screen": "wall"}


@pytest.fixture(scope="module")
def mall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mall]:
    """A server that has a public name; the tests are its proxy."""
    made = open_mall(tmp_path_factory.mktemp("public"), environ={"QUEUE_PUBLIC_URL": f"https://{NAME}"})
    yield made
    made.server.kill()


def test_an_officer_behind_https_hears_her_desk(mall):
    who = mall.caller()
    answer = who.post("/login", {"username": "sari", "password": PASSWORD}, **PROXIED)
    cookie = answer.headers["Set-Cookie"].split(";")[0]
    assert cookie.startswith("__Host-session=")
    desk = {"site": "lebak", "screen": "desk", "counter": "5"}
    screen = Screen(mall, desk, None, Cookie=cookie, Origin=f"https://{NAME}", **PROXIED)
    assert screen.hear("desk")["counter"] == "5"
    screen.close()
    with pytest.raises(Refused, match="unauthorized"):
        Screen(mall, desk, None, Origin=f"https://{NAME}", **PROXIED)


@pytest.mark.parametrize(
    ("origin", "headers"),
    [(f"https://{NAME}", PROXIED), (f"https://{NAME}", {}), ("the hall's", {})],
    ids=["through the proxy", "a page of the public name", "the hall's own address"],
)
def test_a_wall_connects_from_each_of_our_own_addresses(mall, origin, headers):
    screen = Screen(mall, WALL, None, Origin=mall.server.url if origin == "the hall's" else origin, **headers)
    assert screen.hear("board")["site"] == "lebak"
    screen.close()


@pytest.mark.parametrize("origin", [f"http://{NAME}", f"https://{NAME}.evil.example", "https://evil.example", "null"])
@pytest.mark.parametrize("headers", [PROXIED, {}], ids=["proxied", "direct"])
def test_and_from_no_other(mall, origin, headers):
    with pytest.raises(Refused):
        Screen(mall, WALL, None, Origin=origin, **headers)
