"""A page whose load was cut comes to life by itself once the server answers again."""

import pytest
from playwright.sync_api import Browser

from tests.journeys.screens import PATIENCE_MS
from tests.web.pages.office import SITE, Office

LOOKS_AFTER_MS = 16_000  # a little over what waking.js waits
MODULES = "**/*home.js"
STARTED = "html[data-started=yes]"  # a selector: the pages' policy allows no evaluated strings


def load_cut_short(office: Office, chromium: Browser):
    """The start page with its modules lost on the way, and a clock that the test turns."""
    page = chromium.new_context().new_page()
    page.clock.install()
    page.route(MODULES, lambda route: route.abort())
    page.goto(f"{office.server.url}/")
    page.wait_for_timeout(300)
    assert not page.query_selector(STARTED), "a page without its modules cannot have begun"
    return page


def test_a_page_whose_load_was_cut_loads_anew(office: Office, chromium: Browser):
    page = load_cut_short(office, chromium)
    page.unroute(MODULES)
    with page.expect_navigation(timeout=PATIENCE_MS):
        page.clock.run_for(LOOKS_AFTER_MS)
    page.wait_for_selector(STARTED, state="attached")
    page.context.close()


def test_without_the_watch_it_would_stay_blank(office: Office, chromium: Browser):
    page = chromium.new_context().new_page()
    page.clock.install()
    page.route("**/*waking.js", lambda route: route.abort())
    page.route(MODULES, lambda route: route.abort())
    page.goto(f"{office.server.url}/")
    page.unroute(MODULES)
    page.clock.run_for(LOOKS_AFTER_MS)
    page.wait_for_timeout(500)
    assert not page.query_selector(STARTED)
    page.context.close()


@pytest.mark.parametrize("path", ["/", "/login", f"/{SITE}/wall", f"/{SITE}/kiosk", f"/{SITE}/counters/1/display"])
def test_every_page_says_that_it_has_begun(office: Office, chromium: Browser, path: str):
    page = chromium.new_context().new_page()
    page.goto(office.server.url + path)
    page.wait_for_selector(STARTED, state="attached")
    page.context.close()
