"""Booked places: read in by lists, taken at the door by a code, by the rule that is published."""

import io
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from queue_server.booking_lists import read_list
from queue_server.commands import checking_in, day, importing, officer, ripening, visitor
from queue_server.domain.errors import Code, QueueError
from queue_server.domain.replay import replay
from queue_server.domain.roles import SYSTEM
from queue_server.domain.times import intervals
from queue_server.queries.desk import desk
from queue_server.queries.hall import hall as hall_document
from queue_server.queries.reasons import reasoned_acts
from queue_server.queries.ticket import ticket as ticket_document
from queue_server.queries.waits import Waits, queue
from queue_server.reports import export
from queue_server.reports.measures import today
from queue_server.reports.report_csv import BOOKED
from queue_server.store import numbers
from tests.world.hall import KIOSK, RATNA, SARI, SITE, TUTI, WATI
from tests.world.hall import officer as member
from tests.world.values import at

SERVICE, AHEAD = "paspor-wawancara", "2026-11-24"
MONDAY = "2026-11-23"


def listed(*lines: str, head: str = "date,time,service,code,people") -> object:
    return read_list("\n".join([head, *lines]).encode())


def book(hall, *lines: str, by=TUTI):
    return hall.do(by, importing.import_bookings, listed(*lines))


def line(time: str, code: str, people: int = 1, on: str = MONDAY, service: str = SERVICE) -> str:
    return f"{on},{time},{service},{code},{people}"


def come(hall, code: str, by=KIOSK, reason=None):
    return hall.do(by, checking_in.check_in, code, None, reason)


def used(hall, on: str = MONDAY, service: str = SERVICE) -> int:
    with hall.reader.connect() as conn, conn.begin():
        return numbers.used(conn, SITE, date.fromisoformat(on), service).get(service, {}).get("booked", 0)


def ripen(hall):
    hall.do(SYSTEM, ripening.ripen)


def test_who_comes_in_time_gets_a_number_of_the_booked_class(hall):
    book(hall, line("09:00", "4821 7306", 2))
    came = come(hall, "48217306")
    assert (came.number[0], came.class_, came.people, came.early) == ("K", "booked", 2, False)
    assert hall.rows() == replay(hall.events())


def test_the_same_code_again_is_the_same_ticket_and_changes_nothing(hall):
    book(hall, line("09:00", "48217306"))
    first = come(hall, "4821-7306")
    with hall.changes_nothing():
        assert come(hall, " 4821 7306", by=TUTI) == hall.ticket(first)


@pytest.mark.parametrize(
    ("now", "slot", "code"),
    [
        ("08:05", "09:30", None),
        ("09:00", "09:30", None),
        ("10:00", "09:30", None),
        ("10:00:01", "09:30", Code.TOO_LATE),
        ("07:59", "09:30", Code.TOO_EARLY),
    ],
)
def test_the_rule_of_the_door(hall, now, slot, code):
    book(hall, line(slot, "48217306"))
    hall.now = at(f"{MONDAY} {now}") if len(now) == 5 else at(f"{MONDAY} {now[:5]}").replace(second=int(now[6:]))
    if code is None:
        came = come(hall, "48217306")
        assert came.early == (now == "08:05")
    else:
        with hall.refuses(code):
            come(hall, "48217306")


def test_who_comes_on_another_day_is_told_when(hall):
    book(hall, line("09:30", "48217306", on=AHEAD))
    with pytest.raises(QueueError) as caught:
        come(hall, "48217306")
    assert caught.value.code is Code.TOO_EARLY
    assert datetime.fromisoformat(caught.value.details["from"]).astimezone(UTC) == at(f"{AHEAD} 08:00").astimezone(UTC)


