"""A known caller is no stranger: limits for an address do not meet officers, devices and holders of a ticket's link."""

import re
import uuid
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import pytest
import requests

from queue_server.settings import load
from queue_server.web.http.callers import Standing, credentials
from queue_server.web.http.security import Door
from tests.world.mall import PASSWORD, Mall, open_mall
from tests.world.socket import Screen

CARRIER = "36.68.77.99"  # behind it a whole village, and here the hall too
PHONES = 200
ASKED = "/api/v1/sites/lebak/board"
FORGED = "A" * 43  # looks like one of ours


@pytest.fixture(scope="module")
def mall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mall]:
    """A server with the limits as shipped; the tests are its proxy."""
    made = open_mall(tmp_path_factory.mktemp("carrier"))
    yield made
    made.server.kill()


class Crowd:
    """Everybody behind one address."""

    def __init__(self, mall: Mall, address: str = CARRIER) -> None:
        self.mall, self.behind = mall, {"X-Forwarded-For": address}

    def get(self, path: str, **headers: str) -> requests.Response:
        return requests.get(self.mall.server.url + path, headers=self.behind | headers, timeout=60)

    def knock(self, **asked: str) -> int:
        """The status of a socket's handshake."""
        query = "".join(f"&{name}={value}" for name, value in asked.items())
        return self.get(f"/socket.io/?EIO=4&transport=polling{query}").status_code

    def phone(self, token: str) -> list[int]:
        """A phone opens its page, connects and looks once more; one in ten asks for all that its page names."""
        page = self.get(f"/t/{token}")
        files = re.findall(r'(?:href|src)="(/assets/[^"]+)"', page.text)
        assert page.status_code != 200 or len(files) >= 4
        files = files if token < "G" else []
        polled = self.get(f"/api/v1/tickets/{token}")
        return [
            page.status_code,
            *(self.get(f).status_code for f in files),
            self.knock(ticket=token),
            polled.status_code,
        ]

    def flood(self, times: int = 400) -> Counter:
        """Nobody we know asks and asks."""
        with ThreadPoolExecutor(8) as pool:
            return Counter(pool.map(lambda n: self.get(f"{ASKED}?n={n}").status_code, range(times)))


@pytest.fixture
def crowd(mall) -> Crowd:
    return Crowd(mall)


def test_two_hundred_phones_behind_one_address_all_work_and_a_flood_from_there_harms_nobody(mall, crowd):
    tokens = [mall.kiosk.issue("lebak", "ktp-cetak").json()["token"] for _ in range(PHONES)]
    assert mall.sari.verb("lebak", "5", "open").status_code == 200
    assert crowd.flood()[429] > 200, "the control: whom we do not know is slowed down there"
    with ThreadPoolExecutor(8) as pool:
        told = Counter(status for phone in pool.map(crowd.phone, tokens) for status in phone)
    assert set(told) == {200}, told
    for _ in range(5):
        key = uuid.uuid4().hex
        assert mall.sari.post("/sites/lebak/counters/5/call-next", {}, key, **crowd.behind).status_code == 200
        assert mall.sari.verb("lebak", "5", "serve").status_code == 200
        assert mall.sari.verb("lebak", "5", "finish").status_code == 200
        body = {"service": "ktp-cetak"}
        assert mall.kiosk.post("/sites/lebak/tickets", body, key, **crowd.behind).status_code == 201
    for n in range(70):
        assert crowd.knock(n=str(n)) in (200, 429)
    assert crowd.knock() == 429, "the control: a stranger's next socket is one too many"
    wall = Screen(mall, {"site": "lebak", "screen": "wall"}, Cookie=f"device={mall.devices['display']}", **crowd.behind)
    assert wall.hear("board")["site"] == "lebak"
    wall.close()
    phone = Screen(mall, {"screen": "phone", "token": tokens[0]}, **crowd.behind, ticket=tokens[0])
    assert phone.hear("ticket")["token"] == tokens[0]
    phone.close()


@pytest.mark.parametrize(
    "headers",
    [
        {"Cookie": f"session={FORGED}"},
        {"Cookie": f"device={FORGED}"},
        {"Authorization": f"Bearer {FORGED}"},
        {"Cookie": "session=x"},
    ],
    ids=["session", "device", "bearer", "no token at all"],
)
def test_who_only_says_so_is_a_stranger(mall, headers):
    crowd = Crowd(mall, f"203.0.113.{len(str(headers))}")
    told = Counter(crowd.get(ASKED, **headers).status_code for _ in range(125))
    assert told == {200: 120, 429: 5}


