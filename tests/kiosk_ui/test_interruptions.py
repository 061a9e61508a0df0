"""Whatever staff write of an interruption, every screen of the kiosk has room for it."""

import itertools
import re

import pytest

from tests.kiosk_ui.test_layout import LANGUAGES, LOOK, SIZES, TOOLS, wrong
from tests.world.server import Client

WORDS = ("Teknisi dari kantor pusat sedang dalam perjalanan dari Serang dan sampai sebelum Zuhur. " * 3)[:200].strip()
SITE = "pandeglang"
WAYS = {
    "stop": {"agencies": [], "refusal": ["agency-dukcapil", "service-ktp-cetak"]},
    "warn": {"agencies": [], "details": ["agency-dukcapil", "service-ktp-cetak"], "services": ["agency-imigrasi"]},
}


@pytest.fixture(scope="module")
def boss(hall) -> Client:
    """A supervisor of the whole hall."""
    printed = hall.cli_here("user", "add", "pengawas-gangguan", "--role", "supervisor")
    return Client(hall).sign_in("pengawas-gangguan", re.search(r"password: (\S+)", printed)[1])


@pytest.mark.parametrize("issuing", WAYS)
@pytest.mark.parametrize("size", SIZES)
def test_an_interruption_is_told_whole_in_any_display_and_language(new_kiosk, boss, issuing, size):
    said = {"scope": {}, "reason": "central_system", "issuing": issuing, "notice": WORDS}
    begun = boss.post(f"/sites/{SITE}/interruptions", said)
    assert begun.status_code == 201, begun.text
    found = {}
    try:
        for screen, way in WAYS[issuing].items():
            kiosk = new_kiosk(site=SITE, size=SIZES[size])
            kiosk.forgive("status of 409")
            for key in way:
                kiosk.touch(key)
                kiosk.page.wait_for_timeout(350)  # a touch sooner is half a double tap
            kiosk.wait(screen)
            for tools, lang in itertools.product((TOOLS[0], TOOLS[-1]), LANGUAGES):
                kiosk.page.evaluate(LOOK, [list(tools), lang])
                if seen := wrong(kiosk):
                    found[screen, "+".join(tools), lang] = seen[:3]
            kiosk.page.context.close()
    finally:
        assert boss.post(f"/sites/{SITE}/interruptions/{begun.json()['id']}/end", {}).status_code == 200
    assert not found


def test_the_first_screen_marks_an_agency_that_is_disrupted_or_whose_only_officer_rests(new_kiosk, boss, hall):
    begun = boss.post(f"/sites/{SITE}/interruptions", {"scope": {"agency": "pajak"}, "reason": "network"}).json()
    desk = hall.officer("petugas-ak1", site=SITE)
    assert desk.verb(SITE, "22", "open").status_code == 200
    assert desk.verb(SITE, "22", "break", {"reason": "prayer", "until": "11:10", "confirm": True}).status_code == 200
    kiosk = new_kiosk(site=SITE)
    kiosk.page.wait_for_selector("[data-key=agency-pajak] .is-trouble:has-text('Terganggu sejak 10.42')")
    kiosk.page.wait_for_selector("[data-key=agency-disnaker] .is-trouble:has-text('istirahat sampai 11.10')")
    assert kiosk.page.locator(".choice .is-trouble").count() == 2
    assert boss.post(f"/sites/{SITE}/interruptions/{begun['id']}/end", {}).status_code == 200
    assert desk.verb(SITE, "22", "resume").status_code == 200
    kiosk.page.wait_for_selector(".choice .is-trouble", state="detached")


def test_enter_after_a_digit_by_touch_sends_the_code_and_types_nothing(new_kiosk):
    kiosk = new_kiosk(site=SITE)
    kiosk.forgive("status of 404")
    kiosk.touch("check-in")
    kiosk.wait("check-in")
    kiosk.page.wait_for_timeout(350)
    for digit in "1234":
        kiosk.page.click(f"[data-key=pad-{digit}]")
    with kiosk.page.expect_request(lambda one: one.url.endswith("/check-in")) as asked:
        kiosk.page.keyboard.press("Enter")
    assert asked.value.post_data_json["code"] == "1234"
