"""The first run over HTTP: a code makes the first administrator and the hall, once; nobody guesses it, two cannot."""

import json
import re
from datetime import UTC, datetime

import pytest

from queue_server import app, places, settings
from queue_server.commands import admin
from queue_server.documents import pages
from queue_server.documents.schemas import hold
from queue_server.domain import first_run as rules
from queue_server.domain.errors import QueueError
from queue_server.domain.roles import FIRST, Role
from queue_server.reach import Reach
from queue_server.store import accounts
from queue_server.store.accounts import Account
from queue_server.store.transaction import ALL_SITES
from tests.world.folders import MINIMAL

HERE = {"Origin": "http://localhost"}
HALL, OTHER = "192.168.1.20", "192.168.1.21"
WHO = {"username": "rina", "password": "kuda laut hijau tua"}
SMALL = {"start_from": "small", "hall": "Mal Pelayanan Publik Kota Serang", "timezone": "Asia/Makassar"}


class Empty:
    """A server that was started on an empty folder, and whether it was asked to begin anew."""

    def __init__(self, data) -> None:
        self.data, self.anew = data, 0
        self.now = datetime(2026, 11, 23, 2, tzinfo=UTC)
        told = settings.load(None, data, environ={"QUEUE_ASYNC_MODE": "threading"})
        reach = Reach(public_url="http://localhost")
        begin_anew = None if settings.has_hall(data) else self.begin
        self.whole = app.create(told, data, reach=reach, clock=lambda: self.now, begin_anew=begin_anew)
        self.code = rules.code_of(self.whole.house.secret)

    def begin(self) -> None:
        self.anew += 1

    def post(self, body=None, *, address=HALL, client=None, **changes):
        client = client or self.whole.app.test_client()
        sent = {"code": self.code, **WHO, **(body if body is not None else SMALL), **changes}
        return client.post("/api/v1/setup", json=sent, headers=HERE, environ_base={"REMOTE_ADDR": address})

    def get(self, path):
        return self.whole.app.test_client().get(path)

    @property
    def files(self) -> list[str]:
        return sorted(str(file.relative_to(self.data)) for file in self.data.rglob("*.toml"))


@pytest.fixture
def opened():
    """Servers that were started, to be closed again."""
    made = []
    yield made
    for one in made:
        one.whole.close()


@pytest.fixture
def empty(tmp_path, opened):
    opened.append(Empty(tmp_path / "data"))
    return opened[0]


def test_every_page_of_an_empty_server_leads_to_the_first_run_and_the_api_answers_as_ever(empty):
    for path in ("/", "/login", "/lebak/wall", "/lebak/counters/5", "/accounts"):
        assert empty.get(path).location == "/setup?lang=id", path
    page, choices = empty.get("/setup"), empty.get("/api/v1/setup")
    hold(pages.SetupPage, json.loads(re.search(r'id="page-data">(.+?)</script>', page.text, re.DOTALL)[1]))
    assert page.status_code == choices.status_code == 200
    assert empty.get("/api/v1/setup").json["start_from"] == ["small", "lebak", "pandeglang"]
    assert {site["id"] for site in empty.get("/api/v1/sites").json["sites"]} == {"lebak", "pandeglang"}
    assert empty.get("/readyz").status_code == 200


def test_the_code_makes_a_small_hall_and_its_first_administrator_who_is_signed_in(empty, opened):
    client = empty.whole.app.test_client()
    made = empty.post(client=client, code=f" {empty.code[:4].lower()}-{empty.code[4:]} ")
    assert (made.status_code, made.json) == (201, {"site": "serang", "path": "/"})
    assert (empty.files, empty.anew) == (["sites/serang.toml"], 1)
    me = client.get("/api/v1/me").json
    assert (me["username"], me["roles"], me["sites"], me["agencies"]) == ("rina", ["admin"], [], [])

    opened.append(again := Empty(empty.data))
    (site,) = again.get("/api/v1/sites").json["sites"]
    assert (site["id"], site["name"], site["timezone"]) == ("serang", SMALL["hall"], "Asia/Makassar")
    for one in (empty, again):
        assert one.get("/setup").status_code == one.get("/api/v1/setup").status_code == one.post().status_code == 404
        assert one.get("/login").status_code == 200


@pytest.mark.parametrize("start", ["lebak", "pandeglang"])
def test_a_mall_that_ships_begins_with_its_own_file_word_for_word(empty, start):
    assert empty.post({"start_from": start}).status_code == 201
    assert (empty.data / "sites" / f"{start}.toml").read_text() == (places.CONFIG / f"sites/{start}.toml").read_text()


