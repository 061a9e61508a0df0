"""Slots of the hall's own: booked without a name, confirmed the day before, given back, missed, taken at the door."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from queue_server.commands import day, importing, interrupting, own_booking, ripening
from queue_server.domain.booking_rule import SlotRule
from queue_server.domain.errors import Code, QueueError
from queue_server.domain.own_codes import own_token
from queue_server.domain.replay import replay
from queue_server.domain.roles import SYSTEM
from queue_server.domain.slots import online_places
from queue_server.queries import own_booking as told
from queue_server.queries.bookings import of_day
from queue_server.queries.hall import hall as hall_document
from queue_server.store import bookings
from tests.commands.test_bookings import book as book_list
from tests.commands.test_bookings import line
from tests.world.hall import SITE, TUTI, WATI, without
from tests.world.own_slots import (
    AHEAD,
    HOLDER,
    MONDAY,
    RULE,
    SERVICE,
    as_told,
    begin,
    code,
    come,
    open_slots,
    seen,
    take,
    used,
    with_slots,
)
from tests.world.values import at


@pytest.fixture
def slots(make_hall, prepared):
    return make_hall(services=with_slots(prepared[1].sites[SITE]))


def test_a_hall_offers_no_slots_unless_it_says_so(hall):
    assert told.bookable(hall.site) == []
    with hall.refuses(Code.UNKNOWN_SERVICE):
        take(hall, "09:00")


def test_a_place_is_taken_and_its_code_and_its_link_open_the_door(slots):
    one, other = take(slots, "09:00"), take(slots, "09:00", browser="two")
    assert (seen(slots)["09:00"], seen(slots)["09:30"], used(slots)) == (0, 2, 2)
    with slots.refuses(Code.SLOT_FULL):
        take(slots, "09:00", browser="three")
    begin(slots, f"{AHEAD} 09:00")
    first = come(slots, code(slots, one))
    assert (first.class_, first.number[0]) == ("booked", "K")
    link = f"https://antrean.example/b/{own_token(slots.perform.secret, other.id)}"
    assert come(slots, link, TUTI).number != first.number
    with slots.changes_nothing():
        assert come(slots, link.upper()).class_ == "booked"
    assert used(slots) == 2
    assert as_told(slots, one)["number"] == first.number
    assert slots.rows() == replay(slots.events())


@pytest.mark.parametrize(
    ("on", "at_", "code_"),
    [
        (MONDAY, "09:00", Code.SLOT_GONE),  # sooner than the lead time
        (MONDAY, "09:30", None),
        (AHEAD, "09:10", Code.SLOT_GONE),  # no slot begins then
        (AHEAD, "12:00", Code.SLOT_GONE),  # after the last
        ("2026-11-22", "09:00", Code.SLOT_GONE),  # over, and a Sunday
        ("2026-11-29", "09:00", Code.SLOT_GONE),  # a Sunday
        ("2026-12-07", "09:00", None),
        ("2026-12-08", "09:00", Code.SLOT_GONE),  # fifteen days ahead
        ("2026-12-25", "09:00", Code.SLOT_GONE),  # a holiday
    ],
)
def test_what_can_be_booked(slots, on, at_, code_):
    if code_ is None:
        assert take(slots, at_, on).own
    else:
        with slots.refuses(code_):
            take(slots, at_, on)


def test_no_more_is_booked_than_the_online_share_however_many_slots_are_free(slots):
    quota = slots.site.services[SERVICE].quota["booked"]
    share, got = quota * 30 // 100, 0
    for n in range(3 * share):
        try:
            take(slots, f"{8 + n // 4:02d}:{30 * (n // 2 % 2):02d}", browser=f"b{n}")
            got += 1
        except QueueError as error:
            assert error.code in (Code.SLOT_FULL, Code.SLOT_GONE)
    assert (got, used(slots), set(seen(slots).values())) == (share, share, {0})


@pytest.mark.parametrize(
    ("quota", "total", "kept", "share"), [(20, None, 0, 6), (None, 50, 10, 12), (None, None, 0, None), (10, 50, 45, 1)]
)
def test_the_share_is_one_of_what_the_class_may_have(hall, quota, total, kept, share):
    service = replace(
        hall.site.services[SERVICE],
        quota={} if quota is None else {"booked": quota},
        quota_total=total,
        quota_reserved={"priority": kept} if kept else {},
    )
    assert online_places(service, RULE) == share


def test_one_address_gets_no_more_than_the_online_share_in_a_day(slots):
    """A script that takes a new browser for each, on all days."""
    share, got = slots.site.services[SERVICE].quota["booked"] * 30 // 100, []
    for n in range(60):
        try:
            on = date.fromisoformat(MONDAY) + timedelta(days=n % 14)
            got.append(take(slots, f"{8 + n % 4:02d}:30", on.isoformat(), f"b{n}", "203.0.113.9"))
        except QueueError as error:
            assert error.code in (Code.SLOT_FULL, Code.SLOT_GONE, Code.TOO_MANY_REQUESTS)
    assert len(got) == share
    assert take(slots, "10:30", "2026-12-01", "elsewhere", "203.0.113.10")
    with slots.refuses(Code.TOO_MANY_REQUESTS):
        take(slots, "10:30", "2026-12-01", "new", "203.0.113.9")
    slots.do(HOLDER, own_booking.give_back, got[0].id)
    assert take(slots, "10:30", "2026-12-02", "new", "203.0.113.9")
    slots.later(days=1)
    slots.do(WATI, day.open_day)
    assert take(slots, "10:30", "2026-12-03", "newer", "203.0.113.9")
    with slots.reader.connect() as conn, conn.begin():
        rows = bookings.of_address(conn, SITE, "", SERVICE)
    assert rows == 0


def test_a_browser_has_two_and_no_more(slots):
    one = take(slots, "09:00")
    take(slots, "09:30")
    with slots.refuses(Code.BOOKINGS_HELD):
        take(slots, "10:00")
    slots.do(HOLDER, own_booking.give_back, one.id)
    assert take(slots, "10:00")


def test_a_place_is_given_back_once_and_never_after_somebody_has_come(slots):
    one, other = take(slots, "09:00"), take(slots, "09:30")
    assert slots.do(HOLDER, own_booking.give_back, one.id).ended == "holder"
    with slots.changes_nothing():
        slots.do(HOLDER, own_booking.give_back, one.id)
    begin(slots, f"{AHEAD} 09:00")
    with slots.refuses(Code.BOOKING_CANCELLED):
        come(slots, code(slots, one))
    come(slots, code(slots, other))
    with slots.refuses(Code.ILLEGAL_TRANSITION):
        slots.do(HOLDER, own_booking.give_back, other.id)
    assert used(slots) == 1
    assert slots.rows() == replay(slots.events())


def test_who_does_not_confirm_the_day_before_loses_the_place_when_the_day_begins(slots):
    """Booked on Monday for the Monday after: confirmed from Friday on, since nobody is here at the weekend."""
    on = "2026-11-30"
    kept, lost = take(slots, "09:00", on), take(slots, "09:30", on)
    assert not as_told(slots, kept)["may_confirm"]
    with slots.refuses(Code.ILLEGAL_TRANSITION):
        slots.do(HOLDER, own_booking.confirm, kept.id)
    begin(slots, "2026-11-27 08:00")
    said = as_told(slots, kept)
    assert (said["may_confirm"], said["confirm_until"]) == (True, "2026-11-30T00:00:00+07:00")
    assert slots.do(HOLDER, own_booking.confirm, kept.id).confirmed
    with slots.changes_nothing():
        slots.do(HOLDER, own_booking.confirm, kept.id)
    begin(slots, f"{on} 08:00")
    with slots.refuses(Code.BOOKING_CANCELLED):
        come(slots, code(slots, lost))
    assert slots.events("bookings_released")[-1].detail["places"] == [[on, SERVICE, 1]]
    assert (as_told(slots, lost)["ended"], used(slots, on)) == ("unconfirmed", 1)
    assert come(slots, code(slots, kept)).class_ == "booked"
    assert slots.rows() == replay(slots.events())


def test_what_is_booked_the_day_before_needs_no_further_word(slots):
    assert take(slots, "09:00").confirmed
    assert not take(slots, "09:00", "2026-11-26").confirmed


def test_nobody_loses_a_place_because_the_hall_stood_still_while_they_could_have_confirmed(slots):
    one = take(slots, "09:00", "2026-11-26")
    begin(slots, "2026-11-26 08:30")  # dark since Monday
    assert come(slots, code(slots, one)).class_ == "booked"


def test_who_does_not_come_has_missed_it_and_the_place_is_free(slots):
    one = take(slots, "09:00")
    begin(slots, f"{AHEAD} 09:31")
    slots.do(SYSTEM, ripening.ripen)
    assert (as_told(slots, one)["state"], used(slots)) == ("missed", 0)
    with slots.refuses(Code.TOO_LATE):
        come(slots, code(slots, one))
    with slots.refuses(Code.ILLEGAL_TRANSITION):
        slots.do(HOLDER, own_booking.give_back, one.id)


def test_a_list_and_the_hall_s_own_slots_live_together(slots):
    own = take(slots, "09:00")
    book_list(slots, line("09:00", code(slots, own), on=AHEAD), line("09:10", "22223333", on=AHEAD))  # even its code
    assert (seen(slots)["09:00"], used(slots)) == (0, 3)
    book_list(slots, line("10:00", "44445555", 2, on=AHEAD))  # replaces the list, and nothing but it
    assert (seen(slots)["09:00"], seen(slots)["10:00"], used(slots)) == (1, 0, 3)
    assert as_told(slots, own)["state"] == "booked"
    found = slots.read(lambda view: of_day(view, WATI, date.fromisoformat(AHEAD)))
    assert (found["services"][0]["booked"], found["services"][0]["given_back"]) == (2, 2)
    begin(slots, f"{AHEAD} 09:00")
    assert come(slots, code(slots, own)).class_ == "booked"
    (row,) = [one for one in slots.read(hall_document)["services"] if one["id"] == SERVICE]
    assert (row["bookings"]["came"], row["bookings"]["to_come"]) == (1, 1)
    assert slots.rows() == replay(slots.events())


def test_a_slot_whose_hours_went_is_told_and_its_place_is_still_to_give_back(slots):
    one = take(slots, "11:00")
    assert not as_told(slots, one)["gone"]
    short = SlotRule(30, ((time(8), time(10)),), capacity=2, lead_minutes=30)
    hours = {day: ((time(8), time(10)),) for day in ("mon", "tue", "wed", "thu", "fri")}
    open_slots(slots, short, hours=hours)
    assert as_told(slots, one)["gone"]
    found = slots.read(lambda view: of_day(view, WATI, date.fromisoformat(AHEAD)))
    assert [row["gone"] for row in found["bookings"]] == [True]
    with slots.refuses(Code.SLOT_GONE):
        take(slots, "11:00", browser="two")
    slots.do(HOLDER, own_booking.give_back, one.id)
    assert used(slots) == 0
    assert slots.rows() == replay(slots.events())


def test_a_service_that_went_leaves_its_holders_their_page(slots):
    one = take(slots, "09:00")
    slots.stop()
    slots.start(**without(slots.site, SERVICE))
    assert as_told(slots, one)["gone"]
    begin(slots, f"{AHEAD} 09:00")
    with slots.refuses(Code.SERVICE_CLOSED, service=SERVICE, reason="not_today"):
        come(slots, code(slots, one))
    assert slots.do(HOLDER, own_booking.give_back, one.id).given_back


def test_a_closed_day_and_an_interruption_take_today_s_slots(slots):
    assert "10:00" in seen(slots, MONDAY)
    begun = slots.do(WATI, interrupting.begin, {"service": SERVICE}, "power", issuing="stop")
    assert seen(slots, MONDAY) == {}
    assert seen(slots)["10:00"] == 2
    with slots.refuses(Code.SLOT_GONE):
        take(slots, "10:00", MONDAY)
    slots.do(WATI, interrupting.end, begun.id)
    assert "10:00" in seen(slots, MONDAY)
    slots.do(WATI, day.close_day)
    assert seen(slots, MONDAY) == {}


def test_by_a_clock_that_is_lost_nothing_is_booked_and_everybody_may_confirm(slots):
    one = take(slots, "09:00", "2026-11-26")
    slots.now = at("1970-01-01 00:10")
    assert seen(slots) == {}
    with slots.refuses(Code.SLOT_GONE):
        take(slots, "09:30", browser="two")
    assert slots.do(HOLDER, own_booking.confirm, one.id).confirmed


def test_eight_digits_that_somebody_has_are_given_to_nobody_else(slots, monkeypatch):
    drawn = iter(["11112222", "11112222", "33334444", *["33334444"] * 100])
    monkeypatch.setattr(own_booking, "own_code", lambda secret, id: digits.setdefault(id, next(drawn)))
    digits: dict[str, str] = {}
    first, second = take(slots, "09:00"), take(slots, "09:00", browser="two")
    assert (digits[first.id], digits[second.id]) == ("11112222", "33334444")
    with slots.refuses(Code.BUSY):
        take(slots, "10:00", browser="three")


def test_a_booking_that_there_is_not_is_not_found(slots):
    for act in (own_booking.confirm, own_booking.give_back):
        with slots.refuses(Code.NOT_FOUND):
            slots.do(HOLDER, act, "nobody's")


def test_more_people_than_the_hall_takes_together_are_refused(slots):
    with slots.refuses(Code.GROUP_TOO_LARGE):
        take(slots, "09:00", people=2)


def test_no_code_link_browser_or_address_lies_in_the_data_folder(slots):
    one = take(slots, "09:00", browser="a-browser-of-mine", address="203.0.113.77")
    secrets = [code(slots, one), own_token(slots.perform.secret, one.id), "a-browser-of-mine", "203.0.113.77"]
    slots.stop()
    for file in slots.folder.rglob("*"):
        text = file.read_bytes() if file.is_file() else b""
        assert not any(secret.encode() in text for secret in secrets), file
    slots.start()


def test_a_list_is_read_over_a_day_that_is_full_of_own_bookings(slots):
    """People of a list will come whatever the page has given: they are refused nobody."""
    take(slots, "09:00"), take(slots, "09:00", browser="two")
    done = book_list(slots, line("09:00", "99998888", 3, on=AHEAD))
    assert (done.lists[0].added, used(slots), seen(slots)["09:00"]) == (1, 5, 0)
    assert isinstance(done, importing.Imported)
