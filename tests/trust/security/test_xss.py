"""Markup in every text of a site file, on every page in the browser: it stands there as text, and none of it runs."""

import itertools
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, BrowserContext

from tests.trust.security.corpora import PWNED, XSS
from tests.trust.security.grammar import payloads
from tests.world.people import WORKDAY, Cast, cast, run_from
from tests.world.server import Client, Server

SITE, AGENCIES, SERVICES = "h", 4, 12
IN_A_FILE = 150  # texts that one site file has room for
LISTEN = """
window.print = () => {};
window.__violations = [];
document.addEventListener("securitypolicyviolation", (e) => {
  window.__violations.push(`${e.effectiveDirective} ${e.blockedURI} ${e.sample}`);
});
"""


def texts(payloads: Iterator[str]) -> Callable[[], str]:
    """The next payload as a TOML text in three languages."""
    return lambda: "{ " + ", ".join(f"{lang} = {json.dumps(next(payloads))}" for lang in ("id", "en", "su")) + " }"


def hostile_site(payloads: Iterator[str]) -> str:
    """A site file with a payload in each of its texts."""
    line, three = (lambda: json.dumps(next(payloads))), texts(payloads)
    parts = [f'id = "{SITE}"', f"name = {line()}", f"short_name = {line()}", f"owner = {line()}"]
    parts += [f"address = {line()}", 'timezone = "Asia/Jakarta"', 'hours = "always"']
    for n in range(AGENCIES):
        parts += ["[[agencies]]", f'id = "a{n}"', f"name = {line()}", f"short_name = {line()}", f"task = {three()}"]
    for n in range(SERVICES):
        needs = ", ".join(f"{lang} = [{line()}, {line()}]" for lang in ("id", "en", "su"))
        parts += ["[[services]]", f'id = "s{n}"', f'agency = "a{n % AGENCIES}"', f'prefix = "{"ABCDEFGHJKLM"[n]}"']
        parts += [f"name = {three()}", f"cost = {three()}", f"requirements = {{ {needs} }}", 'outcomes = ["done"]']
    for n in range(AGENCIES):
        own = ", ".join(f'"s{s}"' for s in range(n, SERVICES, AGENCIES))
        parts += ["[[counters]]", f'id = "{n}"', f"name = {line()}", f'agency = "a{n}"', f"services = [{own}]"]
    return "\n".join(parts) + "\n"


class Hall:
    """The server, and what pages are opened with."""

    def __init__(self, folder: Path, sabotage: str = "", hostile: list[str] = XSS) -> None:
        (folder / "config" / "sites").mkdir(parents=True)
        self.texts = itertools.cycle(hostile if not sabotage else [f"</title><script>{PWNED}</script>"])
        (folder / "config" / "sites" / "h.toml").write_text(hostile_site(self.texts))
        environ = {"TEST_SABOTAGE": sabotage} if sabotage else {}
        self.server = Server(folder / "data", config=folder / "config", environ=environ)
        run_from(self.server, WORKDAY)
        names = {f"<img src=x onerror={PWNED}{n}>": f"a{n}" for n in range(AGENCIES)}
        self.cast: Cast = cast(self.server, SITE, officers=names, kiosks=1)
        self.server.start()
        self.officers: list[Client] = self.cast.officers()
        self.tokens = self.a_few_visitors()

    def a_few_visitors(self) -> list[str]:
        """One at each counter, one waiting for each service."""
        kiosk = self.cast.kiosks()[0]
        tokens = []
        for n, officer in enumerate(self.officers):
            assert officer.verb(SITE, str(n), "open").status_code == 200
        for service in range(SERVICES):
            for _ in range(2):
                body = {"service": f"s{service}"}
                answer = kiosk.post(f"/sites/{SITE}/tickets", body, f"{service}{len(tokens)}")
                tokens.append(answer.json()["token"])
        for n, officer in enumerate(self.officers):
            assert officer.verb(SITE, str(n), "call-next").status_code == 200
        return tokens

    def pages(self) -> list[str]:
        """Every page, the languages in turn, and addresses that are payloads themselves."""
        pages = ["/", "/login", f"/{SITE}/kiosk", f"/{SITE}/wall", f"/{SITE}/wall?voice=1", f"/{SITE}/report"]
        pages += [f"/{SITE}", f"/{SITE}/performance", f"/{SITE}/performance?period=quarter"]
        for n in range(AGENCIES):
            pages += [f"/{SITE}/counters/{n}/display", f"/{SITE}/counters/{n}"]
        pages += [f"/t/{token}" for token in self.tokens[::3]]
        pages += [f"/t/{self.tokens[0]}/slip?width=58", f"/t/{self.tokens[2]}/slip?width=80"]
        langs = itertools.cycle(("id", "en", "su"))
        every = [f"{p}{'&' if '?' in p else '?'}lang={next(langs)}" for p in pages]
        odd = XSS[::9]
        every += [f"/login?next={quote(p)}" for p in odd] + [f"/{SITE}/wall?zone={quote(p)}" for p in odd[:3]]
        every += [f"/t/{quote(p, safe='')}" for p in odd[:4]] + [f"/?lang={quote(p)}" for p in odd[:2]]
        return every + [f"/{SITE}/kiosk#enrol={quote(p)}" for p in odd[:3]]

    def context(self, chromium: Browser, officer: int) -> BrowserContext:
        """Somebody who is an officer and a kiosk at once: then every page opens."""
        made = chromium.new_context(viewport={"width": 1280, "height": 800})
        session = self.officers[officer].http.cookies["session"]
        values = {"session": session, "device": self.cast.kiosk_tokens[0]}
        made.add_cookies([{"name": k, "value": v, "url": self.server.url} for k, v in values.items()])
        made.set_default_timeout(120_000)  # ms
        made.add_init_script(LISTEN)
        return made


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    made = Hall(tmp_path_factory.mktemp("hostile"))
    yield made
    made.server.kill()


