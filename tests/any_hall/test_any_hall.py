"""Any hall that the site file allows is whole on every screen: judged by geometry, in halls that a generator wrote."""

import pytest

from tests.any_hall import looking
from tests.any_hall.files import CROWDED, MANY, REQUIRED, site_file
from tests.any_hall.looking import AnyHall, Look, look_at_kiosk, look_at_pages, page_of, screens, server_of
from tests.world.server import Server

#: what each screen draws when its line is cut
AT_A_LOSS = {"wall": "unplug", "display": "unplug"} | dict.fromkeys(
    ("phone", "desk", "supervisor", "overview"), "wifi-off"
)


@pytest.fixture(scope="module")
def halls(tmp_path_factory) -> Server:
    """A server of the two halls that every run looks at."""
    server = server_of(tmp_path_factory.mktemp("any"), (REQUIRED, CROWDED))
    yield server
    server.kill()


@pytest.fixture(scope="module")
def hall(halls) -> AnyHall:
    """The hall of the required keys alone."""
    return AnyHall(halls, REQUIRED)


def test_a_hall_of_the_required_keys_alone_is_whole_on_every_screen(chromium, hall):
    look = Look()
    look_at_kiosk(chromium, hall, look, looking.KIOSKS[:2], [looking.MODES[1], looking.MODES[-1]])
    look_at_pages(chromium, hall, look, most_sizes=2)
    assert not look.found


def test_a_service_among_a_hundred_of_one_agency_is_found_in_few_touches(chromium, halls):
    hall, look = AnyHall(halls, CROWDED), Look()
    look_at_kiosk(chromium, hall, look, looking.KIOSKS[:1], [(), looking.MODES[-1]])
    assert not look.found
    assert look.touches <= 6


def test_what_a_screen_shows_once_it_is_cut_off_is_fetched_while_it_is_not(chromium, hall):
    told = {name: fetched(chromium, hall, path, ready, who) for who, name, path, _, _, ready in screens(hall)}
    for name, drawing in AT_A_LOSS.items():
        assert drawing in told[name], name


def fetched(browser, hall, path, ready, who) -> set[str]:
    """The names of the drawings that a page asked for and got by itself."""
    page, names = page_of(browser, hall, (1366, 768), who), set()
    page.on("requestfinished", lambda request: names.add(request.url.rsplit("/", 1)[-1].removesuffix(".svg")))
    page.goto(hall.server.url + path)
    page.wait_for_selector(ready, state="attached")
    page.wait_for_timeout(300)
    page.context.close()
    return names


@pytest.mark.parametrize("path", ["performance", "report"])
def test_a_page_of_figures_is_printed_in_its_colours_and_without_its_keys(chromium, hall, path):
    page = page_of(chromium, hall, (1366, 768), hall.chief)
    page.goto(f"{hall.server.url}/{hall.site}/{path}")
    page.emulate_media(media="print")
    assert page.locator("button:visible, .button:visible, nav:visible").count() == 0
    if path == "performance":
        assert page.evaluate("getComputedStyle(document.body).printColorAdjust") == "exact"
    page.context.close()


def test_the_report_on_a_phone_says_that_there_is_more_and_keeps_the_names(chromium, hall):
    page = page_of(chromium, hall, (360, 640), hall.chief)
    page.goto(f"{hall.server.url}/{hall.site}/report")
    assert page.locator("#by-service th.text").first.is_visible()
    assert page.locator(".table-more:visible").count() == 2
    page.evaluate("document.querySelector('.table-frame').scrollLeft = 600")
    box = page.locator("#by-service tbody th.text").first.bounding_box()
    assert 0 <= box["x"] <= 60
    page.set_viewport_size({"width": 1366, "height": 768})
    assert page.locator(".table-more:visible").count() == 0
    page.context.close()


@pytest.mark.night
@pytest.mark.slow
@pytest.mark.parametrize("shape", MANY, ids=lambda shape: shape.id)
def test_any_hall_is_whole_on_every_screen_in_every_size_and_mode(chromium, tmp_path, shape):
    server = server_of(tmp_path, (shape,))
    try:
        hall, look = AnyHall(server, shape), Look()
        look_at_kiosk(chromium, hall, look, looking.KIOSKS, looking.MODES)
        look_at_pages(chromium, hall, look)
    finally:
        server.kill()
    assert not look.found


def test_a_generated_hall_stays_the_same_from_run_to_run():
    for shape in MANY:
        assert site_file(shape) == site_file(shape)