def test_who_comes_early_sits_down_and_is_not_called_before(hall):
    book(hall, line("11:00", "48217306"), line("09:00", "99990000"))
    hall.do(RATNA, officer.open_counter, "2")
    early = come(hall, "48217306")
    assert early.early
    told = hall.read(lambda view: ticket_document(view, early))
    assert (told["ahead"], told["estimate"], told["callable_from"][11:16]) == (None, None, "03:30")
    with hall.changes_nothing():
        hall.do(RATNA, officer.call_next, "2")
    with hall.refuses(Code.TOO_EARLY):
        hall.do(RATNA, officer.call, "2", early.number, "sudah di sini")
    regular = hall.issue(SERVICE, by=TUTI)
    assert hall.read(lambda view: (Waits(view).ahead(regular), Waits(view).count(SERVICE))) == (0, 1)
    assert hall.read(lambda view: queue(view, SERVICE))["order"] == [regular.number]
    hall.now = at(f"{MONDAY} 10:30")
    ripen(hall)
    assert hall.read(lambda view: queue(view, SERVICE))["order"] == [early.number, regular.number]
    assert hall.last(2) == ["callable", "bookings_missed"]
    assert hall.rows() == replay(hall.events())


def test_a_call_asks_the_time_itself(hall):
    book(hall, line("11:00", "48217306"))
    hall.do(RATNA, officer.open_counter, "2")
    early = come(hall, "48217306")
    hall.now = at(f"{MONDAY} 10:30")
    hall.do(RATNA, officer.call_next, "2")
    assert hall.at_hand("2") == early.number
    assert hall.last(2) == ["callable", "called"]
    hall.do(RATNA, officer.undo, "2")
    assert hall.ticket(early).in_line
    assert hall.rows() == replay(hall.events())


def test_what_is_known_goes_on_when_somebody_comes_in_line(hall):
    """The documents that a process keeps are those that are read anew."""
    book(hall, line("11:00", "48217306", 3))
    hall.do(RATNA, officer.open_counter, "2")
    early, other = come(hall, "48217306"), hall.issue(SERVICE, by=TUTI)

    def told(view):
        return queue(view, SERVICE), desk(view, "2")["waiting"], Waits(view).people_waiting(SERVICE)

    hall.read(told)
    hall.now = at(f"{MONDAY} 10:31")
    ripen(hall)
    kept = hall.read(told)
    hall.stop(), hall.start()
    assert hall.read(told) == kept
    assert kept[0]["order"] == [early.number, other.number]


def test_who_comes_too_late_is_let_in_by_the_front_desk_with_a_reason(hall):
    book(hall, line("09:00", "48217306"))
    hall.now = at(f"{MONDAY} 09:45")
    with pytest.raises(QueueError) as caught:
        come(hall, "48217306")
    assert caught.value.details["alternatives"] == ["front_desk"]  # a kiosk gives no number of it
    with pytest.raises(QueueError) as caught:
        come(hall, "48217306", by=TUTI)
    assert caught.value.details["alternatives"] == ["regular", "priority", "front_desk"]
    with hall.refuses(Code.TOO_LATE):
        come(hall, "48217306", reason="macet")  # a kiosk has no say
    ripen(hall)
    assert (hall.last(1), used(hall)) == (["bookings_missed"], 0)
    late = come(hall, "48217306", TUTI, "ban bocor")
    assert (late.class_, used(hall)) == ("booked", 1)
    assert hall.events("issued")[-1].detail["booking"]["late"]
    assert hall.rows() == replay(hall.events())


def test_a_place_is_taken_when_booked_and_given_back_when_released(hall):
    book(hall, line("09:00", "11112222", 2), line("09:30", "33334444"))
    assert used(hall) == 3
    first, second = come(hall, "11112222"), come(hall, "33334444")
    assert used(hall) == 3
    hall.do(KIOSK, lambda tx: visitor.cancel_own(tx, first.id))
    assert used(hall) == 1
    book(hall, line("10:00", "55556666"))  # replaces; whoever has checked in stays
    assert (used(hall), hall.ticket(second).state.value) == (2, "waiting")
    assert hall.rows() == replay(hall.events())


def test_check_in_is_never_refused_for_a_quota(hall):
    quota = hall.site.services[SERVICE].quota["booked"]
    book(hall, *(line("09:00", f"7000{n:04d}") for n in range(quota + 2)))
    assert used(hall) == quota + 2
    for n in range(quota + 2):
        come(hall, f"7000{n:04d}")
    assert used(hall) == quota + 2