def test_an_ended_session_is_a_stranger_s_and_a_living_one_is_not(mall):
    crowd = Crowd(mall, "203.0.113.200")
    crowd.flood(130)
    officer = mall.caller().sign_in("dedi", PASSWORD)
    assert crowd.get("/api/v1/sites", Cookie=f"session={officer.http.cookies['session']}").status_code == 200
    assert crowd.get("/api/v1/sites").status_code == 429


def test_a_ticket_s_holder_is_counted_for_themselves(mall):
    """Somebody may take a number and then ask without end; the others behind the address do not notice."""
    one, other = (mall.kiosk.issue("lebak", "ktp-cetak").json()["token"] for _ in range(2))
    crowd = Crowd(mall, "203.0.113.201")
    told = Counter(crowd.get(f"/api/v1/tickets/{one}").status_code for _ in range(125))
    assert told == {200: 120, 429: 5}
    assert crowd.get(f"/api/v1/tickets/{other}").status_code == 200


def test_in_a_hall_one_ticket_s_link_that_knocks_without_end_stands_in_the_strangers_line():
    """Walls and kiosks come back in the line of the known ones: nobody with one number may lengthen it."""
    settings = load(None, environ={})
    door = Door(SimpleNamespace(settings=settings, secret=b"", ticket_of=lambda token: token))
    link = {"REMOTE_ADDR": "192.168.1.20", "PATH_INFO": "/socket.io/", "QUERY_STRING": f"ticket={'t' * 22}"}
    told = Counter(door.knock(link) for _ in range(1000))
    allowed = settings.server.limits.public_handshakes_per_minute
    assert told == {Standing.TICKET: allowed, Standing.STRANGER: 1000 - allowed}
    assert door.knock(link | {"QUERY_STRING": f"ticket={'u' * 22}"}) is Standing.TICKET
    assert door.knock({"REMOTE_ADDR": "192.168.1.20"}) is Standing.STRANGER, "a hall is not refused"


def test_files_of_the_screens_and_the_question_before_a_reload_are_never_refused(mall):
    crowd = Crowd(mall, "203.0.113.202")
    assert crowd.flood(130)[429] == 10
    page = Crowd(mall, "203.0.113.203").get("/").text
    for path in [*re.findall(r'(?:href|src)="(/assets/[^"]+)"', page), "/healthz"]:
        assert crowd.get(path).status_code == 200


SECRET, TICKET = "s" * 43, "t" * 22


@pytest.mark.parametrize(
    ("environ", "expected"),
    [
        ({"HTTP_COOKIE": f"session={SECRET}"}, [(Standing.STAFF, SECRET)]),
        ({"HTTP_COOKIE": f"session={SECRET}", "wsgi.url_scheme": "https"}, []),
        ({"HTTP_COOKIE": f"__Host-session={SECRET}", "wsgi.url_scheme": "https"}, [(Standing.STAFF, SECRET)]),
        ({"HTTP_AUTHORIZATION": f"bearer {SECRET}"}, [(Standing.DEVICE, SECRET)]),
        ({"HTTP_AUTHORIZATION": f"Basic {SECRET}"}, []),
        ({"PATH_INFO": f"/t/{TICKET}"}, [(Standing.TICKET, TICKET)]),
        ({"PATH_INFO": f"/t/{TICKET}/qr.svg"}, [(Standing.TICKET, TICKET)]),
        ({"PATH_INFO": f"/api/v1/tickets/{TICKET}/cancel"}, [(Standing.TICKET, TICKET)]),
        ({"PATH_INFO": f"/lebak/t/{TICKET}"}, []),
        ({"PATH_INFO": f"/t/{TICKET}%2f.."}, []),
        ({"PATH_INFO": "/socket.io/", "QUERY_STRING": f"EIO=4&ticket={TICKET}"}, [(Standing.TICKET, TICKET)]),
        ({"HTTP_COOKIE": "session=x; device=" + "y" * 5000}, []),
        ({"HTTP_COOKIE": "\xff=\xfe;;;=", "QUERY_STRING": "%ff&&=", "HTTP_AUTHORIZATION": "bearer"}, []),
    ],
)
def test_what_looks_like_a_credential_is_looked_up_and_nothing_else(environ, expected):
    assert list(credentials(environ)) == expected
