"""Carry-over: whoever still waits when a hall gives up has a place at the front of the next service day."""

from datetime import date, timedelta

import pytest

from queue_server.commands import carrying, day, escorting, helping, interrupting, officer, visitor
from queue_server.domain.errors import Code
from queue_server.domain.hours import HORIZON_DAYS
from queue_server.domain.roles import Role
from queue_server.domain.site import Holiday
from queue_server.queries import finding
from queue_server.store import numbers
from tests.world.hall import RATNA, SARI, TUTI, WATI, Hall, without
from tests.world.hall import officer as staff
from tests.world.values import at

TUESDAY = date(2026, 11, 24)
WHY = "Listrik padam sampai sore"


@pytest.fixture
def dark(hall: Hall) -> Hall:
    """Three people wait for a card, one of them with a right to go first, a family of four; then the power fails."""
    hall.issue("ktp-cetak")
    hall.issue("ktp-cetak", "priority")
    hall.issue("ktp-cetak", by=TUTI, people=4)
    hall.do(WATI, interrupting.begin, {}, "power")
    return hall


def give_up(hall: Hall, **more):
    return hall.do(WATI, carrying.carry_over, WHY, **more)


def waiting(hall: Hall) -> list[tuple[str, str, int]]:
    return [(t.number, t.class_, t.people) for t in hall.tickets() if t.state == "waiting"]


def morning(hall: Hall, moment: str = "2026-11-24 08:00") -> None:
    """Somebody does something at that moment of the next morning."""
    hall.now = at(moment)
    hall.do(SARI, officer.open_counter, "5")


def test_whoever_waits_has_a_place_at_the_front_of_the_next_day(dark: Hall):
    places = give_up(dark)
    assert [(p["service"], p["day"], p["numbers"], p["people"]) for p in places] == [("ktp-cetak", "2026-11-24", 3, 6)]
    olds = dark.tickets()
    assert {t.state for t in olds} == {"expired"} and {t.outcome for t in olds} == {"carried"}
    assert [t.carried_as for t in olds] == ["J001", "J002", "J003"] and {t.carried_to for t in olds} == {TUESDAY}
    morning(dark)
    dark.issue("ktp-cetak")
    assert waiting(dark) == [
        ("J001", "regular", 1),
        ("J002", "priority", 1),
        ("J003", "regular", 4),
        ("J004", "regular", 1),
    ]
    news = [t for t in dark.tickets() if t.day == TUESDAY]
    assert [t.carried_from for t in news] == [*(t.id for t in olds), None]
    assert {t.issued_at for t in news} == {at("2026-11-24 08:00")}


def used(hall: Hall, on: date) -> int:
    """Places taken of a day's quota for a card."""
    with hall.reader.connect() as conn, conn.begin():
        return sum(numbers.used(conn, hall.id, on).get("ktp-cetak", {}).values())


def test_a_kept_place_is_one_of_the_next_day_s_before_it_opens_and_once(dark: Hall):
    give_up(dark)
    assert used(dark, TUESDAY) == 6
    morning(dark)
    assert used(dark, TUESDAY) == 6
    first = next(t for t in dark.tickets() if t.number == "J003" and t.day == TUESDAY)
    dark.do(staff("x", None, Role.VISITOR), visitor.cancel_own, first.id)
    assert used(dark, TUESDAY) == 2


@pytest.mark.parametrize("moment", ["2026-11-24 00:00", "2026-11-24 07:59"])
def test_nobody_is_let_in_before_the_hours_begin(dark: Hall, moment):
    give_up(dark)
    morning(dark, moment)
    assert waiting(dark) == []
    assert dark.row().carried


def test_whoever_is_set_aside_is_carried_and_whoever_is_at_a_counter_is_not(dark: Hall):
    dark.do(SARI, officer.open_counter, "5")
    dark.do(SARI, officer.call_next, "5")
    dark.do(SARI, officer.hold, "5")
    dark.do(SARI, officer.call_next, "5")
    give_up(dark)
    assert sorted(t.state for t in dark.tickets()) == ["called", "expired", "expired"]
    dark.do(SARI, officer.return_ticket, "5", None)
    give_up(dark)
    morning(dark)
    assert [number for number, _, _ in waiting(dark)] == ["J003", "J001", "J002"]  # as they came, whatever the number


