"""Choosing, being refused, being left alone: what the kiosk says and how it goes back."""

import pytest
from playwright.sync_api import expect

from tests.world.screens import AT_REST

SIZES = {"portrait": (1080, 1920), "landscape": (1366, 768)}
REFUSED = "status of 409"
LETTERS_PX = "(one) => parseFloat(getComputedStyle(one).fontSize)"


def revision(api, site="pandeglang") -> int:
    """The site's revision, by the server."""
    return api(site).get(f"/sites/{site}").json()["revision"]


# --- what is to be had, and what not ---


@pytest.mark.parametrize("size", [(1080, 1920), (1366, 768), (1024, 768), (3840, 2160)], ids=str)
def test_in_large_type_an_agency_stands_on_a_second_page_only_where_the_first_is_full(new_kiosk, size):
    kiosk = new_kiosk(site="lebak", size=size)
    expect(kiosk.page.locator(".choice")).to_have_count(9)
    before = kiosk.page.eval_on_selector("h1", LETTERS_PX)
    kiosk.page.click('[data-tool="large"]')
    expect(kiosk.page.locator('[data-tool="large"][aria-pressed="true"]')).to_have_count(1)
    expect(kiosk.page.locator(".choice")).to_have_count(9)
    assert kiosk.page.locator('[data-key="next"]').count() == 0
    assert kiosk.page.eval_on_selector("h1", LETTERS_PX) > 1.1 * before, "the question grows with the keys"


def test_agencies_that_are_away_today_stand_last_and_say_when_they_open_next(kiosk):
    keys = kiosk.page.locator(".choice")
    expect(keys).to_have_count(12)
    away = kiosk.page.locator(".choice.is-closed")
    assert (
        away.evaluate_all("all => all.map(one => one.dataset.key)")
        == keys.evaluate_all("all => all.map(one => one.dataset.key)")[-away.count() :]
    )
    expect(kiosk.page.locator('[data-key="agency-hukum"]')).to_contain_text("Buka besok, 08.00")
    expect(kiosk.page.locator('[data-key="agency-ham"]')).to_contain_text("Buka Rabu, 08.00")


def test_a_closed_service_says_why_and_when_and_is_counted_once_a_visit(kiosk, kiosk_api):
    kiosk.forgive(REFUSED)
    before = revision(kiosk_api)
    kiosk.touch("agency-ham")
    kiosk.wait("refusal")
    expect(kiosk.page.locator(".counted")).to_contain_text("tanpa nama")
    expect(kiosk.page.locator(".again-when")).to_have_text("Rabu, 21 Januari, pukul 08.00 WIB")
    expect(kiosk.page.locator(".why-text")).not_to_be_empty()
    assert revision(kiosk_api) == before + 1
    kiosk.page.keyboard.press("Escape")
    kiosk.wait("agencies")
    kiosk.touch("agency-ham")
    kiosk.wait("refusal")
    kiosk.page.wait_for_timeout(500)
    assert len(kiosk.posts) == 1
    assert revision(kiosk_api) == before + 1


def test_before_opening_the_hour_stands_on_the_card(kiosk):
    kiosk.touch("agency-imigrasi")
    expect(kiosk.page.locator('[data-key="service-paspor-pengambilan"]')).to_contain_text("Buka pukul 13.00")


def test_a_full_quota_says_how_many_were_taken_and_what_else_there_is(new_kiosk):
    first = new_kiosk(site="kecil")
    first.touch("take-regular")
    first.number()
    second = new_kiosk(site="kecil")
    second.forgive(REFUSED)
    expect(second.page.locator('[data-key="take-regular"]')).to_contain_text("Habis. Nomor baru besok")
    expect(second.page.locator("#stage")).not_to_contain_text("00.00")
    expect(second.page.locator(".figures")).to_contain_text("Habis hari ini untuk Umum")
    expect(second.page.locator(".no-counter")).not_to_contain_text("Anda boleh mengambil nomor")
    second.touch("take-regular")
    second.wait("refusal")
    expect(second.page.locator(".again")).to_contain_text("Nomor baru")
    expect(second.page.locator(".again-when")).to_have_text("Selasa, 20 Januari")
    second.title("Nomor Umum untuk Paspor hari ini habis")  # the service still has numbers
    expect(second.page.locator(".why")).to_contain_text("Masih ada nomor Prioritas, Terjadwal.")
    expect(second.page.locator(".why-text").first).to_contain_text("Semua 1 nomor")
    second.touch("others")
    second.wait("details")
    second.touch("take-priority")
    assert second.number()


