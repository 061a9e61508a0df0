"""Panels: transfer, a certain number, giving a number, setting aside, and a supervisor's reasons."""

import re

import pytest

from tests.journeys.screens import eventually


def test_t_and_enter_pass_the_visitor_on_to_the_suggested_service(called):
    called.press("t")
    assert called.page.is_checked('dialog input[value="lain"]')
    called.press("Enter")
    called.until("idle", called.numbers[1])
    assert called.sent[-1][:2] == ("transfer", {"service": "lain"})
    called.says(f"{called.numbers[0]} dialihkan ke Layanan lain")


def test_a_transfer_may_wish_for_a_counter_and_carry_a_note(called):
    called.press("t")
    called.page.select_option("dialog select", "99")
    called.page.fill('dialog input[name="note"]', "bawa map")
    called.press("Enter")
    called.until("idle")
    assert called.sent[-1][1] == {"service": "lain", "counter": "99", "note": "bawa map"}


def test_keys_behind_an_open_panel_do_nothing_and_escape_closes_it(called):
    called.press("t")
    before = len(called.sent)
    called.press("s", "n", "h", "Escape")
    assert not called.page.query_selector("dialog[open]")
    assert len(called.sent) == before
    assert called.truth()["ticket"]["state"] == "called"


def test_a_certain_number_is_called_with_a_reason(desk, office):
    first, second = office.take(desk.n, 2)
    desk.until("idle", first)
    desk.press("p")
    desk.page.keyboard.type(second.lower())
    desk.press("Enter")
    assert "alasan" in desk.text("dialog .panel-fault").lower()
    desk.press("3", "Enter")  # the digits choose at once
    desk.until("called", second)
    assert desk.sent[-1][:2] == ("call", {"number": second, "reason": "Perlu didahulukan"})


def test_an_unknown_number_is_explained_in_the_panel(desk):
    desk.press("p")
    desk.page.keyboard.type("K777")
    desk.page.check('dialog input[value="Perlu didahulukan"]')
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


def test_a_number_called_a_second_time_shows_the_time_of_that_call(called, office):
    first = re.search(r"1 kali, ([\d.:]+)", called.text("#time"))[1]
    called.press("h")
    called.until("idle")
    office.server.set_clock("600")
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
    assert called.sent[-1][:2] == ("cancel", {"reason": "Pengunjung pergi"})


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


def test_a_supervisor_looks_and_acts_only_with_a_reason(called, new_desk, office):
    password = re.search(
        r"password: (\S+)", office.server.cli("user", "add", "pengawas", "--role", "supervisor", "--site", "kantor")
    )[1]
    overseer = new_desk(called.n, username="pengawas", password=password).open(ready=False)
    overseer.until("called", called.numbers[0])
    assert overseer.dim("serve") and overseer.dim("recall") and overseer.dim("transfer")
    overseer.press("s", "Space", "h")
    assert overseer.verbs() == []
    overseer.press("Enter")
    assert "alasan" in overseer.text("dialog .panel-fault").lower()
    overseer.press("1", "Enter")
    overseer.until("idle")
    assert overseer.sent == [("hold", {"reason": "Petugas tidak di tempat"}, overseer.sent[0][2])]
    called.until("idle", called.numbers[1])


def test_another_officers_counter_is_only_looked_at(called, new_desk):
    other = new_desk(called.n, username="petugas-30").open(ready=False)
    other.until("called", called.numbers[0])
    assert all(other.dim(v) for v in ("serve", "recall", "no-show", "hold", "transfer", "undo"))
    other.press("s", "n", "h", "Space")
    assert other.verbs() == []


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
