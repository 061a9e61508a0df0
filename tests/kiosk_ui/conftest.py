"""Kiosk and phone in a real browser, against a real server on a Monday morning."""

import re
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.kiosk_ui.halls import FULL_HALL, NAMED_COUNTERS, ONE_SERVICE, PAUSED
from tests.kiosk_ui.visitor import KioskScreen, PhoneScreen
from tests.world.screens import PATIENCE_MS
from tests.world.server import Server
from tests.world.tree import ROOT

expect.set_options(timeout=PATIENCE_MS)
MONDAY = "2026-01-19T10:42:00+07:00"  # visiting agencies are away, passports are handed out in the afternoon


@pytest.fixture(scope="session")
def hall(tmp_path_factory) -> Server:
    """A server of both malls and of three other halls (``halls.py``); every test takes its own numbers."""
    folder = tmp_path_factory.mktemp("hall")
    config = folder / "config"
    shutil.copytree(ROOT / "config" / "sites", config / "sites")
    (config / "sites" / "kecil.toml").write_text(ONE_SERVICE)
    (config / "sites" / "bernama.toml").write_text(NAMED_COUNTERS)
    (config / "sites" / "jeda.toml").write_text(PAUSED)
    (config / "sites" / "lengkap.toml").write_text(FULL_HALL)
    server = Server(folder / "data", config=config)
    server.data.mkdir()
    server.set_clock(MONDAY)
    yield server.start()
    server.kill()


@pytest.fixture(scope="session")
def device_tokens(hall):
    """One enrolled kiosk a site."""
    tokens = {}

    def token(site: str) -> str:
        if site not in tokens:
            printed = hall.cli_here("device", "add", f"kiosk {site}", "--kind", "kiosk", "--site", site)
            tokens[site] = re.search(r"token: (\S+)", printed)[1]
        return tokens[site]

    return token


@pytest.fixture
def open_screen(chromium):
    """Opens pages; at the end none may have an error in its console that the test did not expect."""
    contexts, screens = [], []

    def opened(kind, size, **options):
        context = chromium.new_context(viewport={"width": size[0], "height": size[1]}, **options)
        contexts.append(context)
        screens.append(kind(context.new_page()))
        return screens[-1]

    yield opened
    faults = [fault for screen in screens for fault in screen.faults]
    for context in contexts:
        context.close()
    assert not faults


@pytest.fixture
def new_kiosk(open_screen, hall, device_tokens):
    """An enrolled kiosk at its first screen."""

    def make(site="pandeglang", size=(1080, 1920), query="", enrol=True, clock=False, **options) -> KioskScreen:
        kiosk = open_screen(KioskScreen, size, **options)
        if clock:
            kiosk.own_clock()
        mark = f"#enrol={device_tokens(site)}" if enrol else ""
        kiosk.open(f"{hall.url}/{site}/kiosk{query}{mark}")
        if enrol:
            kiosk.page.wait_for_url(lambda url: "#" not in url)  # before that it is given no number
        return kiosk

    return make


@pytest.fixture
def kiosk(new_kiosk) -> KioskScreen:
    """A portrait kiosk at Pandeglang."""
    return new_kiosk()


@pytest.fixture
def kiosk_api(hall, device_tokens):
    """The API as a kiosk of the site uses it."""
    from tests.world.server import Client

    return lambda site="pandeglang": Client(hall, token=device_tokens(site))


@pytest.fixture
def new_phone(open_screen):
    """A phone that has opened a ticket's link."""

    def make(server: Server, token: str, size=(360, 640), **options) -> PhoneScreen:
        phone = open_screen(PhoneScreen, size, is_mobile=True, has_touch=True, **options)
        phone.open(f"{server.url}/t/{token}")
        return phone

    return make


@pytest.fixture
def axe() -> str:
    """The accessibility checker's script."""
    return (Path(__file__).parents[1] / "vendor" / "axe.min.js").read_text()


@pytest.fixture
def counter(hall):
    """An officer at counter 17, open."""
    made = []

    def open_counter(name="sari", agency="bpjs-kesehatan", number="17"):
        officer = hall.officer(f"{name}-{len(made)}", site="pandeglang", agency=agency)
        made.append((officer, number))
        assert officer.verb("pandeglang", number, "open").status_code == 200
        return lambda verb, body=None: officer.verb("pandeglang", number, verb, body)

    yield open_counter
    for officer, number in made:
        officer.verb("pandeglang", number, "close", {"reason": "the test is over"})  # somebody may be waiting


@pytest.fixture
def ticket(kiosk_api):
    """Takes numbers for BPJS."""
    return lambda: kiosk_api().issue("pandeglang", "bpjs-kepesertaan").json()