def test_it_is_refused_without_an_interruption_or_anybody_waiting_or_on_a_closed_day(hall: Hall):
    hall.issue("ktp-cetak")
    with hall.refuses(Code.NOT_INTERRUPTED):
        give_up(hall)
    one = hall.do(WATI, interrupting.begin, {"agency": "imigrasi"}, "network")
    with hall.refuses(Code.NOT_INTERRUPTED, services=["ktp-cetak"]):
        give_up(hall, services=["ktp-cetak"])
    with hall.refuses(Code.NOBODY_WAITING):
        give_up(hall)
    with hall.refuses(Code.UNKNOWN_SERVICE):
        give_up(hall, services=["sim"])
    hall.do(WATI, interrupting.end, one.id)
    hall.issue("paspor-wawancara", by=TUTI)
    assert [p["service"] for p in give_up(hall)] == ["paspor-wawancara"]  # after it as well as while it lasts
    with hall.refuses(Code.NOBODY_WAITING):  # twice, or two supervisors at once
        give_up(hall)
    hall.do(WATI, day.close_day)
    with hall.refuses(Code.DAY_CLOSED):
        give_up(hall)


def test_only_a_supervisor_gives_up_and_only_for_their_own(dark: Hall):
    dark.issue("paspor-wawancara", by=TUTI)
    for who in (SARI, RATNA, TUTI):
        with dark.refuses(Code.FORBIDDEN):
            dark.do(who, carrying.carry_over, WHY)
    theirs = staff("lina", "imigrasi", Role.SUPERVISOR)
    with dark.refuses(Code.FORBIDDEN):
        dark.do(theirs, carrying.carry_over, WHY, ["ktp-cetak"])
    assert [p["service"] for p in dark.do(theirs, carrying.carry_over, WHY)] == ["paspor-wawancara"]


def test_a_holiday_on_the_next_day_moves_the_place_to_the_day_after(dark: Hall):
    dark.stop()
    dark.start(holidays={TUESDAY: Holiday(TUESDAY, "Hari Guru", closed=True)})
    assert {p["day"] for p in give_up(dark)} == {"2026-11-25"}


def test_a_holiday_that_is_declared_later_moves_the_place_on(dark: Hall):
    give_up(dark)
    dark.stop()
    dark.start(holidays={TUESDAY: Holiday(TUESDAY, "Hari Guru", closed=True)})
    morning(dark, "2026-11-24 09:00")
    assert waiting(dark) == [] and used(dark, TUESDAY) == 0
    assert {(t.carried_to, t.carried_as) for t in dark.tickets()} == {
        (date(2026, 11, 25), number) for number in ("J001", "J002", "J003")
    }
    morning(dark, "2026-11-25 08:00")
    assert [number for number, _, _ in waiting(dark)] == ["J001", "J002", "J003"]


def test_a_hall_that_stays_dark_all_the_next_day_lets_them_in_on_the_first_that_it_opens(dark: Hall):
    give_up(dark)
    morning(dark, "2026-11-25 09:30")
    assert [number for number, _, _ in waiting(dark)] == ["J001", "J002", "J003"]


def test_a_hall_that_comes_back_after_its_hours_keeps_the_places_for_the_next(dark: Hall):
    give_up(dark)
    morning(dark, "2026-11-24 19:00")
    assert waiting(dark) == []
    morning(dark, "2026-11-25 08:00")
    assert len(waiting(dark)) == 3


def test_a_day_that_is_closed_before_its_hours_moves_the_places_on(dark: Hall):
    give_up(dark)
    dark.now = at("2026-11-24 07:30")
    dark.do(WATI, day.close_day)
    assert {p["day"] for p in dark.row().carried} == {"2026-11-25"}


def test_numbers_that_are_opened_early_let_them_in_first(dark: Hall):
    give_up(dark)
    dark.now = at("2026-11-24 07:00")
    dark.do(WATI, day.open_numbers, "Petugas sudah datang")
    dark.issue("ktp-cetak")
    assert [number for number, _, _ in waiting(dark)] == ["J001", "J002", "J003", "J004"]


