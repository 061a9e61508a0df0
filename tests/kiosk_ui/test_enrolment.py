"""A kiosk enrols, is revoked and comes back by itself: only the server's word that it does not know it shuts it."""

import itertools
import json
import re

import pytest
from playwright.sync_api import expect

from tests.kiosk_ui.visitor import KioskScreen

ENROL, DEVICE = "**/api/v1/enrol", "**/api/v1/device"
BUSY = json.dumps({"error": {"code": "busy", "message": "Server sedang sibuk."}})
PASSING = [(503, BUSY), (429, BUSY.replace("busy", "too_many_requests")), (502, "<html>Bad Gateway</html>")]
PASSING += [(403, BUSY.replace("busy", "bad_origin"))]
LOOK_MS = 5000
COUNT = itertools.count()


@pytest.fixture
def new_token(hall):
    """Another kiosk's token, and what revokes it."""

    def make(site="pandeglang", kind="kiosk"):
        name = f"{kind} {next(COUNT)} of these tests"
        printed = hall.cli_here("device", "add", name, "--kind", kind, "--site", site)
        token = re.search(r"token: (\S+)", printed)[1]
        return token, lambda: hall.cli_here("device", "revoke", name, "--site", site)

    return make


def refuse(page, path, answers):
    """Give these answers one after another, then the server's own."""
    left = list(answers)

    def fulfil(route):
        if not left:
            return route.continue_()
        status, body = left.pop(0)
        route.fulfill(status=status, body=body, content_type="application/json")

    page.route(path, fulfil)


def test_no_passing_error_is_taken_for_a_no(open_screen, hall, new_token):
    kiosk = open_screen(KioskScreen, (1080, 1920))
    kiosk.own_clock()
    kiosk.forgive("Failed to load resource")
    refuse(kiosk.page, ENROL, PASSING)
    kiosk.open(f"{hall.url}/pandeglang/kiosk#enrol={new_token()[0]}")
    kiosk.wait("enrolling")
    for _ in PASSING:
        assert kiosk.name == "enrolling"
        kiosk.pass_time(LOOK_MS)
    kiosk.wait("agencies")
    assert "#" not in kiosk.page.url and kiosk.take()


def test_a_kiosk_whose_cookie_is_good_does_not_mind_its_link(new_kiosk, hall):
    """The link with the token is often the browser's start page: its token may be long revoked, the server busy."""
    kiosk = new_kiosk()
    kiosk.forgive("Failed to load resource")
    for answers in ([(503, BUSY)], [(401, BUSY.replace("busy", "unauthorized"))]):
        refuse(kiosk.page, ENROL, answers)
        kiosk.page.goto("about:blank")
        kiosk.open(f"{hall.url}/pandeglang/kiosk#enrol=another-token")
        kiosk.page.wait_for_timeout(300)
        assert kiosk.name == "agencies"
        kiosk.page.unroute(ENROL)


@pytest.mark.parametrize(
    ("mark", "query"),
    [
        ("{}?slip=58", "?slip=58"),
        ("{}&slip=0&x=1", "?slip=0&x=1"),
        ("{}%3Fslip=58", "?slip=58"),
        ("%20{}", ""),
        ("{}%", ""),
        ("{}.", ""),
    ],
)
def test_options_written_behind_the_token_take_effect(open_screen, hall, device_tokens, mark, query):
    kiosk = open_screen(KioskScreen, (1080, 1920))
    kiosk.open(f"{hall.url}/pandeglang/kiosk#enrol={mark.format(device_tokens('pandeglang'))}")
    kiosk.page.wait_for_url(f"{hall.url}/pandeglang/kiosk{query}")
    kiosk.wait("agencies")


def test_a_token_that_is_not_known_is_said_with_a_hint(open_screen, hall, new_token):
    kiosk = open_screen(KioskScreen, (1080, 1920))
    kiosk.forgive("401")
    kiosk.open(f"{hall.url}/pandeglang/kiosk#enrol=made-up")
    kiosk.wait("unenrolled")
    expect(kiosk.page.locator("#stage")).to_contain_text("kiosk?slip=58#enrol=")
    kiosk.page.goto("about:blank")
    kiosk.open(f"{hall.url}/pandeglang/kiosk#enrol={new_token('lebak')[0]}")  # a good one, of another hall
    expect(kiosk.page.locator("#stage")).to_contain_text("terdaftar sebagai kiosk di lebak")


def test_a_revoked_kiosk_says_so_untouched_and_goes_on_when_it_is_enrolled_again(open_screen, hall, new_token):
    token, revoke = new_token()
    kiosk = open_screen(KioskScreen, (1080, 1920))
    kiosk.open(f"{hall.url}/pandeglang/kiosk#enrol={token}")
    kiosk.wait("agencies")
    revoke()
    kiosk.wait("unenrolled")
    technician = kiosk.page.context.new_page()
    technician.goto(f"{hall.url}/pandeglang/kiosk#enrol={new_token()[0]}")
    kiosk.wait("agencies")


def test_whoever_has_a_number_in_front_of_them_keeps_it_when_the_kiosk_is_revoked(open_screen, hall, new_token):
    token, revoke = new_token()
    kiosk = open_screen(KioskScreen, (1080, 1920))
    kiosk.own_clock()
    kiosk.open(f"{hall.url}/pandeglang/kiosk?slip=0#enrol={token}")
    number = kiosk.take()
    revoke()
    kiosk.pass_time(2 * LOOK_MS)
    assert kiosk.number() == number
    kiosk.pass_time(60_000)  # the number's own time
    kiosk.wait("unenrolled")


def test_a_server_in_trouble_shuts_no_kiosk(new_kiosk):
    kiosk = new_kiosk(clock=True)
    kiosk.forgive("Failed to load resource")
    refuse(kiosk.page, DEVICE, PASSING)
    kiosk.pass_time(len(PASSING) * LOOK_MS)
    kiosk.wait("agencies")


def test_a_wall_keeps_trying_to_enrol(chromium, hall, new_token):
    context = chromium.new_context()
    page = context.new_page()
    page.clock.install()
    refuse(page, ENROL, PASSING)
    page.goto(f"{hall.url}/pandeglang/wall#enrol={new_token(kind='display')[0]}")
    for _ in range(2 * len(PASSING)):
        page.clock.run_for(LOOK_MS)
        page.wait_for_timeout(100)
    page.wait_for_url(f"{hall.url}/pandeglang/wall")
    assert [cookie["name"] for cookie in context.cookies()] == ["device"]
    context.close()
