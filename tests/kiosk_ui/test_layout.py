"""Every screen of the kiosk, in every display and language: nothing is cut off, nothing covers anything."""

import itertools

import pytest

from tests.kiosk_ui.visitor import KioskScreen
from tests.world.layout import faults
from tests.world.screens import eventually

SIZES = {"portrait": (1080, 1920), "landscape": (1366, 768)}
TOOLS = [(), ("large",), ("wheelchair",), ("large", "contrast", "wheelchair")]
LANGUAGES = ["id", "en", "su"]

WAYS = {
    "lengkap": {
        "agencies": [],
        "services": ["agency-imigrasi"],
        "details": ["agency-imigrasi", "service-paspor"],
        "details, many papers": ["agency-imigrasi", "service-panjang"],
        "details, not listed": ["agency-imigrasi", "service-keluhan"],
        "details, by an officer": ["agency-imigrasi", "service-wawancara"],
        "refusal": ["agency-hukum"],
        "number": ["agency-imigrasi", "service-paspor", "take-regular"],
        "number, asked for the kecamatan": ["agency-imigrasi", "service-panjang", "take-regular"],
        "number, asked, the rest": ["agency-imigrasi", "service-panjang", "take-regular", "origin-more"],
    },
    "pandeglang": {
        "agencies": [],
        "services": ["agency-imigrasi"],
        "details": ["agency-imigrasi", "service-paspor-informasi"],
        "refusal": ["agency-ham"],
        "number": ["agency-dukcapil", "service-ktp-cetak", "take-regular"],
    },
}

LOOK = """([tools, lang]) => {
  for (const tool of document.querySelectorAll("[data-tool][aria-pressed]"))
    if ((tool.getAttribute("aria-pressed") === "true") !== tools.includes(tool.dataset.tool)) tool.click();
  const key = document.querySelector(`[data-tool="${lang}"]`);
  if (key) key.click();
}"""
TURN = """() => {
  const next = document.querySelector('[data-key="next"]');
  if (next) next.click();
  return next !== null;
}"""


def wrong(kiosk) -> list:
    """The faults on this page and on those that follow."""
    found = faults(kiosk.page)
    return found + wrong(kiosk) if kiosk.page.evaluate(TURN) else found


def test_a_font_that_comes_late_has_the_screen_measured_again(open_screen, hall):
    kiosk, late = open_screen(KioskScreen, SIZES["portrait"]), []
    kiosk.page.route("**/*.woff2", lambda route: late.append(route))
    kiosk.page.goto(f"{hall.url}/pandeglang/kiosk", wait_until="commit")
    kiosk.page.wait_for_selector("#stage .choice, #stage .notice-screen")
    kiosk.page.wait_for_timeout(500)
    kiosk.page.evaluate("document.querySelector('#stage h1').drawn = 'before the font'")

    def drawn_anew() -> bool:
        while late:
            late.pop().continue_()
        return kiosk.page.evaluate("!document.querySelector('#stage h1').drawn")

    eventually(drawn_anew, True, page=kiosk.page)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    "site", [pytest.param(site, marks=pytest.mark.night) if site == "lengkap" else site for site in WAYS]
)
def test_nothing_is_cut_off_or_covered_in_any_display_and_language(new_kiosk, site, size):
    found = {}
    tools_of = TOOLS if site == "lengkap" else (TOOLS[0], TOOLS[-1])
    for screen, way in WAYS[site].items():
        kiosk = new_kiosk(site=site, size=SIZES[size], clock="asked" in screen)  # the question goes by itself
        kiosk.forgive("status of 409")
        for key in way:
            kiosk.touch(key)
            kiosk.page.wait_for_timeout(350)  # a touch sooner is half a double tap
        kiosk.wait(screen.split(",")[0])
        for tools, lang in itertools.product(tools_of, LANGUAGES):
            kiosk.page.evaluate(LOOK, [list(tools), lang])
            if seen := wrong(kiosk):
                found[screen, "+".join(tools), lang] = seen[:3]
        kiosk.page.context.close()
    assert not found
