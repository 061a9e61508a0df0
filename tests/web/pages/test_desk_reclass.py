"""A visitor's class was wrong: changed with G, from the lists, and by number from the supervisor's page."""

from tests.web.pages.office import SITE


def give(desk, class_, why):
    """Choose in the panel, and send."""
    desk.page.check(f'dialog input[name="class"][value="{class_}"]')
    desk.page.check(f'dialog input[name="why"][value="{why}"]')
    desk.press("Enter")


def test_g_gives_the_number_at_the_counter_priority_and_does_not_take_it_away(called):
    number = called.numbers[0]
    called.press("g")
    give(called, "priority", "entitled")
    called.says(f"{number} sekarang di antrean Prioritas")
    assert called.sent[-1][:2] == ("reclass", {"class": "priority", "reason": "entitled"})
    assert (called.meant, called.truth()["ticket"]["class"]) == (number, "priority")
    assert called.text("#class") == "Prioritas"
    called.settle()
    called.expect_refusals(403)
    called.press("g")
    give(called, "regular", "not_entitled")
    called.page.wait_for_selector("dialog .panel-fault:not([hidden])")
    assert "Hanya pengawas" in called.text("dialog .panel-fault")
    assert called.truth()["ticket"]["class"] == "priority"


def test_a_waiting_number_is_given_another_class_from_its_row_and_says_why_in_no_words_of_one_s_own(desk, office):
    first, second = office.take(desk.n, 2)
    desk.page.click(f'#waiting [data-number="{second}"]')
    desk.page.get_by_role("button", name="Ganti antrean").click()
    assert desk.page.query_selector_all("dialog input:not([type=radio])") == []
    desk.press("Enter")
    desk.page.wait_for_selector("dialog .panel-fault:not([hidden])")
    give(desk, "priority", "wrong_button")
    desk.says(f"{second} sekarang di antrean Prioritas")
    assert [one["number"] for one in desk.truth()["upcoming"]] == [second, first]


def test_the_panel_for_numbers_changes_a_class_as_well(desk, office):
    """The supervisor's page opens the same one."""
    (number,) = office.take(desk.n)
    desk.press("t")
    desk.page.get_by_role("button", name="Ganti antrean").click()
    desk.page.fill('dialog input[name="number"]', number.lower())
    give(desk, "priority", "asked")
    desk.page.wait_for_selector("dialog .notice-good")
    assert desk.text("dialog .notice-good") == f"{number} sekarang di antrean Prioritas."
    path = f"{office.server.api}/sites/{SITE}/counters/{desk.n}/desk"
    assert desk.context.request.get(path).json()["upcoming"][0]["class"] == "priority"
