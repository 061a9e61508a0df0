"""Transfer: onward, to nobody, taken back, and brought back by number."""

# Words of the panel over which something else lies, on a laptop's screen.
COVERED = """[...document.querySelectorAll("dialog .panel-pair .choices-label")].filter((label) => {
  const { left, top, bottom } = label.getBoundingClientRect();
  const above = (y) => document.elementFromPoint(left + 4, y)?.closest(".panel-field");
  return [top + 2, bottom - 2].some((y) => above(y) !== label.parentElement);
}).map((label) => label.textContent)"""


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


def test_a_wrong_transfer_is_asked_once_more_and_taken_back_and_brought_back_by_number(called):
    """Nobody sits at the counter of that service: the visitor would wait for nobody."""
    number, away = called.numbers[0], "s29"
    send_to_nobody(called, away)
    called.press("u")
    called.until("called", number)
    called.says(f"Pengalihan {number} ditarik kembali")
    send_to_nobody(called, away)
    called.page.click("#key-transfer")
    called.page.fill('dialog input[name="number"]', number.lower())
    called.page.select_option('dialog select[name="service"]', f"s{called.n}")
    called.press("Enter")
    called.says(f"{number} dialihkan ke Layanan {called.n}")
    called.until("idle", number)


def send_to_nobody(desk, service):
    """Transfer to a service without an open counter: the first Enter is asked back, the second does it."""
    desk.page.click("#key-transfer")  # the same key again this soon would be taken for a bounce
    desk.page.check(f'dialog input[value="{service}"]')
    desk.expect_refusals(409)
    desk.press("Enter")
    desk.page.wait_for_selector("dialog .panel-fault:not([hidden])")
    assert "Belum ada loket" in desk.text("dialog .panel-fault")
    assert desk.page.evaluate(COVERED) == []
    assert "sekali lagi" not in desk.text("#strip")  # it would stay there after Escape, with nothing to press
    desk.press("Enter")
    desk.until("idle")
    assert desk.sent[-1][1] == {"service": service, "confirm": True}