def test_whoever_was_carried_may_be_carried_again(dark: Hall):
    """Also before they were let in: the power is still out in the morning."""
    give_up(dark)
    morning(dark, "2026-11-24 07:30")
    dark.do(WATI, interrupting.begin, {}, "power")
    assert {(p["day"], p["since"]) for p in give_up(dark)} == {("2026-11-25", "2026-11-23")}
    morning(dark, "2026-11-25 08:00")
    dark.do(WATI, interrupting.begin, {}, "power")
    give_up(dark)
    morning(dark, "2026-11-26 08:00")
    assert [number for number, _, _ in waiting(dark)] == ["J001", "J002", "J003"]


def test_a_wish_to_be_guided_goes_on_with_the_place(dark: Hall):
    own = dark.tickets()[1]
    dark.do(TUTI, escorting.escort_number, own.number, True)
    give_up(dark)
    morning(dark)
    with dark.reader.connect() as conn, conn.begin():
        wanted = carrying.escorts.of_site(conn, dark.id)
    assert wanted == {t.id for t in dark.tickets() if t.carried_from == own.id}


def test_the_language_that_somebody_chose_goes_on_with_the_place(dark: Hall):
    own = dark.issue("ktp-cetak", language="su")
    give_up(dark)
    morning(dark)
    assert [t.language for t in dark.tickets() if t.carried_from == own.id] == ["su"]


def test_a_day_that_goes_on_after_its_end_shows_nobody_whose_wish_waits_with_a_place(dark: Hall):
    dark.do(TUTI, escorting.escort_number, dark.tickets()[1].number, True)
    give_up(dark)
    dark.do(WATI, day.close_day)
    dark.do(WATI, day.reopen_day)
    assert dark.read(lambda view: finding.escorted(view, TUTI)) == []


def test_a_kept_place_is_given_up_before_its_day_and_nobody_is_let_in_for_it(dark: Hall):
    give_up(dark)
    with dark.refuses(Code.FORBIDDEN):
        dark.do(SARI, helping.cancel_number, "J003", "Salah tekan")
    dark.do(TUTI, helping.cancel_number, "J003", "Tidak jadi datang")
    assert [(one["numbers"], one["people"]) for one in dark.row().carried] == [(2, 2)]
    assert used(dark, TUESDAY) == 2
    with dark.refuses(Code.ILLEGAL_TRANSITION):
        dark.do(TUTI, helping.cancel_number, "J003", "Tidak jadi datang")
    dark.do(TUTI, helping.cancel_number, "J001", "Tidak jadi datang")
    dark.do(WATI, helping.cancel_number, "J002", "Tidak jadi datang")
    assert dark.row().carried == [] and used(dark, TUESDAY) == 0
    morning(dark)
    dark.issue("ktp-cetak")
    assert waiting(dark) == [("J004", "regular", 1)]


def test_whoever_can_be_given_no_day_is_not_sent_home_without_a_place(dark: Hall):
    """The hall is closed for as long as anybody looks ahead."""
    shut = [dark.now.date() + timedelta(days=n) for n in range(1, HORIZON_DAYS + 3)]
    dark.stop()
    dark.start(holidays={day_: Holiday(day_, "Renovasi", closed=True) for day_ in shut})
    with dark.refuses(Code.NO_NEXT_DAY, services=["ktp-cetak"]):
        give_up(dark)
    assert len(waiting(dark)) == 3


def test_a_kept_place_of_a_service_that_is_no_more_is_given_when_the_hall_opens(dark: Hall):
    give_up(dark)
    dark.stop()
    dark.start(**without(dark.site, "ktp-cetak"))
    morning(dark)
    assert [number for number, _, _ in waiting(dark)] == ["J001", "J002", "J003"]


def test_a_place_is_not_given_up_any_more_once_its_holder_was_let_in(dark: Hall):
    own = dark.tickets()[0]
    give_up(dark)
    morning(dark)
    with dark.refuses(Code.ILLEGAL_TRANSITION):
        dark.do(TUTI, carrying.give_place_up, dark.ticket(own), "Tidak jadi datang")


def test_from_where_somebody_came_goes_on_with_the_place(dark: Hall):
    own = dark.issue("ktp-cetak", origin="360214")
    give_up(dark)
    morning(dark)
    [event] = [e for e in dark.events("issued") if e.detail.get("carried_from") == own.id]
    assert event.detail["origin"] == "360214"
