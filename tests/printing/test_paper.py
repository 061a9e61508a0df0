"""The slip as it leaves the printer: laid out in a real browser at both widths, and kept as a picture to look at."""

import re

import pytest

from tests.world.server import Client, Server

PX_PER_MM = 96 / 25.4


@pytest.fixture(scope="module")
def hall(tmp_path_factory) -> Server:
    """A server on a Monday morning."""
    server = Server(tmp_path_factory.mktemp("paper") / "data")
    server.data.mkdir()
    server.set_clock("2026-01-19T10:42:00+07:00")
    yield server.start()
    server.kill()


@pytest.fixture(scope="module")
def tokens(hall) -> dict[str, str]:
    """Tickets with a short and a long number and name."""
    kiosk: Client = hall.kiosk("pandeglang")
    return {s: kiosk.issue("pandeglang", s).json()["token"] for s in ("ktp-cetak", "npwp", "paspor-informasi", "ak1")}


@pytest.fixture
def paper(chromium, hall, tokens):
    """Opens a slip in a window of the printer's resolution: 8 dots a mm."""
    pages = []

    def lay(service: str, width: int, lang: str = "id"):
        page = chromium.new_page(viewport={"width": 400, "height": 900}, device_scale_factor=8 / PX_PER_MM)
        pages.append(page)
        faults = []
        page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto(f"{hall.url}/t/{tokens[service]}/slip?width={width}&lang={lang}", wait_until="networkidle")
        assert not faults
        return page

    yield lay
    for page in pages:
        page.close()


def mm(page, selector: str, edge: str) -> float:
    """A measure of an element on the paper, in mm."""
    return page.locator(selector).first.evaluate(f"one => one.getBoundingClientRect().{edge}") / PX_PER_MM


@pytest.mark.parametrize("lang", ["id", "en", "su"])
@pytest.mark.parametrize("service", ["ktp-cetak", "npwp", "paspor-informasi", "ak1"])
@pytest.mark.parametrize("width", [58, 80])
def test_everything_fits_the_paper_and_the_number_is_large(paper, service, width, lang, tmp_path):
    page = paper(service, width, lang)
    page.locator("body").screenshot(path=tmp_path / f"slip-{service}-{width}-{lang}.png")
    assert mm(page, "body", "width") == pytest.approx(width, abs=0.1)
    assert page.evaluate("document.body.scrollWidth <= document.body.clientWidth")
    printable = (4, width - 4) if width == 80 else (5, width - 5)
    begins = mm(page, "body", "left")
    for line in page.locator("p, dt, dd, h1, .tile").all():
        box = line.evaluate("one => { const {left, right} = one.getBoundingClientRect(); return [left, right] }")
        assert box[0] / PX_PER_MM - begins >= printable[0] - 0.6
        assert box[1] / PX_PER_MM - begins <= printable[1] + 0.6
    assert (
        page.evaluate("document.querySelector('#number').scrollWidth") <= (printable[1] - printable[0] + 1) * PX_PER_MM
    )
    points = (
        float(page.evaluate("getComputedStyle(document.querySelector('#number')).fontSize").removesuffix("px")) * 0.75
    )
    assert points >= 30


@pytest.mark.parametrize("width", [58, 80])
def test_the_code_is_at_least_20_mm_without_its_quiet_zone(paper, hall, tokens, width):
    page = paper("ktp-cetak", width)
    drawn = page.request.get(f"{hall.url}/t/{tokens['ktp-cetak']}/qr.svg").text()
    modules = int(re.search(r'viewBox="0 0 (\d+)', drawn)[1])
    assert mm(page, "#qr", "width") * (modules - 8) / modules >= 20
    page.locator("#qr").evaluate("code => code.decode()")


@pytest.mark.parametrize("width", [58, 80])
def test_it_is_one_page_as_wide_as_the_paper_and_as_long_as_its_text(paper, width):
    page = paper("paspor-informasi", width)
    length = mm(page, "body", "height")
    sheet = page.pdf(prefer_css_page_size=True)
    (box,) = set(re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", sheet))
    assert len(re.findall(rb"/Type /Page\b", sheet)) == 1
    wide, long = (float(points) / 72 * 25.4 for points in box)
    assert wide == pytest.approx(width, abs=0.5)
    assert length <= long <= length + 3


def test_opened_by_hand_it_does_not_print(chromium, hall, tokens):
    page = chromium.new_page()
    page.add_init_script("window.print = () => { window.printed = true }")
    page.goto(f"{hall.url}/t/{tokens['ktp-cetak']}/slip", wait_until="networkidle")
    assert page.evaluate("window.printed") is None
    page.close()
