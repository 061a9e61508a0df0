"""Everybody can read it: axe-core finds nothing serious on any screen; and the screens' watch itself would notice."""

import re

import pytest

from tests.journeys.conftest import Malls, Stage
from tests.world.people import PASSWORD
from tests.world.screens import AT_REST, Desk, Kiosk, Phone, eventually
from tests.world.tree import ROOT

SITE = "pandeglang"
AXE = ROOT / "tests" / "vendor" / "axe.min.js"
CHECK = """async () => {
  const found = await axe.run(document, {resultTypes: ["violations"]});
  return found.violations.filter((v) => v.impact === "serious" || v.impact === "critical")
    .map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(" ")).slice(0, 3).join(", ")}`);
}"""


def serious(page) -> list[str]:
    """The serious and critical violations that axe-core finds."""
    page.evaluate(AT_REST)
    page.evaluate(AXE.read_text())
    return page.evaluate(CHECK)


def kiosk_agencies(malls: Malls, stage: Stage) -> Kiosk:
    return Kiosk.open(stage.page("kiosk"), malls.server, SITE, malls.kiosk_token(SITE))


def kiosk_services(malls: Malls, stage: Stage) -> Kiosk:
    kiosk = kiosk_agencies(malls, stage)
    kiosk.touch("agency-imigrasi")
    kiosk.page.wait_for_selector('[data-key="service-paspor-informasi"]')
    return kiosk


def kiosk_details(malls: Malls, stage: Stage) -> Kiosk:
    kiosk = kiosk_services(malls, stage)
    kiosk.touch("service-paspor-informasi")
    kiosk.page.wait_for_selector('[data-key="take-regular"]')
    return kiosk


def kiosk_number(malls: Malls, stage: Stage) -> Kiosk:
    kiosk = kiosk_details(malls, stage)
    kiosk.touch("take-regular")
    kiosk.page.wait_for_selector("#number")
    return kiosk


def phone_waiting(malls: Malls, stage: Stage) -> Phone:
    ticket = malls.people[SITE].kiosks()[0].issue(SITE, "kk-akta").json()
    return Phone.open(stage.page("phone"), malls.server, ticket["token"])


def phone_called(malls: Malls, stage: Stage) -> Phone:
    ticket = malls.people[SITE].kiosks()[0].issue(SITE, "skck-perpanjangan").json()
    phone = Phone.open(stage.page("phone"), malls.server, ticket["token"])
    officer = malls.people[SITE].officers()[2]
    officer.verb(SITE, "15", "open")
    officer.verb(SITE, "15", "call-next")
    phone.until("called", ticket["number"], "15")
    return phone


def desk_serving(malls: Malls, stage: Stage) -> Desk:
    malls.people[SITE].kiosks()[0].issue(SITE, "paspor-informasi")
    desk = Desk.sign_in(stage.page("desk"), malls.server, SITE, "1", "pandeglang-1", PASSWORD)
    for key, verb in ((" ", "open"), (" ", "call-next"), ("s", "serve")):
        desk.press(key, verb)
    desk.until("serving", "F001")
    return desk


def report(malls: Malls, stage: Stage) -> Desk:
    desk = Desk.sign_in(stage.page("desk"), malls.server, SITE, "2", "pandeglang-2", PASSWORD)
    desk.page.goto(f"{malls.server.url}/{SITE}/report")
    return desk


def _plain(path: str):
    def opened(malls: Malls, stage: Stage) -> Desk:
        page = stage.page("desk")
        page.goto(malls.server.url + path)
        return Desk(page, malls.server)

    return opened


SCREENS = {
    "kiosk agencies": kiosk_agencies,
    "kiosk services": kiosk_services,
    "kiosk details": kiosk_details,
    "kiosk number": kiosk_number,
    "phone waiting": phone_waiting,
    "phone called": phone_called,
    "desk": desk_serving,
    "report": report,
    "login": _plain("/login"),
    "home": _plain("/"),
}


REPORTS = (
    *(
        f"/{SITE}/report/{name}"
        for name in ("period?by=hour", "officers", "numbers?measure=waits", "targets", "demand")
    ),
    *("/reports/compare", f"/{SITE}/complaints", f"/{SITE}/performance", f"/{SITE}/survey/results"),
)


@pytest.fixture(scope="module")
def malls(tmp_path_factory):
    """One Monday morning for all of them."""
    made = Malls(tmp_path_factory.mktemp("access") / "malls")
    made.server.start()
    yield made
    made.server.kill()


@pytest.mark.parametrize("screen", SCREENS)
def test_axe_finds_nothing_serious(malls: Malls, stage: Stage, screen):
    opened = SCREENS[screen](malls, stage)
    assert serious(opened.page) == []


def test_axe_finds_nothing_serious_on_any_page_of_reports(malls: Malls, stage: Stage):
    """One who may read them all reads them one after another: of a hall in which somebody was served and one waits."""
    officer, kiosk = malls.people[SITE].officers()[0], malls.people[SITE].kiosks()[0]
    for verb in ("open", "call-next", "serve", "finish"):
        kiosk.issue(SITE, "paspor-informasi")
        officer.verb(SITE, "1", verb, {"outcome": "selesai"} if verb == "finish" else {})
    printed = malls.server.cli("user", "add", "pengawas", "--role", "supervisor")
    page = stage.page("desk")
    page.goto(f"{malls.server.url}/login?next=/{SITE}/report/period")
    page.fill("#username", "pengawas")
    page.fill("#password", re.search(r"password: (\S+)", printed)[1])
    page.click("#go")
    page.wait_for_selector("#by-service")
    found = {"period": serious(page)}
    for path in REPORTS:
        page.goto(malls.server.url + path)
        found[path] = serious(page)
    assert {path: faults for path, faults in found.items() if faults} == {}


def test_control_an_unreadable_screen_is_noticed(malls: Malls, stage: Stage):
    page = stage.page("desk")
    page.goto(malls.server.url + "/login")
    page.evaluate("document.querySelector('#login-title').style.setProperty('color', '#ddd')")
    page.evaluate("document.querySelector('label[for=password]').remove()")
    found = serious(page)
    assert any(v.startswith("color-contrast") for v in found) and any(v.startswith("label") for v in found)


def test_control_a_screen_that_errs_breaks_policy_or_asks_outside_is_noticed(malls: Malls, stage: Stage):
    page = stage.page("desk")
    page.goto(malls.server.url + "/login")
    page.evaluate("setTimeout(() => { throw new Error('torn') }, 0)")
    page.evaluate("try { document.createElement('script').text = '1' } catch (_) {}")
    page.evaluate("console.error('crooked')")
    wrong = (("torn",), ("crooked",), ("Trusted", "Content Security"))
    eventually(lambda: [any(w in " ".join(stage.faults()) for w in one) for one in wrong], [True] * 3, page=page)
    page.goto(malls.server.url + "/healthz")  # has no policy of its own that would stop a request
    page.evaluate("fetch('http://font.example/a.woff2').catch(() => {})")
    eventually(stage.outside, ["http://font.example/a.woff2"], page=page)
    stage.watches.clear()  # they were meant
