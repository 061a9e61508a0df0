"""Every screen is one row: its pages, its files, what it hears live, and how the page of choices offers it."""

import re
from dataclasses import replace

import pytest
from werkzeug.routing import Rule

from queue_server import app, places, settings, texts
from queue_server.live import rooms, socket
from queue_server.reach import Reach
from queue_server.web.http.assets import ROOTS
from queue_server.web.screens.offer import Offer
from queue_server.web.screens.registry import LIVE, SCREENS, Live, Screen
from tests.world.tree import ROOT

FOLDERS = (places.PAGES, places.KIOSK_UI, places.DISPLAY_UI)
NO_PAGES = ("/api/", "/assets/", "/healthz", "/readyz", "/metrics")
NAMED = re.compile(r"asset\(\s*[\"']([^\"']+)[\"']\s*\)")


def missing(screen: Screen) -> list[str]:
    """What a row names and is not there: template, the files that it names, texts, rooms."""
    found = [folder / screen.template for folder in FOLDERS if (folder / screen.template).is_file()]
    if not found:
        return [screen.template]
    named = NAMED.findall(found[0].read_text())
    lost = [name for name in named if not (ROOTS[name.partition("/")[0]] / name.partition("/")[2]).is_file()]
    lost += [f"{name}.toml" for name in screen.texts if not (places.TEXT / f"{name}.toml").is_file()]
    known = texts.load()
    said = (screen.offer.title, screen.offer.note) if screen.offer else ()
    lost += [key for key in said if key and not known.has(f"home.{key}") and not known.has(f"staff.{key}")]
    heard = screen.live.hears if screen.live else ()
    return lost + [name for name in heard if not hasattr(rooms, name) or name not in socket._ROOMS]


@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen.name)
def test_a_row_has_its_files_texts_and_rooms(screen):
    assert missing(screen) == []


@pytest.mark.parametrize(
    ("wrong", "lost"),
    [
        ({"template": "hub.html"}, "hub.html"),
        ({"texts": ("hub",)}, "hub.toml"),
        ({"offer": Offer("card", "hub_page")}, "hub_page"),
        ({"live": Live("hub", ("hub",), "/api/v1/hub")}, "hub"),
    ],
)
def test_a_row_without_its_files_is_found(wrong, lost):
    assert missing(replace(SCREENS[0], **wrong)) == [lost]


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """The whole product, not listening."""
    whole = app.create(settings.load(None), tmp_path_factory.mktemp("data"), reach=Reach())
    yield whole
    whole.close()


def written() -> set[str]:
    """The addresses that the rows name."""
    return {path for screen in SCREENS for path in (screen.path, *screen.beside)}


def test_every_page_that_is_served_is_a_row(served):
    rules = {rule.rule for rule in served.app.url_map.iter_rules()}
    assert {rule for rule in rules if not rule.startswith(NO_PAGES)} == written()


def test_a_page_without_a_row_is_found(served):
    served.app.url_map.add(Rule("/<site>/hub", endpoint="hub"))
    with pytest.raises(AssertionError, match="hub"):
        test_every_page_that_is_served_is_a_row(served)


def test_every_page_of_the_contract_is_a_row():
    line = (ROOT / "queue_server/contract.md").read_text().partition("### Pages\n")[2].partition("\n")[0]
    promised = {re.sub(r"\[.*", "", path) for path in re.findall(r"`(/[^`]*)`", line)}
    assert len(promised) == 13
    assert promised <= {path.replace("<", "{").replace(">", "}") for path in written()}


def test_screens_that_connect_by_one_word_are_open_to_the_same_people():
    for screen in SCREENS:
        if screen.live:
            assert (LIVE[screen.live.word].act, LIVE[screen.live.word].live) == (screen.act, screen.live)


def test_sockets_are_counted_by_the_words_of_the_rows(served):
    figures = served.app.test_client().get("/metrics", environ_base={"REMOTE_ADDR": "127.0.0.1"}).get_data(as_text=True)
    assert set(re.findall(r'antrean_sockets\{screen="(\w+)"\}', figures)) == LIVE.keys()
    words = {"wall", "counter", "device", "supervisor", "overview", "desk", "phone"}
    assert LIVE.keys() == words, "the contract's"


def test_the_page_of_choices_offers_what_the_rows_offer(served):
    page = served.app.test_client().get("/").get_data(as_text=True)
    for screen in SCREENS:
        path = screen.path.replace("<site>", "lebak").replace("<counter>", "5")
        assert (f'href="{path}' in page) == (screen.offer is not None or screen.path in ("/", "/login", "/pair")), (
            screen.name
        )