def test_a_hall_begins_with_a_file_that_was_sent_with_its_comments(empty):
    text = f"# dari teknisi\n{MINIMAL}"
    assert empty.post({"site_file": text}).json["site"] == "kecil"
    assert (empty.data / "sites/kecil.toml").read_text() == text


@pytest.mark.parametrize(
    ("body", "field", "said"),
    [
        ({"site_file": MINIMAL.replace('prefix = "A"', 'prefix = "I"')}, "site_file", "services[0].prefix"),
        ({"site_file": "id = "}, "site_file", ""),
        ({"site_file": MINIMAL.replace('"kecil"', '"setup"')}, "site_file", "id"),
        ({"site_file": MINIMAL + "\x00"}, "site_file", None),
        ({"start_from": "../lebak"}, "start_from", None),
        ({"start_from": "small", "hall": " "}, "hall", None),
        ({"start_from": "small", "hall": "Aula\nKota"}, "hall", None),
        ({"start_from": "small", "hall": "Aula", "timezone": "Mars"}, "timezone", None),
        ({"username": "rina wati"} | SMALL, "username", None),
    ],
)
def test_what_cannot_be_is_named_and_leaves_nothing(empty, body, field, said):
    answer = empty.post(body)
    details = answer.json["error"]["details"]
    assert (answer.status_code, details["field"]) == (422, field)
    assert said is None or [problem["key"] for problem in details["problems"]] == [said]
    assert (empty.files, empty.anew) == ([], 0)
    assert empty.post().status_code == 201, "and it is still open"


@pytest.mark.parametrize(("password", "code"), [("pendek", "password_short"), ("kotaserang12", "password_common")])
def test_the_first_password_is_no_worse_than_any(empty, password, code):
    assert empty.post(password=password, hall="Kota Serang").json["error"]["code"] == code
    assert empty.files == []


def test_while_it_is_open_it_is_as_strict_as_any_route(empty):
    client = empty.whole.app.test_client()
    assert empty.post(role="officer").json["error"]["code"] == "invalid", "a key that it does not name"
    form = client.post("/api/v1/setup", data={"code": empty.code}, headers=HERE)
    assert (form.status_code, form.json["error"]["code"]) == (415, "unsupported_media_type")
    sent = {"code": empty.code, **WHO, **SMALL}
    other = client.post("/api/v1/setup", json=sent, headers={"Origin": "http://evil.example"})
    assert (other.status_code, other.json["error"]["code"]) == (403, "bad_origin")
    large = client.post("/api/v1/setup", json=sent | {"site_file": "#" * 2_100_000}, headers=HERE)
    assert large.status_code == 413
    assert (empty.files, empty.anew) == ([], 0)


def test_five_wrong_codes_a_minute_are_all_that_an_address_may_type_and_a_hall_is_not_spared(empty):
    wrong = "2" * rules.LENGTH
    answers = [empty.post(code=wrong).status_code for _ in range(7)]
    assert answers == [401] * 5 + [429] * 2
    assert empty.post().status_code == 429, "not even with the right one"
    assert empty.post(address=OTHER).status_code == 201, "nobody else is kept out"


def test_many_addresses_together_guess_no_more_than_sixty_a_minute(empty):
    answers = [empty.post(code="", address=f"10.0.{n}.1").status_code for n in range(62)]
    assert answers == [401] * 60 + [429] * 2
    assert empty.files == []


def test_an_account_or_a_device_made_at_the_shell_ends_the_first_run_and_leaves_the_malls_as_they_are(empty):
    perform = empty.whole.house.perform
    perform(ALL_SITES, lambda tx: admin.add_device(tx, "Kios", Role.KIOSK, "lebak", "token"))
    assert empty.post().status_code == empty.get("/setup").status_code == 404
    assert empty.get("/lebak/wall").status_code == 200
    assert (empty.files, empty.anew) == ([], 0)


def test_of_two_at_once_one_wins_and_the_other_leaves_nothing(empty):
    """Both have passed every check when the first commits."""
    house, first = empty.whole.house, empty.whole.house.first_run
    early, late = first.stage(MINIMAL), first.stage(MINIMAL.replace('"kecil"', '"lain"'))
    assert first.finish(house.perform, early, _account("rina"), "hers", "") == "kecil"
    with pytest.raises(QueueError, match="not_found"):
        first.finish(house.perform, late, _account("budi"), "his", "")
    assert (empty.files, _usernames(empty)) == (["sites/kecil.toml"], ["rina"])


def _account(name):
    return Account(name, name, name, FIRST, "-", (), ())


def _usernames(server):
    with server.whole.house.reader.connect() as conn, conn.begin():
        return [one.username for one in accounts.enabled(conn)]
