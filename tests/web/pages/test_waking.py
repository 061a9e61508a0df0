"""A page whose load was cut comes to life by itself once the server answers again."""

import pytest
from playwright.sync_api import Browser

from queue_server import places
from tests.web.pages.office import SITE, Desk, Office
from tests.world.screens import PATIENCE_MS

LOOKS_AFTER_MS = 16_000  # a little over what waking.js waits
MODULES = "**/*home.js"
KNOWS_NO_INSET = "const all = CSS.supports; CSS.supports = (...of) => of[0] !== 'inset' && all.call(CSS, ...of);"
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


def test_a_form_that_is_sent_before_its_script_is_there_is_sent_once_it_is(office: Office, chromium: Browser):
    """Twice, as whoever sees nothing happen does: it is sent once."""
    page = chromium.new_context().new_page()
    held, sent, complaints = [], [], []
    page.on("request", lambda request: sent.append(request.method) if "/api/v1/login" in request.url else None)
    page.on("console", lambda said: complaints.append(said.text) if "Security Policy" in said.text else None)
    page.route("**/*pages.login.js", lambda route: held.append(route))
    page.goto(f"{office.server.url}/login", wait_until="commit")
    page.fill("[name=username]", "nobody")
    page.fill("[name=password]", "not a password")
    page.press("[name=password]", "Enter")
    page.click("#form button:not([type=button])")
    page.wait_for_timeout(300)
    assert (sent, complaints, page.url) == ([], [], f"{office.server.url}/login")
    held[0].continue_()
    page.wait_for_selector("#form [role=alert]:not([hidden])")
    assert (sent, complaints) == (["POST"], [])
    page.context.close()


def test_an_error_s_page_comes_back_by_itself(office: Office, chromium: Browser):
    """A wall that was switched on before its hall was described: nobody is there to load it again."""
    page = chromium.new_context().new_page()
    page.clock.install()
    missing = f"{office.server.url}/balai-baru/wall"
    assert page.goto(missing).status == 404
    page.route(missing, lambda route: route.fulfill(status=302, headers={"Location": f"/{SITE}/wall"}))
    with page.expect_navigation(timeout=PATIENCE_MS):
        page.clock.run_for(61_000)
    page.wait_for_selector(STARTED, state="attached")
    page.context.close()


@pytest.mark.parametrize("path", ["/", "/login", f"/{SITE}/wall", f"/{SITE}/kiosk", f"/{SITE}/counters/1/display"])
def test_every_page_says_that_it_has_begun(office: Office, chromium: Browser, path: str):
    page = chromium.new_context().new_page()
    page.goto(office.server.url + path)
    page.wait_for_selector(STARTED, state="attached")
    page.context.close()


def test_a_page_that_never_begins_is_not_loaded_for_ever_but_says_so(office: Office, chromium: Browser):
    page = load_cut_short(office, chromium)
    loads = []
    page.on("load", lambda: loads.append(1))
    for _ in range(15):  # a busy machine loads it more slowly than the page's clock is turned
        page.clock.run_for(LOOKS_AFTER_MS)
        page.wait_for_timeout(300)
    assert len(loads) == 2
    assert page.is_visible("#cannot-start")
    page.context.close()


@pytest.mark.parametrize(("path", "words"), [("/", True), (f"/{SITE}/kiosk", True), (f"/{SITE}/wall", False)])
def test_a_browser_of_2020_is_told_where_it_will_not_do(office: Office, chromium: Browser, path: str, words: bool):
    """Chromium 86 knows no ``inset``: pages to work at say that it is too old, a display goes on."""
    page = chromium.new_context().new_page()
    page.add_init_script(
        "const all = CSS.supports; CSS.supports = (...of) => of[0] !== 'inset' && all.call(CSS, ...of);"
    )
    page.goto(office.server.url + path)
    page.wait_for_selector(STARTED, state="attached")
    assert page.is_visible("#too-old") is words
    page.context.close()


def test_a_browser_without_our_modules_shows_the_display_as_it_stands_and_renews_it(office: Office, chromium: Browser):
    page = chromium.new_context().new_page()
    page.clock.install()
    page.route("**/*display_ui.wall.js", lambda route: route.abort())
    page.add_init_script("delete HTMLScriptElement.prototype.noModule")
    page.goto(f"{office.server.url}/{SITE}/wall")
    assert page.is_visible("#too-old")
    with page.expect_navigation(timeout=PATIENCE_MS):
        page.clock.run_for(LOOKS_AFTER_MS + 5_000)
    page.context.close()


def test_number_and_counter_stand_in_every_page_that_shows_them_before_any_script(
    called: Desk, office: Office, chromium: Browser
):
    number, counter = called.numbers[0], f"{called.n}"
    token = office.tokens[number]
    page = chromium.new_context(java_script_enabled=False).new_page()
    for path in (f"/{SITE}/wall", f"/{SITE}/counters/{counter}/display", f"/t/{token}"):
        page.goto(office.server.url + path)
        seen = page.inner_text("body")
        assert number in seen, path
        assert counter in seen.replace(number, ""), path
    page.context.close()


def test_what_old_browsers_lack_is_lent_to_them_as_the_standard_says(chromium: Browser):
    page = chromium.new_context().new_page()
    found = page.evaluate(
        """async (source) => {
          delete Array.prototype.flat;
          delete Array.prototype.flatMap;
          delete Element.prototype.replaceChildren;
          await import(URL.createObjectURL(new Blob([source], { type: "text/javascript" })));
          document.body.innerHTML = "<b>old</b>old";
          document.body.replaceChildren("new", document.createElement("i"));
          return [[1, [2, [3]]].flat(), [1, [2, [3]]].flat(2), [1, [2]].flat(0), [1, 2].flatMap((n) => [n, [n]]),
            document.body.innerHTML, Object.keys([])];
        }""",
        (places.STATIC / "js" / "older.js").read_text(),
    )
    assert found == [[1, 2, [3]], [1, 2, 3], [1, [2]], [1, [1], 2, [2]], "new<i></i>", []]
    page.context.close()
