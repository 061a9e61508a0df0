"""A hall is changed while people use it: every screen shows the new names, none reloads, nobody is stranded."""

import re

from tests.journeys.conftest import Stage
from tests.world.people import PASSWORD
from tests.world.screens import Desk, Display, Kiosk, Phone, Wall, eventually
from tests.world.server import Client, Server

OLD, NEW = "Loket 5", "Loket 15"
MARK = "window.sameDocument = true"


def added(server: Server, username: str, role: str) -> str:
    """A new account's password."""
    return re.search(r"password: (\S+)", server.cli("user", "add", username, "--role", role))[1]


def test_every_screen_shows_a_changed_hall_without_a_reload(open_malls, stage: Stage):
    malls = open_malls()
    server = malls.server
    ticket = malls.people["lebak"].kiosks()[0].issue("lebak", "ktp-perekaman").json()
    wall = Wall.open(stage.page("wall"), server, "lebak")
    display = Display.open(stage.page("display"), server, "lebak", "5")
    kiosk = Kiosk.open(stage.page("kiosk"), server, "lebak", malls.kiosk_token("lebak"))
    phone = Phone.open(stage.page("phone"), server, ticket["token"])
    desk = Desk.sign_in(stage.page("desk"), server, "lebak", "5", "lebak-dukcapil", PASSWORD)
    desk.press(" ", "open")
    screens = (wall, display, kiosk, phone, desk)
    kiosk.touch("agency-dukcapil")
    for screen in screens:
        screen.page.evaluate(MARK)

    admin = Client(server).sign_in("lilis", added(server, "lilis", "admin"))
    seen = admin.get("/sites/lebak/structure").json()
    new = seen["structure"]
    (counter,) = (one for one in new["counters"] if one["name"] == OLD)
    (service,) = (one for one in new["services"] if one["id"] == "ktp-perekaman")
    counter["name"], service["name"]["id"] = NEW, "Rekam KTP baru"
    assert admin.put("/sites/lebak/structure", {"structure": new, "based_on": seen["version"]}).status_code == 200

    eventually(lambda: display.text("#place-number"), "15", page=display.page)
    eventually(lambda: NEW in desk.text("#place-name"), True, page=desk.page)
    eventually(lambda: "Rekam KTP baru" in kiosk.text("#stage"), True, page=kiosk.page)
    eventually(lambda: "Rekam KTP baru" in phone.text("#stage"), True, page=phone.page)
    desk.press(" ", "call-next")
    phone.until("called", ticket["number"], "15")
    wall.until(ticket["number"], "15")
    assert [screen.page.evaluate("Boolean(window.sameDocument)") for screen in screens] == [True] * len(screens)
