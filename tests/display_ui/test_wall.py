"""The wall as people see it: one call after another, the lists, the states of trouble."""

import pytest

PASSPORT, ID_CARD, HEALTH = "paspor-wawancara", "ktp-cetak", "bpjs-kepesertaan"


def band(hall) -> tuple[str, str, str]:
    """State of the band, number and counter on it."""
    page = hall.page
    number = page.get_attribute("#band-number", "data-number")
    return page.get_attribute("#band", "data-state"), number, page.inner_text("#place-number")


def label(hall) -> str:
    return hall.page.inner_text("#band-label")


def listed(hall) -> list[str]:
    return hall.page.eval_on_selector_all(".row-number", "all => all.map((one) => one.dataset.number)")


def test_before_the_first_call_the_wall_says_what_will_come(hall):
    hall.wall()
    assert hall.page.inner_text("#notice-title") == "Belum ada panggilan"
    assert band(hall)[0] == "notice"


def test_a_call_takes_the_band_for_eight_seconds_then_stays_in_white(hall):
    hall.wall()
    hall.announce("K014", "2", PASSPORT)
    assert band(hall) == ("call", "K014", "2")
    assert label(hall) == "Silakan menuju loket"
    hall.pass_time(7.9)
    assert band(hall)[0] == "call"
    hall.pass_time(0.2)
    assert band(hall) == ("rest", "K014", "2")
    assert label(hall) == "Baru dipanggil"
    assert "K014" not in listed(hall)


def test_calls_at_once_have_their_turns_and_stand_in_their_rows_meanwhile(hall):
    hall.wall()
    for number, counter in (("K014", "2"), ("K015", "3"), ("J001", "5")):
        hall.announce(number, counter, PASSPORT)
    assert band(hall)[1] == "K014"
    assert listed(hall) == ["J001", "K015"]
    seen = []
    for _ in range(36):
        hall.pass_time(0.5)
        seen.append(band(hall)[:2])
    assert [seen.count(("call", number)) for number in ("K014", "K015", "J001")] == pytest.approx([6, 7, 16], abs=1)
    assert seen[-1] == ("rest", "J001")


def test_where_calls_come_faster_than_they_can_be_shown_the_band_does_not_fall_behind(hall):
    hall.wall()
    for n in range(40):
        hall.announce(f"K{n:03}", "1", PASSPORT)  # one counter, so each was served before the next was called
    seen = []
    for _ in range(34):
        if (now := band(hall))[0] == "call" and now[1] not in seen:
            seen.append(now[1])
        hall.pass_time(3)
    assert seen[:3] == ["K000", "K001", "K002"]
    assert seen[-1] == "K039"  # at 60 s the rest concerned nobody; the newest is shown whatever its age
    assert 17 <= len(seen) <= 20


def test_a_recall_says_so(hall):
    hall.wall()
    hall.announce("K014", "2", PASSPORT)
    hall.pass_time(9)
    hall.announce("K014", "2", PASSPORT, kind="recall")
    assert (band(hall)[:2], label(hall)) == (("call", "K014"), "Panggilan kedua")
    hall.pass_time(9)
    hall.announce("K014", "2", PASSPORT, kind="recall")
    assert label(hall) == "Panggilan ketiga"


def test_a_call_taken_back_leaves_band_and_queue(hall):
    hall.wall()
    hall.announce("K010", "1", PASSPORT)
    hall.pass_time(9)
    first = hall.announce("K014", "2", PASSPORT)
    second = hall.announce("K015", "3", PASSPORT)
    hall.take_back(second)
    hall.take_back(first)
    hall.tell("board", hall.board())
    assert band(hall)[:2] == ("rest", "K010")
    hall.pass_time(9)
    assert band(hall)[:2] == ("rest", "K010")


def test_a_wall_switched_on_in_the_middle_shows_the_running_call(hall):
    hall.call("K010", "1", PASSPORT)
    hall.now = hall.now.replace(minute=44)
    hall.call("K014", "2", PASSPORT)
    hall.wall()
    assert band(hall)[:2] == ("call", "K014")
    assert listed(hall) == ["K010"]


@pytest.mark.parametrize("since", [("serving", "K014"), ("called", "K015"), ("idle", None)])
def test_a_wall_switched_on_calls_nobody_who_has_come_or_was_missed(hall, since):
    hall.call("K014", "2", PASSPORT)
    hall.change("2", *since)
    hall.wall()
    assert band(hall)[:2] == ("rest", "K014")
    hall.announce("J001", "5", PASSPORT)
    assert band(hall)[:2] == ("call", "J001")


def test_a_zone_wall_shows_only_its_zone(hall):
    hall.wall("?zone=B")
    hall.announce("K014", "2", PASSPORT)
    assert band(hall)[0] == "notice"
    hall.announce("N019", "18", HEALTH)
    assert band(hall) == ("call", "N019", "18")
    assert hall.page.evaluate("window.hall.auth") == {"site": "pandeglang", "screen": "wall", "zone": "B"}


