"""Accounts on screens: added, changed by two at once, a password of one's own, a session ended from afar."""

from tests.web.pages.office import SITE
from tests.web.pages.test_for_everybody import faults
from tests.world.command_line import queue_server
from tests.world.people import PASSWORD
from tests.world.screens import eventually

OWN = "kuda hijau melompat"


def add_admin(office, name):
    """By the shell, beside the server, as the first one of every hall."""
    own = ("--data", office.server.data, "--config", office.server.config)
    queue_server("user", "add", name, "--role", "admin", "--password-stdin", *own, stdin=f"{PASSWORD}\n")


def account(office, who, username):
    """The account as an admin's list has it."""
    return next(one for one in who.get("/accounts").json()["accounts"] if one["username"] == username)


def test_an_account_from_its_first_day_to_its_last(new_desk, office):
    add_admin(office, "lilis")
    desk = new_desk(username="lilis")
    desk.expect_refusals(401, 403, 409, 422)
    page, url = desk.page, office.server.url
    page.goto(f"{url}/accounts/new?lang=id")
    for lang in ("su", "en", "id"):  # each page of this kind in each language: they share their parts
        page.goto(f"{url}/accounts/new?lang={lang}")
        assert faults(page) == []

    # What is missing is told beside its field, and the cursor waits there.
    page.fill("[name=username]", "dewi")
    page.keyboard.press("Enter")
    page.wait_for_selector("[name=name][aria-invalid=true]:focus")
    assert page.get_attribute("[name=name]", "aria-describedby") == "name-error"
    assert "nama yang tampil" in page.inner_text("#name-error")
    assert faults(page) == []
    page.keyboard.type("Dewi Lestari")
    page.check("[name=roles][value=officer]")
    page.check("[name=agencies][value=a]")
    page.click("#account .button-main")
    page.wait_for_selector("#made:focus")
    assert page.inner_text("#made-username") == "dewi"
    shown = page.inner_text("#made-password")
    assert not page.is_visible("#account")

    # The list finds her by a word; nobody is told her password again.
    page.click("#made a")
    page.fill("#find", "dewi")
    rows = page.locator("#accounts > li:visible")
    assert rows.count() == 1 and "Instansi A" in rows.inner_text()
    assert faults(page) == [] and shown not in page.content()
    rows.locator("a").click()
    page.wait_for_selector("[name=based_on]", state="attached")

    # Two at once: one is told, and nothing is lost.
    other = office.client("lilis")
    dewi = account(office, other, "dewi")
    other.http.headers["Origin"] = url
    changed = other.http.patch(f"{url}/api/v1/accounts/{dewi['id']}", json={"roles": ["officer", "front_desk"]})
    assert changed.status_code == 200
    page.fill("[name=name]", "Dewi L.")
    page.click("#account .button-main")
    eventually(lambda: "orang lain" in page.inner_text("#account [data-fault]"), True, page=page)
    page.reload()
    assert page.is_checked("[name=roles][value=front_desk]")
    page.fill("[name=name]", "Dewi L.")
    page.click("#account .button-main")
    page.wait_for_selector("#saved", state="visible")
    now = account(office, other, "dewi")
    assert (now["name"], now["roles"]) == ("Dewi L.", ["officer", "front_desk"])

    # She signs in with it and takes one of her own: a bad one is told beside its field.
    hers = new_desk(username="dewi", password=shown)
    hers.expect_refusals(401, 403, 422)
    hers.page.goto(f"{url}/me?lang=id")
    hers.page.fill("[name=old]", shown)
    hers.page.fill("[name=new]", "password1234")
    hers.page.keyboard.press("Enter")
    hers.page.wait_for_selector("[name=new][aria-invalid=true]:focus")
    assert hers.page.get_attribute("[name=new]", "aria-describedby") == "new-note new-error"
    assert faults(hers.page) == []
    hers.page.fill("[name=new]", OWN)
    hers.page.keyboard.press("Enter")
    hers.page.wait_for_selector("#saved", state="visible")
    again = new_desk(username="dewi", password=OWN)

    # She helps out at another agency today: she and the list say so, until it is ended.
    page.select_option("#lend [name=agency]", f"{SITE}/b")
    page.click("#lend button")
    page.wait_for_selector("form[data-send$='lend/end']")
    assert faults(page) == []
    hers.page.goto(f"{url}/me?lang=id")
    assert "Instansi B, sampai hari ditutup" in hers.page.inner_text(".me-facts")
    hers.page.goto(f"{url}/{SITE}/counters/99?lang=id")
    assert "Anda membantu di sini hari ini" in hers.page.inner_text("#place-agency")
    page.click("form[data-send$='lend/end'] button")
    eventually(lambda: page.locator("form[data-send$='lend/end']").count(), 0, page=page)
    assert hers.page.goto(f"{url}/{SITE}/counters/99").status == 403

    # Her sign-ins are told apart and ended one by one; disabled, she is out everywhere at once.
    page.reload()
    ends = page.locator(".session form button")
    assert ends.count() == 2
    ends.first.click()
    eventually(lambda: page.locator(".session form button").count(), 1, page=page)
    api = office.server.api
    assert [one.context.request.get(f"{api}/me").status for one in (again, hers)] == [401, 200], "the newest first"
    page.click("form[data-send$=disable] button")
    page.wait_for_selector("form[data-send$=enable]")
    assert hers.context.request.get(f"{api}/me").status == 401
    assert account(office, other, "dewi")["disabled_at"]
    assert faults(page) == []


def test_the_pages_fit_a_phone_and_nobody_reaches_them_who_may_not(new_desk, office):
    add_admin(office, "rini")
    narrow = new_desk(username="rini", size={"width": 360, "height": 720}).page
    for path in ("accounts", "accounts/new", "me"):
        narrow.goto(f"{office.server.url}/{path}")
        assert narrow.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
    officer = new_desk(username="petugas-5")
    officer.expect_refusals(403)
    officer.page.goto(f"{office.server.url}/me")
    assert officer.page.locator("a[href^='/accounts']").count() == 0
    assert officer.page.goto(f"{office.server.url}/accounts").status == 403


def test_control_a_form_that_tells_its_faults_nowhere_is_noticed(new_desk, office):
    add_admin(office, "yanti")
    page = (desk := new_desk(username="yanti")).page
    desk.expect_refusals(422)
    page.goto(f"{office.server.url}/accounts/new")
    page.evaluate("document.querySelector('#name-error').remove()")
    page.fill("[name=username]", "budi")
    page.keyboard.press("Enter")
    page.wait_for_selector("#account [data-fault]", state="visible")
    assert page.locator("[aria-invalid=true]").count() == 0