def test_a_later_list_replaces_and_the_same_changes_nothing(hall):
    lines = [line("09:00", "11112222"), line("09:30", "33334444"), line("10:00", "55556666")]
    book(hall, *lines)
    with hall.changes_nothing():
        assert [one.unchanged for one in book(hall, *lines).lists] == [3]
    done = book(hall, lines[0], line("10:30", "33334444"), line("11:00", "77778888")).lists[0]
    assert (done.added, done.changed, done.gone, done.unchanged) == (1, 1, 1, 1)
    with hall.refuses(Code.BOOKING_CANCELLED):
        come(hall, "55556666")
    back = book(hall, *lines).lists[0]
    assert (back.added, back.changed, back.gone) == (0, 2, 1)
    assert used(hall) == 3
    assert hall.last(1) == ["bookings_imported"]
    assert hall.rows() == replay(hall.events())


def test_every_fault_of_a_list_is_told_by_its_line_and_nothing_is_done(hall):
    lines = [
        line("09:00", "11112222"),
        line("09:00", "22223333", on="2026-11-20"),
        line("25:00", "33334444"),
        line("09:00", "44445555", service="tidak-ada"),
        line("09:00", "55556666", service="ktp-cetak"),
        line("03:00", "66667777"),
        line("09:00", "77778888", on="2027-12-01"),
    ]
    before = hall.marks()
    with pytest.raises(QueueError) as caught:
        book(hall, *lines)
    found = [(one["line"], one["reason"]) for one in caught.value.details["problems"]]
    assert found == [
        (3, "date_past"),
        (4, "time_unknown"),
        (5, "unknown_service"),
        (6, "not_booked"),
        (7, "closed_then"),
        (8, "date_too_far"),
    ]
    assert hall.marks() == before


def test_a_list_of_another_agency_is_refused(hall):
    with hall.refuses(Code.FORBIDDEN):
        book(hall, line("09:00", "11112222"), by=member("udin", "dukcapil", TUTI.role))
    with hall.refuses(Code.FORBIDDEN):
        book(hall, line("09:00", "11112222"), by=SARI)


def test_the_end_of_a_day_releases_what_nobody_came_for_and_seven_service_days_later_the_codes(hall):
    book(hall, line("14:00", "11112222"), line("09:00", "33334444", on=AHEAD))
    hall.now = at(f"{AHEAD} 09:00")
    with pytest.raises(QueueError) as caught:
        come(hall, "11112222")
    assert caught.value.code is Code.TOO_LATE
    assert "front_desk" not in caught.value.details["alternatives"]
    come(hall, "33334444")
    assert (used(hall), used(hall, AHEAD)) == (0, 1)
    for _ in range(7):
        hall.later(days=1)
        hall.do(WATI, day.open_day)
    with hall.refuses(Code.TOO_LATE):
        come(hall, "33334444")
    hall.later(days=1)
    hall.do(WATI, day.open_day)
    with hall.refuses(Code.UNKNOWN_BOOKING):
        come(hall, "33334444")
    assert hall.rows() == replay(hall.events())


def test_an_unknown_code_is_nobody_s(hall):
    with hall.refuses(Code.UNKNOWN_BOOKING):
        come(hall, "12345678")


def test_no_code_lies_in_the_data_folder(hall):
    book(hall, line("09:00", "RAHASIA77"))
    come(hall, "RAHASIA77")
    for file in hall.folder.rglob("*"):
        assert not file.is_file() or b"RAHASIA77" not in file.read_bytes().upper(), file