def test_silence_is_said_after_25_s_and_dims_after_60_and_passes_by_itself(hall):
    hall.call("K014", "2", PASSPORT)
    hall.waiting[ID_CARD] = 11
    hall.wall()
    hall.pass_time(9)
    hall.cut()
    hall.pass_time(14)
    assert hall.page.is_hidden("#mark-contact")
    hall.pass_time(4)
    assert hall.page.is_visible("#mark-contact")
    hall.pass_time(40)
    assert label(hall) == "Layar terputus sejak 10.42"
    assert band(hall)[1] == "K014"
    assert hall.page.is_hidden("#strip-waiting")
    hall.mend()
    hall.pass_time(6)
    hall.tell("board", hall.board())
    assert (label(hall), hall.page.is_hidden("#mark-contact")) == ("Baru dipanggil", True)
    assert hall.page.is_visible("#strip-waiting")


def test_three_calls_during_a_cut_are_all_shown(hall):
    hall.wall()
    hall.announce("K010", "1", PASSPORT)
    hall.cut()
    hall.pass_time(9)
    for n, number in enumerate(("K011", "K012", "K013")):
        hall.call(number, str(n + 1), PASSPORT)
        hall.pass_time(3)
    hall.mend()
    hall.pass_time(6)
    hall.tell("board", hall.board())
    hall.be_answered()
    seen = set()
    for _ in range(30):
        hall.pass_time(1)
        seen.add(band(hall)[:2])
    assert {("call", "K011"), ("call", "K012"), ("call", "K013")} <= seen
    assert band(hall)[:2] == ("rest", "K013")


def test_one_lost_call_is_noticed_by_the_next_and_shown_before_it(hall):
    hall.wall()
    hall.announce("K010", "1", PASSPORT)
    hall.pass_time(9)
    hall.call("K011", "2", PASSPORT)  # nobody hears of it
    hall.tell("call", hall.call("K012", "3", PASSPORT))
    hall.page.wait_for_selector("#band[data-state=call]")
    assert band(hall)[1] == "K011"
    hall.pass_time(4)
    assert band(hall)[1] == "K012"


def test_a_call_heard_live_does_not_wait_for_a_fetch_that_fails(hall):
    hall.wall()
    hall.announce("K010", "1", PASSPORT)
    hall.pass_time(9)
    hall.reachable, hall.was_cut = False, True
    hall.call("K011", "2", PASSPORT)
    hall.tell("call", hall.call("K012", "3", PASSPORT))
    hall.page.wait_for_selector("#band[data-state=call]")
    assert band(hall)[1] == "K012"


def test_a_beat_heals_a_lost_board(hall):
    hall.wall()
    hall.waiting[ID_CARD] = 7
    hall.change("1", "idle")
    hall.tell("beat", hall.beat())
    hall.page.wait_for_selector("#strip-waiting :text('7 orang')")


def test_a_display_answers_a_beat_with_what_it_shows(hall):
    hall.wall()
    hall.announce("K014", "2", PASSPORT)
    hall.tell("beat", hall.beat())
    hall.tell("beat", {**hall.beat(), "build": "of before"})
    (_, said), (_, little) = hall.page.evaluate("window.hall.sent")
    assert said.keys() - little.keys() == {"build", "screen", "clock_s"}, "a server of another build may not know them"
    assert little == {"revision": hall.revision, "sound": None} and said | little == said


@pytest.mark.parametrize("chance", [0, 0.5, 0.99])
def test_a_new_build_reloads_an_idle_wall_within_a_minute(hall, chance):
    hall.page.add_init_script(f"Math.random = () => {chance}")  # where this wall stands among all that reload
    hall.wall()
    hall.page.evaluate("window.before = true")
    hall.tell("beat", {**hall.beat(), "build": "b2"})
    if chance:
        hall.pass_time(chance * 60 - 2)
        assert hall.page.evaluate("window.before")
    with hall.page.expect_navigation():
        hall.pass_time(4)


def test_a_new_build_is_not_loaded_from_a_server_that_is_away(hall):
    hall.page.add_init_script("Math.random = () => 0")
    hall.wall()
    hall.page.evaluate("window.before = true")
    hall.tell("beat", {**hall.beat(), "build": "b2"})
    hall.cut()
    for _ in range(3):
        hall.pass_time(4)
        hall.page.wait_for_timeout(100)
    assert hall.page.evaluate("window.before")
    hall.mend()
    with hall.page.expect_navigation():
        hall.pass_time(4)


def test_a_new_build_waits_for_the_end_of_a_call(hall):
    hall.page.add_init_script("Math.random = () => 0")
    hall.wall()
    hall.page.evaluate("window.before = true")
    hall.announce("K014", "2", PASSPORT)
    hall.tell("beat", {**hall.beat(), "build": "b2"})
    hall.pass_time(6)
    assert hall.page.evaluate("window.before")
    with hall.page.expect_navigation():
        hall.pass_time(4)


