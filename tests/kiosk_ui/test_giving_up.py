"""The phone's question whether to give a number up: asked twice, and gone when it has no answer any more."""

import re

import pytest
from playwright.sync_api import expect

SITE = "pandeglang"


@pytest.mark.parametrize("end", ["called", "cancelled"])
def test_the_question_whether_to_give_up_goes_when_it_has_no_answer_any_more(hall, new_phone, counter, ticket, end):
    act, mine = counter(f"agus-{end}"), ticket()
    phone = new_phone(hall, mine["token"])
    phone.page.click(".cancel")
    expect(phone.page.locator("#ask")).to_be_visible()
    if end == "called":
        act("call", {"number": mine["number"], "reason": "uji"})
    else:
        other = new_phone(hall, mine["token"])
        other.page.click(".cancel")
        other.page.click("#ask .button-bad")
    phone.state(end)
    expect(phone.page.locator("#ask")).to_be_hidden()
    if end == "called":
        assert phone.page.evaluate("scrollY") == 0, "the key to give up is below: it had scrolled"
    act("no-show")


def test_giving_up_what_was_just_called_says_so_and_does_not_say_try_again(hall, new_phone, counter, ticket):
    act, mine = counter("nia"), ticket()
    phone = new_phone(hall, mine["token"])
    phone.forgive("409")
    phone.page.click(".cancel")
    phone.page.route_web_socket(re.compile("/socket.io/"), lambda line: None)
    phone.page.route(
        "**/cancel", lambda route: (act("call", {"number": mine["number"], "reason": "uji"}), route.continue_())
    )
    phone.page.click("#ask .button-bad")
    phone.state("called")
    expect(phone.page.locator("#ask")).to_be_hidden()
    act("no-show")


def test_giving_up_needs_a_second_thought(hall, new_phone, ticket, kiosk_api):
    mine = ticket()
    phone = new_phone(hall, mine["token"])
    phone.page.click(".cancel")
    expect(phone.page.locator("#ask")).to_be_visible()
    phone.page.click("#keep")
    expect(phone.page.locator("#ask")).to_be_hidden()
    phone.state("waiting")
    phone.page.click(".cancel")
    phone.page.click("#ask .button-bad")
    phone.state("cancelled")
    assert kiosk_api().get(f"/tickets/{mine['token']}").json()["state"] == "cancelled"