def test_another_site_that_is_open_is_named(kiosk):
    """Pandeglang's quota is made to look full; Lebak gives the same service."""
    kiosk.forgive(REFUSED)

    def refuse(route):
        body = {"error": {"code": "quota_full", "message": "habis", "details": {}}}
        route.fulfill(status=409, json=body)

    kiosk.page.route("**/api/v1/sites/pandeglang/tickets", refuse)
    kiosk.details("dukcapil", "ktp-cetak")
    kiosk.touch("take-regular")
    kiosk.wait("refusal")
    expect(kiosk.page.locator(".help").first).to_contain_text("MPP Lebak, Plaza Lebak, Rangkasbitung")


def test_a_number_that_officers_give_leads_to_where_one_begins(kiosk):
    kiosk.details("imigrasi", "paspor-wawancara")
    kiosk.wait("details")
    expect(kiosk.page.locator(".take-key")).to_have_count(0)
    expect(kiosk.page.locator(".components")).to_contain_text("KTP-el asli dan fotokopi")
    kiosk.touch("lead")
    kiosk.title("Informasi & Pemeriksaan Berkas Paspor")
    expect(kiosk.page.locator('[data-key="take-regular"]')).to_be_visible()


# --- language and display ---


def test_another_language_is_one_touch_away_and_ends_with_the_visit(kiosk):
    kiosk.tool("en")
    kiosk.title("What do you need?")
    assert kiosk.page.get_attribute("html", "lang") == "en"
    kiosk.tool("su")
    kiosk.title("Badé ngurus naon?")
    kiosk.take()
    assert "lang=su" in kiosk.slip()
    kiosk.touch("done")
    kiosk.title("Apa yang ingin Anda urus?")


@pytest.mark.parametrize("tool", ["large", "contrast", "wheelchair"])
def test_a_display_switch_shows_that_it_is_on_and_ends_with_the_visit(kiosk, tool):
    kiosk.tool(tool)
    assert kiosk.page.get_attribute(f'[data-tool="{tool}"]', "aria-pressed") == "true"
    assert kiosk.page.get_attribute("html", f"data-{tool}") in ("on", "high")
    kiosk.take()
    kiosk.touch("done")
    kiosk.wait("agencies")
    assert kiosk.page.get_attribute(f'[data-tool="{tool}"]', "aria-pressed") == "false"


def test_wheelchair_mode_shows_four_choices_a_page_and_reaches_all(kiosk):
    kiosk.tool("wheelchair")
    seen = []
    for page in range(3):
        keys = kiosk.page.locator(".choice").evaluate_all("all => all.map(one => one.dataset.key)")
        assert len(keys) == 4
        seen += keys
        if page < 2:
            kiosk.touch("next")
    assert len(set(seen)) == 12
    lowest = kiosk.page.locator(".choice").first.bounding_box()
    assert lowest["y"] > 1920 / 2


# --- left alone ---


def test_left_alone_it_asks_waits_and_starts_over(new_kiosk):
    kiosk = new_kiosk(clock=True)
    kiosk.tool("contrast")
    kiosk.details("dukcapil", "ktp-cetak")
    kiosk.pass_time(25000)
    expect(kiosk.page.locator("#idle")).to_be_hidden()
    kiosk.pass_time(6000)
    expect(kiosk.page.locator("#idle")).to_be_visible()
    kiosk.pass_time(8000)
    expect(kiosk.page.locator("#idle")).to_be_visible()
    kiosk.pass_time(9000)
    kiosk.wait("agencies")
    expect(kiosk.page.locator("#idle")).to_be_hidden()
    assert kiosk.page.get_attribute("html", "data-contrast") == "normal"


def test_more_time_is_given_to_whoever_asks(new_kiosk):
    kiosk = new_kiosk(clock=True)
    kiosk.details("dukcapil", "ktp-cetak")
    kiosk.pass_time(31000)
    kiosk.page.click("#idle-more")
    expect(kiosk.page.locator("#idle")).to_be_hidden()
    kiosk.pass_time(20000)
    kiosk.wait("details")
    expect(kiosk.page.locator("#idle")).to_be_hidden()
    kiosk.pass_time(13000)
    expect(kiosk.page.locator("#idle")).to_be_visible()  # asked again, not thrown out
    kiosk.wait("details")


def test_the_first_screen_is_never_interrupted(new_kiosk):
    kiosk = new_kiosk(clock=True)
    kiosk.pass_time(120000)
    expect(kiosk.page.locator("#idle")).to_be_hidden()


def test_a_number_goes_by_itself_and_stays_if_asked(new_kiosk):
    kiosk = new_kiosk(clock=True)
    kiosk.details("dukcapil", "ktp-cetak")
    kiosk.touch("take-regular")
    kiosk.number()
    kiosk.pass_time(100)
    kiosk.until("window.prints === 1")  # else the screen would stay longer: no paper has come
    kiosk.touch("more")
    kiosk.pass_time(45000)
    kiosk.wait("number")
    kiosk.pass_time(20000)
    kiosk.wait("agencies")


# --- the network ---


