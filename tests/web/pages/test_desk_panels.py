"""Panels: a certain number, giving a number, setting aside, and a supervisor's reasons."""

import re

import pytest

from tests.world.screens import eventually


def test_keys_behind_an_open_panel_do_nothing_and_escape_closes_it(called):
    called.press("t")
    before = len(called.sent)
    called.press("s", "n", "h", "Escape")
    eventually(lambda: called.page.query_selector("dialog[open]"), None, page=called.page)
    assert len(called.sent) == before
    assert called.truth()["ticket"]["state"] == "called"


# A click where the panel's own key was, as soon as it is gone: in the page, so that no busy machine makes it late.
CLICK_BEHIND = """([x, y, detail]) => {
  const click = new MouseEvent("click", { detail, bubbles: true, cancelable: true });
  panel.addEventListener("close", () => setTimeout(() => {
    window.heard = false;
    document.body.addEventListener("click", () => { window.heard = true; });
    document.elementFromPoint(x, y).dispatchEvent(click);
  }));
}"""


@pytest.mark.parametrize(("detail", "heard"), [(2, False), (1, True)], ids=["of two", "control: on its own"])
def test_the_second_half_of_a_double_click_touches_nothing_behind_the_panel(called, detail, heard):
    called.press("t")
    box = called.page.locator(".panel-submit").bounding_box()
    at = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    called.page.evaluate(CLICK_BEHIND, [*at, detail])
    called.page.mouse.click(*at)
    eventually(lambda: called.page.evaluate("window.heard"), heard, page=called.page)


def test_a_certain_number_is_called_with_a_reason(desk, office):
    first, second = office.take(desk.n, 2)
    desk.until("idle", first)
    desk.press("p")
    desk.page.keyboard.type(second.lower())
    desk.press("Enter")
    assert "alasan" in desk.text("dialog .panel-fault").lower()
    desk.press("3", "Enter")  # the digits choose at once
    desk.until("called", second)
    assert desk.sent[-1][:2] == ("call", {"number": second, "reason": "Perlu didahulukan", "reason_code": "helped"})


def test_an_unknown_number_is_explained_in_the_panel(desk):
    desk.press("p")
    desk.page.keyboard.type("K777")
    desk.page.check('dialog input[value="helped"]')
    desk.expect_refusals(422)
    desk.press("Enter")
    desk.page.wait_for_selector("dialog .panel-fault:not([hidden])")
    assert "tidak ada hari ini" in desk.text("dialog .panel-fault")


def test_the_held_visitor_is_called_back_by_one_key(called):
    called.press("h")
    called.until("idle")
    assert called.text("#aside .row-number") == called.numbers[0]
    called.press("k")
    called.until("called", called.numbers[0])


@pytest.mark.parametrize("size", [(1280, 720), (1366, 768)])
def test_no_key_lies_upon_another_while_somebody_is_on_hold(new_desk, office, size):
    desk = new_desk(size={"width": size[0], "height": size[1]}).open()
    office.take(desk.n, 2)
    for key, state in (("Space", "called"), ("h", "idle")):
        desk.press(key)
        desk.until(state)
        desk.settle()
    keys = desk.page.locator(".shortcut")
    assert keys.count() == 4
    assert desk.page.is_visible("#strip")
    largest = desk.page.locator("#main-key").bounding_box()
    boxes = [keys.nth(n).bounding_box() for n in range(4)]
    assert max(box["y"] + box["height"] for box in boxes) <= largest["y"]
    assert max(box["x"] + box["width"] for box in boxes) <= largest["x"] + largest["width"]


def test_a_number_called_a_second_time_shows_the_time_of_that_call(called, office):
    first = re.search(r"1 kali, ([\d.:]+)", called.text("#time"))[1]
    called.press("h")
    called.until("idle")
    office.pass_time(600)
    called.press("k")
    called.until("called", called.numbers[0])
    again = re.search(r"1 kali, ([\d.:]+)", called.text("#time"))[1]
    assert again > first


def test_a_missed_visitor_goes_back_to_their_place(called):
    called.press("n")
    called.until("idle", called.numbers[1])
    called.page.click(f'#aside [data-number="{called.numbers[0]}"]')
    called.page.click("dialog .way >> text=Kembalikan")
    called.until("idle", called.numbers[0])
    assert called.sent[-1][:2] == ("return", {"number": called.numbers[0]})


def test_a_called_number_is_cancelled_with_a_reason(called):
    called.press("x", "Enter")
    called.until("idle", called.numbers[1])
    assert called.sent[-1][:2] == ("cancel", {"reason": "Pengunjung pergi", "reason_code": "left"})