def test_a_restored_server_begins_another_history(hall):
    hall.wall()
    hall.announce("K014", "2", PASSPORT)
    hall.pass_time(9)
    hall.epoch, hall.calls, hall.revision, hall.counters = "e2", [], 3, {}
    hall.tell("board", hall.board())
    assert band(hall)[0] == "notice"
    hall.announce("K001", "1", PASSPORT)
    assert band(hall)[:2] == ("call", "K001")


def test_a_closed_hall_says_when_it_opens(hall):
    hall.call("K014", "2", PASSPORT)
    hall.change("2", "closed")
    for service in hall.site["services"]:
        detail = {"opens_at": "2026-01-20T08:00:00+07:00"}
        service.update(open=False, reason="closed", reason_detail=detail)
    hall.now = hall.now.replace(hour=9, minute=30)
    hall.wall()
    assert hall.page.inner_text("#notice-title") == "Tutup"
    assert hall.page.inner_text("#notice-text") == "Buka lagi Selasa, 20 Januari 2026, pukul 08.00"
    assert hall.page.inner_text("#notice-small") == "Senin–Kamis 08.00–16.00 · Jumat 08.00–16.30"


def test_a_hall_that_opens_with_the_day_says_which_day_and_no_clock(hall):
    for service in hall.site["services"]:
        service.update(open=False, reason="closed", reason_detail={"opens_at": "2026-01-20T00:00:00+07:00"})
    hall.wall()
    assert hall.page.inner_text("#notice-text") == "Buka lagi Selasa, 20 Januari 2026"


def test_a_hall_in_a_pause_says_so_and_which_hours_hold_these_days(hall):
    hall.site["week"] = {"id": "Senin–Kamis 08.00–16.00 · Jumat 08.00–11.30, 13.00–16.00"}
    hall.site["spans"] = [{"name": {"id": "Ramadan"}, "first_day": "2026-01-01", "last_day": "2026-02-01", "now": True}]
    for service in hall.site["services"]:
        service.update(open=False, reason="pause", reason_detail={"opens_at": "2026-01-19T13:00:00+07:00"})
    hall.wall()
    assert hall.page.inner_text("#notice-title") == "Sedang istirahat"
    assert hall.page.inner_text("#notice-text") == "Buka lagi Senin, 19 Januari 2026, pukul 13.00"
    small = "Ramadan: Senin–Kamis 08.00–16.00 · Jumat 08.00–11.30, 13.00–16.00"
    assert hall.page.inner_text("#notice-small") == small


def test_the_clock_is_the_server_s_in_the_site_s_zone(hall):
    hall.wall()
    assert hall.page.inner_text("#time") == "10.42"
    assert hall.page.inner_text("#date") == "Senin, 19 Januari 2026"
    assert hall.page.inner_text("#time-zone") == "WIB"
    hall.page.clock.set_system_time("2031-05-05T00:00:00Z")  # the box's own clock is wrong
    hall.pass_time(61)
    assert hall.page.inner_text("#time") == "10.43"


def test_hundreds_of_calls_leave_nothing_behind(hall):
    hall.wall()
    count = "document.querySelectorAll('*').length"
    for n in range(12):
        hall.announce(f"K{n:03}", str(n % 9 + 1), PASSPORT)
    hall.pass_time(100)
    before = hall.page.evaluate(count)
    template = hall.call("K000", "1", PASSPORT)
    many = """([template, count]) => { for (let n = 1; n <= count; n += 1) {
      const revision = template.revision + n;
      window.hall.tell("call", {...template, revision, previous: revision - 1, number: "K" + (n % 900)});
    } }"""
    hall.tell("call", template)
    hall.page.evaluate(many, [template, 400])
    hall.revision += 401
    hall.calls = [*hall.calls[-8:-1], {**template, "revision": hall.revision - 1, "number": "K200"}]
    hall.tell("board", hall.board())
    for _ in range(3):
        hall.pass_time(9)
    assert hall.page.evaluate(count) <= before + 10


def test_a_page_whose_scripts_run_says_so_to_whoever_watches_over_the_screen(hall):
    hall.wall()
    hall.pass_time(1)
    said = hall.page.get_attribute("html", "data-alive")
    hall.pass_time(11)
    assert said
    assert float(hall.page.get_attribute("html", "data-alive")) > float(said)
    assert hall.page.get_attribute("html", "data-started") == "yes"


@pytest.mark.parametrize(
    ("name", "label"),
    [("Loket 3", "Silakan menuju loket"), ("12A", "Silakan menuju loket"), ("Ruang 3", "Silakan menuju")],
)
def test_the_words_over_a_call_suit_the_counter_s_name(hall, name, label):
    hall.wall()
    made = hall.call("K001", "3", "paspor-wawancara")
    hall.tell("call", made | {"counter_name": name})
    assert hall.page.inner_text("#band-label") == label