def test_cut_off_it_says_so_in_its_own_design_and_recovers_by_itself(new_kiosk):
    kiosk = new_kiosk(clock=True)
    kiosk.forgive("ERR_INTERNET_DISCONNECTED|WebSocket")
    kiosk.details("dukcapil", "ktp-cetak")
    kiosk.page.context.set_offline(True)
    for _ in range(60):
        kiosk.pass_time(2000)
        kiosk.page.keyboard.press("Shift")  # somebody is standing there
        if kiosk.name == "offline":
            break
    kiosk.title("Layar ini sedang terputus")
    expect(kiosk.page.locator("#stage")).to_contain_text("meja informasi")
    kiosk.page.context.set_offline(False)
    for _ in range(60):
        kiosk.pass_time(2000)
        kiosk.page.keyboard.press("Shift")
        if kiosk.name != "offline":
            break
    assert kiosk.name == "details"  # where the visitor was


# --- reach, keyboard, screen reader ---

WAYS = {
    "agencies": [],
    "services": ["agency-dukcapil"],
    "details": ["agency-dukcapil", "service-ktp-cetak"],
    "number": ["agency-dukcapil", "service-ktp-cetak", "take-regular"],
    "refusal": ["agency-ham"],
}


@pytest.mark.parametrize("tools", [(), ("large",), ("wheelchair",), ("large", "contrast")], ids="-".join)
@pytest.mark.parametrize("size", SIZES)
def test_every_control_is_within_reach_large_and_on_the_screen(new_kiosk, size, tools):
    kiosk = new_kiosk(size=SIZES[size])
    kiosk.forgive(REFUSED)
    width, height = SIZES[size]
    for tool in tools:
        kiosk.tool(tool)
    for screen, way in WAYS.items():
        for key in way:
            kiosk.touch(key)
        kiosk.wait(screen)
        kiosk.page.evaluate("document.fonts.ready.then(() => null)")
        boxes = kiosk.page.evaluate(  # in one go: a screen that is drawn anew in between has no boxes
            "[...document.querySelectorAll('button')].filter(one => one.checkVisibility())"
            ".map(one => { const {x, y, width, height} = one.getBoundingClientRect();"
            " return [one.textContent, x, y, width, height] })"
        )
        assert boxes
        for text, x, y, w, h in boxes:
            assert y >= height / 3 - 1, (screen, text, y)
            assert h >= 64, (screen, text, h)
            assert x >= 0 and x + w <= width + 1, (screen, text)
            assert y + h <= height + 1, (screen, text)
        hidden = kiosk.page.evaluate(
            "[stage.scrollHeight - stage.clientHeight, stage.scrollWidth - stage.clientWidth]".replace(
                "stage", "document.getElementById('stage')"
            )
        )
        assert max(hidden) <= 2, (screen, hidden)
        kiosk.page.keyboard.press("Escape")
        if screen == "number":
            kiosk.touch("done")
            for tool in tools:
                kiosk.tool(tool)
        elif screen == "details":
            kiosk.touch("back")
        kiosk.wait("agencies")


def test_the_whole_way_goes_without_touching(kiosk):
    press = kiosk.page.keyboard.press

    def reach(key):
        for _ in range(30):
            if kiosk.page.evaluate("document.activeElement.dataset.key") == key:
                return press("Enter")
            press("Tab")
        raise AssertionError(f"{key} cannot be reached by Tab")

    reach("agency-dukcapil")
    kiosk.wait("services")
    assert kiosk.page.evaluate("document.activeElement.tagName") == "H1"  # a screen reader begins there
    reach("service-ktp-cetak")
    kiosk.wait("details")
    press("ArrowDown")
    assert kiosk.page.evaluate("document.activeElement.dataset.key") == "take-regular"
    outline = kiosk.page.evaluate("getComputedStyle(document.activeElement).outlineWidth")
    assert float(outline.removesuffix("px")) >= 3
    press("Enter")
    assert kiosk.number()


@pytest.mark.parametrize("contrast", [False, True], ids=["plain", "contrast"])
def test_the_accessibility_checker_finds_nothing(new_kiosk, axe, contrast):
    kiosk = new_kiosk(bypass_csp=True)
    kiosk.forgive(REFUSED)
    for screen, way in WAYS.items():
        if contrast and kiosk.page.get_attribute("html", "data-contrast") != "high":
            kiosk.tool("contrast")
        for key in way:
            kiosk.touch(key)
        kiosk.wait(screen)
        kiosk.page.evaluate(AT_REST)
        kiosk.page.evaluate(axe)
        found = kiosk.page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
        assert not [(v["id"], [n["html"] for n in v["nodes"]]) for v in found], screen
        if screen == "number":
            kiosk.touch("done")
        elif way:
            kiosk.page.keyboard.press("Escape")
            if screen == "details":
                kiosk.touch("back")
        kiosk.wait("agencies")