def test_b_gives_a_number_with_its_code_and_link(desk, office):
    desk.press("b")
    desk.page.wait_for_selector(f'dialog input[value="s{desk.n}"]')
    assert not desk.page.query_selector('dialog input[value="lain"]')  # another agency's
    desk.page.check(f'dialog input[value="s{desk.n}"]')
    desk.page.check('dialog input[value="priority"]')
    desk.press("Enter")
    desk.page.wait_for_selector("dialog .issued-number")
    number = desk.page.get_attribute("dialog .issued-number", "data-number")
    eventually(
        lambda: desk.page.evaluate("document.querySelector('dialog img').naturalWidth > 0"), True, page=desk.page
    )
    assert re.fullmatch(r"/t/[\w-]+", desk.page.get_attribute("dialog a[target]", "href"))
    desk.press("Escape")
    desk.until("idle", number)
    assert desk.text("#class") == "Prioritas"


def test_what_was_chosen_before_the_services_news_came_stays_chosen(desk, office):
    late = []
    desk.page.route("**/api/v1/sites/kantor", lambda route: late.append(route))
    desk.press("b")
    desk.page.check(f'dialog input[value="s{desk.n}"]')
    desk.page.check('dialog input[value="priority"]')
    choice = f'dialog label:has(input[value="s{desk.n}"])'
    old = desk.page.query_selector(f"{choice} input")
    eventually(lambda: len(late), 1, page=desk.page)
    office.take(desk.n, 7)
    late[0].continue_()
    eventually(lambda: "7" in desk.text(f"{choice} .choice-aside"), True, page=desk.page)
    assert old.is_checked(), "a finger on it would have met another"
    assert desk.page.is_checked('dialog input[value="priority"]')


def test_a_lost_reply_gives_one_number_not_two(desk):
    desk.expect_lost_lines()
    lost = []

    def lose(route):
        if lost:
            return route.continue_()
        lost.append(route.request.headers["idempotency-key"])
        headers = {"Idempotency-Key": lost[0], "Content-Type": "application/json", "Origin": desk.office.server.url}
        assert desk.context.request.post(route.request.url, data=route.request.post_data, headers=headers).status == 201
        return route.abort()

    desk.page.route("**/tickets", lose)
    desk.press("b")
    desk.page.check(f'dialog input[value="s{desk.n}"]')
    desk.press("Enter")
    desk.page.wait_for_selector("dialog .issued-number")
    assert [w["count"] for w in desk.truth()["waiting"]] == [1]


@pytest.fixture(scope="module")
def supervisor(office):
    """The supervisor's password."""
    added = office.server.cli("user", "add", "pengawas", "--name", "Wati", "--role", "supervisor", "--site", "kantor")
    return re.search(r"password: (\S+)", added)[1]


@pytest.fixture
def overseer(called, new_desk, supervisor):
    """A supervisor who looks at the counter where somebody is called."""
    return new_desk(called.n, username="pengawas", password=supervisor).open(ready=False)


def test_a_supervisor_looks_and_acts_only_with_a_reason(called, overseer):
    overseer.until("called", called.numbers[0])
    assert overseer.dim("serve") and overseer.dim("recall") and overseer.dim("transfer")
    overseer.press("s", "Space", "h")
    assert overseer.verbs() == []
    overseer.press("Enter")
    assert "alasan" in overseer.text("dialog .panel-fault").lower()
    overseer.press("1", "Enter")
    overseer.until("idle")
    why = {"reason": "Petugas tidak di tempat", "reason_code": "officer_gone"}
    assert overseer.sent == [("hold", why, overseer.sent[0][2])]
    called.until("idle", called.numbers[1])


def test_the_officer_is_told_who_stepped_in_and_why_until_she_goes_on(called, overseer):
    overseer.until("called", called.numbers[0])
    overseer.press("h")
    overseer.page.fill('dialog input[name="own"]', "petugas sakit")
    overseer.press("Enter")
    overseer.says(f"{called.numbers[0]} ditahan")  # she knows what she did herself
    called.says(f"Wati menahan {called.numbers[0]}")
    called.says("Alasan: petugas sakit")
    called.press("s")
    called.says("Belum ada yang dipanggil")  # passes, and gives way to what was not yet read
    called.still_says("Alasan: petugas sakit")
    called.page.reload()
    called.says("Alasan: petugas sakit")
    called.settle()
    called.press("Space")
    called.until("called", called.numbers[1])
    called.page.reload()
    called.until("called", called.numbers[1])
    assert "Wati" not in called.text("#strip")


