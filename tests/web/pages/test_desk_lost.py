"""A lost connection queues nothing: the page says what was not done, then what is true."""

import re

import pytest

from tests.world.screens import eventually


@pytest.fixture
def called(desk, office):
    """A desk with a visitor called."""
    desk.number = office.take(desk.n)[0]
    desk.press("Space")
    desk.until("called", desk.number)
    desk.expect_lost_lines()
    return desk


def test_one_lost_request_is_sent_again_with_the_same_key(called):
    called.drop("serve")
    called.press("s")
    called.until("serving")
    (_, first, one), (_, second, two) = called.sent[-2:]
    assert called.verbs()[-2:] == ["serve", "serve"]
    assert one == two
    assert first == second


def test_one_lost_reply_costs_nothing_and_acts_once(called):
    called.drop("recall", after=True)
    called.press("r")
    called.says("dipanggil ulang")
    assert called.truth()["recalls"] == 1
    called.until("called")
    assert not called.page.query_selector(".strip-bad")


def test_what_was_not_done_is_said_and_never_sent_later(called):
    called.drop("serve", times=2)
    called.press("s")
    called.says(f"Layani {called.number}: server tidak menjawab, jadi belum diketahui")
    called.says("Tersambung lagi")
    called.says("tidak dilakukan")
    sent = len(called.sent)
    called.page.wait_for_timeout(1500)
    assert len(called.sent) == sent
    assert called.truth()["ticket"]["state"] == "called"
    called.press("s")
    called.until("serving")
    assert called.sent[-1][2] != called.sent[-2][2]  # a new press, a new key


def test_what_may_still_be_under_way_is_not_called_undone(called):
    """The page asks before the server has come to the request: the first answer proves nothing."""
    asked = []

    def not_yet(route):
        asked.append(route.request.url)
        answer = route.fetch()
        route.fulfill(response=answer, json=answer.json() | ({"recorded": False} if len(asked) == 1 else {}))

    called.page.route(re.compile(r"/desk\?key="), not_yet)
    called.drop("serve", after=True, times=2)
    called.press("s")
    called.says("ternyata sudah tercatat")
    assert len(asked) > 1
    assert not any("tidak dilakukan" in said for said in called.page.evaluate("window.said"))


def test_what_was_done_after_all_is_said_too(called):
    called.drop("serve", after=True, times=2)
    called.press("s")
    called.says("ternyata sudah tercatat")
    called.until("serving", called.number)


def test_it_is_said_truly_of_a_number_that_is_not_at_the_counter_too(called, office):
    """The desk looks the same to a counter's own state, whether a held number was given back or not."""
    called.press("h")
    called.until("idle")
    called.drop("return", after=True, times=2)
    called.page.click(f'#aside [data-number="{called.number}"]')
    called.press("2")
    called.says("ternyata sudah tercatat")
    assert called.truth()["held"] == []


def test_what_somebody_else_did_meanwhile_proves_nothing(called, office):
    called.drop("serve", times=2)
    called.press("s")
    called.says("belum diketahui")
    assert office.client(f"petugas-{called.n}").verb("kantor", str(called.n), "no-show").status_code == 200
    called.until("idle")
    called.says("tidak dilakukan")


def test_a_number_whose_reply_was_lost_is_the_same_when_asked_for_again(called, office):
    before = called.truth()["waiting"]
    called.drop_issue(times=2)
    called.press("b")
    called.page.click(f'#issue-services input[value="s{called.n}"]')
    called.press("Enter")
    called.page.wait_for_selector("dialog[open] >> text=Tekan lagi")
    called.press("Enter")
    called.page.wait_for_selector(".issued-number")
    assert [one["count"] for one in called.truth()["waiting"]] == [before[0]["count"] + 1 if before else 1]


def test_a_word_from_before_the_key_proves_nothing(called, office):
    """A slow line brings, after the loss, what the server had said before: that looks as if nothing had been done."""
    heard, kept, slow = [], [], []

    def carry(line):
        def said(message):
            (kept if slow else heard).append((line, str(message)))
            if not slow:
                line.send(message)

        line.connect_to_server().on_message(said)

    called.page.route_web_socket(re.compile("/socket.io/"), carry)
    called.page.reload()
    called.until("called", called.number)
    eventually(lambda: any('"desk"' in message for _, message in heard), True, page=called.page)
    slow.append(True)
    office.take(called.n)
    called.drop("serve", after=True, times=2)
    called.press("s")
    called.says("belum diketahui")
    for line, message in kept:
        line.send(message)
    called.says("ternyata sudah tercatat")


def test_while_a_request_is_under_way_no_other_starts(called):
    under_way = []
    called.page.route(f"**/counters/{called.n}/recall", lambda route: under_way.append(route))
    called.press("r", "s", "n", "h")
    eventually(lambda: len(under_way), 1, page=called.page)
    under_way[0].continue_()
    called.says("dipanggil ulang")
    assert called.verbs()[-1] == "recall"
    assert called.truth()["ticket"]["state"] == "called"


def test_a_server_that_is_gone_and_comes_back(called, office):
    office.server.kill()
    eventually(lambda: "Terputus sejak" in called.text("#contact"), True, page=called.page)
    called.press("s")
    called.says("belum diketahui")
    assert "Terputus sejak" in called.text("#contact")
    office.server.start()
    called.says("Tersambung lagi")
    eventually(lambda: called.text("#contact"), "Tersambung", page=called.page)
    called.settle()
    called.press("s")
    called.until("serving", called.number)


def test_an_ended_session_leads_back_to_the_sign_in(called):
    called.expect_refusals(401)
    called.context.clear_cookies()
    called.press("s")
    called.says("Sesi Anda sudah berakhir")
    assert called.page.get_attribute("#strip a", "href").startswith(f"/login?next=/kantor/counters/{called.n}")


def test_who_signed_in_again_in_another_tab_is_no_longer_told_to(called, office):
    called.expect_refusals(401)
    called.expect_lost_lines()
    cookies = called.context.cookies()
    called.context.clear_cookies()
    office.server.kill()  # what ends every line
    office.server.start()
    called.says("Sesi Anda sudah berakhir")
    called.context.add_cookies(cookies)
    eventually(lambda: called.page.is_hidden("#strip"), True, page=called.page)


def test_who_is_shut_out_is_told_so_at_once_and_not_of_a_broken_line(new_desk, office):
    desk = new_desk()
    desk.page.clock.install()
    desk.open(ready=False)
    desk.page.clock.pause_at(desk.page.evaluate("Date.now()") + 2000)  # so it does not look by itself
    desk.expect_refusals(401)
    desk.expect_lost_lines()
    office.server.cli_here("user", "disable", f"petugas-{desk.n}")
    desk.says("Sesi Anda sudah berakhir")


def test_what_happens_elsewhere_is_seen_here_at_once(called, office):
    assert office.client(f"petugas-{called.n}").verb("kantor", str(called.n), "serve").status_code == 200
    called.until("serving", called.number)


def test_a_refusal_shows_the_servers_words_and_the_true_state(called, office):
    elsewhere = office.client(f"petugas-{called.n}")

    def too_late(route):
        # The other window was quicker, and this page has not heard of it yet.
        if not called.page.query_selector("#strip.strip-warn"):
            elsewhere.verb("kantor", str(called.n), "no-show")
        route.continue_()

    called.expect_refusals(409)
    called.page.route(f"**/counters/{called.n}/serve", too_late)
    called.press("s")
    called.says("tidak dapat dilakukan")
    called.until("idle")
