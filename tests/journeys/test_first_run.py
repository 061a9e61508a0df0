"""From an empty folder to the first number, without a file or a command: timed."""

import re
import time

import pytest

from tests.journeys.conftest import Stage
from tests.journeys.test_access import serious
from tests.world.people import WORKDAY, run_from
from tests.world.screens import Desk, Display, Kiosk, Wall, eventually
from tests.world.server import Server

PASSWORD = "kuda laut hijau tua"
AT_MOST_S = 600


@pytest.fixture
def empty(tmp_path):
    """A server that was just started on an empty folder."""
    server = Server(tmp_path / "data")
    run_from(server, WORKDAY)
    yield server.start()
    server.kill()


def paired(admin, screen, server, task, name, shows):
    """A new screen shows its letters; the administrator goes there from the list of tasks and types them."""
    screen.goto(f"{server.url}/pair{'?kind=kiosk' if shows == 'kiosk' else ''}")
    screen.wait_for_selector("[data-state=shown]")
    admin.goto(f"{server.url}/")
    admin.click(f"[data-task={task}] a")
    admin.fill("#code", screen.inner_text("#code"))
    admin.fill("[name=name]", name)
    admin.select_option("[name=shows]", shows)
    admin.click("#approving")
    screen.wait_for_url(f"**/serang/{shows}*")
    return screen


def added(admin, server, username, role):
    """A new account, from the list of tasks; its password as it is shown once."""
    admin.goto(f"{server.url}/")
    admin.click(f"[data-task={'officers' if role == 'officer' else 'overseer'}] a")
    admin.fill("[name=username]", username)
    admin.fill("[name=name]", username.title())
    admin.check(f"[name=roles][value={role}]")
    admin.click("#account .button-main")
    admin.wait_for_selector("#made:not([hidden])")
    return admin.inner_text("#made-password")


def tasks(page):
    return [one.get_attribute("data-task") for one in page.locator("[data-task]").all()]


def test_from_an_empty_folder_to_the_first_number_called_in_ten_minutes(empty, stage: Stage):
    began, server = time.monotonic(), empty
    code = re.search(r"code: (\S+)", server.printed)[1]
    admin = stage.page("desk")
    for lang in ("su", "en", "id"):
        admin.goto(f"{server.url}/?lang={lang}")
        assert admin.url == f"{server.url}/setup?lang={lang}"
        assert serious(admin) == []
    stage.expect_refusals()
    for typed in ("2222-2222", code):
        admin.fill("[name=code]", typed)
        admin.fill("[name=hall]", "Mal Pelayanan Publik Kota Serang")
        admin.fill("[name=username]", "rina")
        admin.fill("[name=password]", PASSWORD)
        if typed == code:
            stage.expect_lost_lines()  # the server begins anew
        admin.click("#setup .button-main")
        admin.wait_for_selector("#code-error:not([hidden])" if typed != code else "#preparing:not([hidden])")
    admin.wait_for_url(f"{server.url}/?lang=id", timeout=120_000)
    assert tasks(admin) == ["kiosk", "wall", "officers", "overseer", "published"]
    assert serious(admin) == []

    wall = Wall(paired(admin, stage.page("wall"), server, "wall", "TV depan", "wall"), server)
    kiosk = Kiosk(paired(admin, stage.page("kiosk"), server, "kiosk", "Kios pintu", "kiosk"), server)
    officer = added(admin, server, "sari", "officer")
    added(admin, server, "wati", "supervisor")
    admin.goto(f"{server.url}/")
    assert tasks(admin) == ["number", "published"], "what is done is gone"

    kiosk.page.goto(f"{kiosk.page.url.partition('#')[0]}?slip=0")
    ticket = kiosk.take(None, "informasi")
    took = time.monotonic() - began
    assert ticket["number"] == "A001"
    desk = Desk.sign_in(stage.page("desk"), server, "serang", "1", "sari", officer)
    desk.press(" ", "open")
    desk.press(" ", "call-next")
    wall.until("A001", "1")
    display = Display.open(stage.page("display"), server, "serang", "1")
    display.until("called", "A001")
    eventually(lambda: admin.reload() and tasks(admin), ["published"], page=admin)
    print(f"from an empty folder to the first number: {took:.0f} s")
    assert took < AT_MOST_S
