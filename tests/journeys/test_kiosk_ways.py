"""Other ways through the kiosk: another language, priority, a full day, and no touch at all."""

from tests.journeys.conftest import Stage
from tests.world.people import PASSWORD
from tests.world.screens import Desk, Kiosk, Phone, Wall, eventually

SITE = "pandeglang"


def test_a_language_is_the_visitors_and_goes_with_the_ticket_not_with_the_machine(open_malls, stage: Stage):
    malls = open_malls()
    kiosk = Kiosk.open(stage.page("kiosk"), malls.server, SITE, malls.kiosk_token(SITE))
    assert kiosk.text("#stage h1") == "Apa yang ingin Anda urus?"
    for language, words in (("su", "Badé ngurus naon?"), ("en", "What do you need?")):
        kiosk.page.click(f'[data-tool="{language}"]')
        assert kiosk.text("#stage h1") == words
        assert kiosk.page.evaluate("document.documentElement.lang") == language
    ticket = kiosk.take("dukcapil", "kk-akta")
    kiosk.until("number", "D001")
    assert kiosk.text("#stage h1") == "Your number"
    assert ticket["number"] == "D001"
    kiosk.touch("done")
    kiosk.page.wait_for_selector('[data-key^="agency-"]')
    assert kiosk.text("#stage h1") == "Apa yang ingin Anda urus?"


def test_priority_is_called_first_and_nobody_is_told_why(open_malls, stage: Stage):
    malls = open_malls()
    server = malls.server
    kiosk = Kiosk.open(stage.page("kiosk"), server, SITE, malls.kiosk_token(SITE))
    kiosk.take("polres", "skck-perpanjangan")
    kiosk.touch("done")
    kiosk.page.wait_for_selector('[data-key^="agency-"]')
    own = kiosk.take("polres", "skck-perpanjangan", "priority")
    assert (own["number"], own["class"]) == ("Q002", "priority")
    wall = Wall.open(stage.page("wall"), server, SITE)
    desk = Desk.sign_in(stage.page("desk"), server, SITE, "15", "pandeglang-polres", PASSWORD)
    desk.press(" ", "open")
    assert desk.press(" ", "call-next")["ticket"]["number"] == "Q002"
    wall.until("Q002", "15")
    words = wall.page.inner_text("body")
    assert "Prioritas" not in words and "prioritas" not in words
    desk.press("s", "serve")
    desk.press("f", "finish")
    assert desk.press(" ", "call-next")["ticket"]["number"] == "Q001"


def test_a_full_day_says_so_and_says_what_else_can_be_done(open_malls, stage: Stage):
    malls = open_malls()
    api = malls.people[SITE].kiosks()[0]
    for _ in range(32):  # forty a day, eight of which are kept for priority
        assert api.issue(SITE, "skck-baru").status_code == 201
    kiosk = Kiosk.open(stage.page("kiosk"), malls.server, SITE, malls.kiosk_token(SITE))
    stage.expect_refusals()
    kiosk.touch("agency-polres")
    kiosk.touch("service-skck-baru")
    kiosk.page.wait_for_selector('[data-key="take-regular"].is-gone')  # regular is used up, priority is not
    kiosk.touch("take-regular")
    kiosk.until("refusal", None)
    kiosk.page.wait_for_selector(".why-text")
    eventually(lambda: "Nomor baru" in kiosk.text(".again"), True, page=kiosk.page)
    kiosk.page.wait_for_selector('[data-key="instead-skck-perpanjangan"]')
    kiosk.touch("instead-skck-perpanjangan")
    kiosk.until("details", None)
    kiosk.touch("take-regular")
    kiosk.until("number", "Q001")


def test_the_keyboard_alone_leads_to_a_number(open_malls, stage: Stage):
    malls = open_malls()
    kiosk = Kiosk.open(stage.page("kiosk"), malls.server, SITE, malls.kiosk_token(SITE))

    def walk_to(key: str) -> None:
        for _ in range(40):
            if kiosk.page.evaluate("document.activeElement.dataset.key") == key:
                kiosk.page.keyboard.press("Enter")
                return
            kiosk.page.keyboard.press("Tab")
        raise AssertionError(f"no way leads to {key}")

    walk_to("agency-dukcapil")
    kiosk.page.wait_for_selector('[data-key="service-kk-akta"]')
    walk_to("service-kk-akta")
    kiosk.page.wait_for_selector('[data-key="take-regular"]')
    walk_to("take-regular")
    kiosk.until("number", "D001")


def test_the_owner_of_a_ticket_gives_it_up_on_the_phone(open_malls, stage: Stage):
    malls = open_malls()
    ticket = malls.people[SITE].kiosks()[0].issue(SITE, "kk-akta").json()
    phone = Phone.open(stage.page("phone"), malls.server, ticket["token"])
    phone.until("waiting", "D001", "")
    phone.page.click(".cancel")
    phone.page.click("#ask .button-bad")
    phone.until("cancelled", "D001", "")
    assert (
        malls.board(SITE)["services"][[s["id"] for s in malls.board(SITE)["services"]].index("kk-akta")]["waiting"] == 0
    )