def test_a_counter_that_a_supervisor_closed_says_so(desk, new_desk, supervisor):
    overseer = new_desk(desk.n, username="pengawas", password=supervisor).open(ready=False)
    overseer.until("idle")
    overseer.page.click("#close")
    overseer.press("1", "Enter")
    desk.until("closed")
    desk.says("Wati menutup loket ini")


def test_at_another_s_counter_the_figures_say_whose_they_are(called, overseer):
    assert overseer.text("#today-title") == f"Hari ini: petugas-{called.n}"
    assert called.text("#today-title") == "Saya hari ini"


def test_a_number_of_sixteen_digits_is_refused_where_it_was_written(called):
    called.expect_refusals(422)
    called.press("s")
    called.until("serving")
    called.press("c")
    called.page.keyboard.type("NIK 3602041507900001")
    called.press("Escape", "f")
    called.says("tidak boleh memuat NIK")
    assert called.page.evaluate("document.activeElement.id") == "note"
    assert called.truth()["ticket"]["state"] == "serving"
    called.page.fill("#note", "berkas lengkap")
    called.press("Escape")
    called.settle()
    called.press("f")
    called.until("idle")
    assert called.sent[-1][1]["note"] == "berkas lengkap"


def test_and_in_a_panel(called):
    called.expect_refusals(422)
    called.press("t")
    called.page.fill('dialog input[name="note"]', "3602-0415-0790-0001")
    called.press("Enter")
    called.page.wait_for_selector("dialog .panel-fault:not([hidden])")
    assert "tidak boleh memuat NIK" in called.text("dialog .panel-fault")
    assert called.truth()["ticket"]["state"] == "called"


def test_the_counter_s_own_services_come_first_where_a_number_is_given(desk):
    desk.press("b")
    assert desk.page.locator("dialog #issue-services input").first.get_attribute("value") == f"s{desk.n}"


def test_another_officers_counter_is_only_looked_at(called, new_desk):
    other = new_desk(called.n, username="petugas-30").open(ready=False)
    other.until("called", called.numbers[0])
    assert all(other.dim(v) for v in ("serve", "recall", "no-show", "hold", "transfer", "undo"))
    other.press("s", "n", "h", "Space")
    assert other.verbs() == []
    other.says("Loket ini dibuka oleh")


def test_who_only_looks_is_offered_nothing_to_give(new_desk, office):
    added = office.server.cli("user", "add", "pemeriksa", "--role", "auditor", "--site", "kantor")
    auditor = new_desk(username="pemeriksa", password=re.search(r"password: (\S+)", added)[1]).open(ready=False)
    auditor.until("closed")
    assert not auditor.page.is_visible("#issue")
    assert not auditor.page.is_visible("#figures"), "nobody's figures are hers"
    auditor.press("b")
    assert not auditor.page.query_selector("dialog[open]")


@pytest.mark.parametrize("size", [(1280, 720), (1366, 768), (1920, 1080)])
def test_everything_stands_on_one_screen(new_desk, office, size):
    desk = new_desk(size={"width": size[0], "height": size[1]}).open()
    office.take(desk.n, 6)
    desk.press("Space")
    desk.until("called")
    desk.press("s")
    desk.until("serving")
    assert desk.page.evaluate("document.documentElement.scrollHeight") <= size[1]
    for selector in ("#main-key", "#key-undo", "#outcomes", "#note", "#figures"):
        box = desk.page.locator(selector).bounding_box()
        assert box["y"] + box["height"] <= size[1]
        assert box["x"] + box["width"] <= size[0]


def test_the_slip_of_a_given_number_prints_itself(desk):
    desk.press("b")
    desk.page.check(f'dialog input[value="s{desk.n}"]')
    desk.press("Enter")
    desk.page.wait_for_selector("dialog .issued-number")
    with desk.page.expect_response(lambda answer: "/slip?width=80" in answer.url) as slip:
        desk.press("1")
    assert slip.value.status == 200
    assert desk.page.is_hidden("dialog [role=alert].notice-warn")


@pytest.mark.parametrize("keys", [("x",), ("t",)])
def test_a_panel_opened_for_one_visitor_never_touches_the_next(called, office, keys):
    first, second = called.numbers
    called.press(*keys)
    elsewhere = office.client(f"petugas-{called.n}")  # the same officer at another computer
    for verb in ("serve", "finish", "call-next"):
        assert elsewhere.verb("kantor", str(called.n), verb).status_code == 200
    called.until("called", second)
    called.expect_refusals(409)
    called.press("Enter")
    called.page.wait_for_selector("dialog .panel-fault:not([hidden])")
    assert "sudah berganti" in called.text("dialog .panel-fault")
    assert called.meant == first
    assert (called.truth()["ticket"]["number"], called.truth()["ticket"]["state"]) == (second, "called")