def trouble(page) -> list[str]:
    """What ran or was blocked on a page: nothing of either may be."""
    pwned, violations = page.evaluate("[window.__pwned, window.__violations]")
    made = page.evaluate("document.querySelectorAll('x, marquee, [srcdoc], [onerror], [onload], [onfocus]').length")
    found = [f"{page.url}: ran"] if pwned else []
    found += [f"{page.url}: {made} elements out of a text"] if made else []
    return found + [f"{page.url}: {v}" for v in violations]


def look(hall: Hall, chromium: Browser, pages: list[str]) -> list[str]:
    """Open pages and say what happened on them."""
    found: list[str] = []
    context = hall.context(chromium, 0)
    page = context.new_page()
    page.on("dialog", lambda dialog: (found.append("a dialog"), dialog.dismiss()))
    page.on("console", lambda m: found.append(m.text) if "Content Security Policy" in m.text else None)
    for path in pages:
        page.goto("about:blank")  # a change of the fragment alone would load nothing
        page.goto(hall.server.url + path, wait_until="load")
        page.wait_for_timeout(40)
        found += trouble(page)
    context.close()
    return found


def test_the_corpus_reaches_every_page(hall):
    assert len(XSS) >= 60 and len(set(XSS)) == len(XSS)
    told = hall.officers[0].get(f"/sites/{SITE}").text
    assert all(json.dumps(p, ensure_ascii=False)[1:-1] in json.dumps(json.loads(told), ensure_ascii=False) for p in XSS)


MARKUP = "pieces of markup as texts of a site file, on every page, in the browser"


@pytest.mark.night
def test_no_text_of_a_site_file_runs_on_any_page(hall, chromium, tmp_path, figure):
    row = figure("F15", MARKUP)
    tried = payloads("xss", row.size(ci=len(XSS), night=1500), row.seed)
    found, pages = look(hall, chromium, hall.pages()), len(hall.pages())
    row.count(len(XSS), lost=len(found))
    more = [tried[n : n + IN_A_FILE] for n in range(len(XSS), len(tried), IN_A_FILE)]
    for n, hostile in enumerate(row.each(more)):
        another = Hall(tmp_path / str(n), hostile=hostile)
        try:
            out = look(another, chromium, another.pages())
        finally:
            another.server.kill()
        pages += len(another.pages())
        row.count(len(hostile), lost=len(out))
        found += out
    row.note(f"{pages} pages opened")
    assert found == []


def test_nothing_runs_on_the_way_through_the_kiosk_and_at_the_desk(hall, chromium):
    context = hall.context(chromium, 1)
    page = context.new_page()
    for lang in ("id", "en", "su"):
        page.goto(f"{hall.server.url}/{SITE}/kiosk?lang={lang}")
        for _ in range(3):  # agency, service, class or number: whatever stands first
            page.locator("#stage button[data-key]").first.click(timeout=60_000)
            page.wait_for_timeout(150)
            assert trouble(page) == []
    page.goto(f"{hall.server.url}/{SITE}/counters/1")
    page.wait_for_selector("#issue")
    for key in ("?", "Escape", "b", "Escape", "p", "Escape"):
        page.keyboard.press(key)
        page.wait_for_timeout(60)
        assert trouble(page) == []
    note = "<img src=x onerror=window.__pwned=1>"
    assert hall.officers[1].verb(SITE, "1", "serve").status_code == 200
    assert hall.officers[1].verb(SITE, "1", "finish", {"note": note, "outcome": "done"}).status_code == 200
    page.wait_for_timeout(300)
    assert trouble(page) == []
    context.close()


@pytest.mark.night
def test_control_pages_that_trust_their_texts_are_caught(tmp_path, chromium, figure):
    hall = Hall(tmp_path, sabotage="trusting_pages")
    try:
        assert any("ran" in line for line in look(hall, chromium, [f"/{SITE}/counters/0"]))
        figure("F15", MARKUP).caught("texts trusted, no policy", "it ran")
    finally:
        hall.server.kill()