def test_the_report_and_the_export_count_who_booked_and_came(hall):
    book(hall, *(line(slot, f"{n}1112222") for n, slot in enumerate(["09:00", "09:00", "11:00", "08:00", "15:00"])))
    come(hall, "01112222"), come(hall, "21112222")
    ripen(hall)
    come(hall, "31112222", TUTI, "ban bocor")
    book(hall, *(line(slot, f"{n}1112222") for n, slot in enumerate(["09:00", "09:00", "11:00", "08:00"])))
    (row,) = [one for one in hall.read(today)["bookings"] if one["booked"]]
    assert {key: row[key] for key in BOOKED} == {
        **{"booked": 4, "came": 3, "came_late": 1, "missed": 0, "given_back": 1, "to_come": 1}
    }
    assert [one["reason"] for one in hall.read(reasoned_acts)] == ["ban bocor"]
    (service,) = [one for one in hall.read(hall_document)["services"] if one["id"] == SERVICE]
    assert (service["bookings"]["came"], service["early"]) == (3, 1)
    file, days = io.StringIO(), (date(2026, 11, 23), date(2026, 11, 23))
    assert export.booked(hall.reader, SITE, hall.site.timezone, *days, file) == 5
    assert file.getvalue().splitlines()[1] == f"{MONDAY},08:00,{SERVICE},1,checked_in,1,K003"


def test_an_early_visitor_s_wait_is_counted_from_when_they_can_be_called(hall):
    book(hall, line("11:00", "48217306"))
    hall.do(RATNA, officer.open_counter, "2")
    early = come(hall, "48217306")
    hall.now = at(f"{MONDAY} 10:30")
    ripen(hall)
    hall.later(minutes=5)
    hall.do(RATNA, officer.call_next, "2")
    stays = intervals([e for e in hall.events() if e.ticket == early.id])
    assert [(one.kind, one.seconds() / 60) for one in stays if one.end] == [("early", 90), ("wait", 5)]


def test_a_kiosk_gives_the_booked_class_by_check_in_alone_and_staff_may_say_why(make_hall, hall):
    declared = hall.settings.sites[SITE].services
    at_kiosks = {**declared, SERVICE: replace(declared[SERVICE], kiosk=True)}
    open_to_all = make_hall(services=at_kiosks)
    with open_to_all.refuses(Code.CLASS_NOT_OFFERED):
        open_to_all.issue(SERVICE, "booked", by=KIOSK)
    assert open_to_all.issue(SERVICE, "regular", by=KIOSK).class_ == "regular"
    book(open_to_all, line("09:00", "48217306"))
    assert come(open_to_all, "48217306").class_ == "booked"
    told = open_to_all.do(TUTI, visitor.issue, SERVICE, "booked", reason="Daftar belum masuk")
    assert told.class_ == "booked"
    assert [act["reason"] for act in open_to_all.read(reasoned_acts)] == ["Daftar belum masuk"]
    no_lists = {**declared, SERVICE: replace(declared[SERVICE], kiosk=True, booking=None)}
    assert make_hall(services=no_lists).issue(SERVICE, "booked", by=KIOSK).class_ == "booked", "as part 1 has it"


def test_the_officer_sees_who_sits_early_and_from_when_they_may_be_called(hall):
    book(hall, line("11:00", "48217306"))
    came = come(hall, "48217306")
    hall.do(RATNA, officer.open_counter, "2")
    seen = hall.read(lambda view: desk(view, "2"))
    assert seen["early"] == [
        {"number": came.number, "service": SERVICE, "callable_from": came.callable_from.isoformat()}
    ]
    assert seen["upcoming"] == [] and sum(one["count"] for one in seen["waiting"]) == 0
    hall.now = came.callable_from
    ripen(hall)
    seen = hall.read(lambda view: desk(view, "2"))
    assert seen["early"] == [] and [one["number"] for one in seen["upcoming"]] == [came.number]


def test_a_code_brings_the_language_in_which_it_was_typed(hall):
    book(hall, line("09:00", "48217306"))
    assert hall.do(KIOSK, checking_in.check_in, "48217306", "en").language == "en"


def test_nobody_is_let_in_while_the_hall_is_shut(hall):
    book(hall, line("09:00", "48217306"))
    hall.do(WATI, day.close_day)
    with hall.refuses(Code.SERVICE_CLOSED, service=SERVICE):
        come(hall, "48217306")
