"""A number is issued or refused: quota, hours, classes; a refusal for hours or quota is kept as unmet demand."""

from contextlib import contextmanager
from dataclasses import replace

import pytest

from queue_server.commands import day, officer, visitor
from queue_server.domain.errors import Code, QueueError
from queue_server.domain.roles import Actor, Role
from queue_server.queries.site import site_info
from tests.world.hall import ASEP, DEDI, KIOSK, RATNA, SARI, SITE, WATI
from tests.world.values import at


@contextmanager
def turned_away(hall, code, reason):
    """What happens inside is refused and kept as demand: one event, one revision, nothing else."""
    before = hall.marks()
    with pytest.raises(QueueError) as caught:
        yield caught
    assert (caught.value.code, caught.value.details["reason"]) == (code, reason)
    assert hall.marks() == (before[0] + 1, before[1] + 1)
    event = hall.events()[-1]
    assert (event.kind, event.ticket, event.detail["code"]) == ("refused", None, code.value)
    assert hall.told[-1].events == [event], "it is told like any other change"


def left(hall, service, class_):
    """Numbers left today."""
    services = {s["id"]: s for s in hall.read(site_info)["services"]}
    return services[service]["quota_left"][class_]


def test_numbers_of_a_series_start_at_1_and_its_classes_share_it(hall):
    """I-1"""
    numbers = [hall.issue("skck-baru", c).number for c in ("regular", "priority", "regular")]
    assert numbers == ["A001", "A002", "A003"]
    assert hall.issue("skck-perpanjangan").number == "Q001"


def test_a_refused_issue_takes_no_number(hall):
    """I-1: without gap"""
    hall.issue("ktp-cetak")
    with hall.refuses(Code.CLASS_NOT_OFFERED):
        hall.issue("ktp-cetak", "booked")
    hall.now = at("2026-11-23 15:10")
    with turned_away(hall, Code.SERVICE_CLOSED, "after_cutoff"):
        hall.issue("ktp-cetak")
    assert [t.number for t in hall.tickets()] == ["J001"]
    assert hall.rows().series == {("ktp-cetak", hall.row().day): 2}


@pytest.mark.parametrize(
    ("when", "service", "reason"),
    [
        pytest.param("2026-11-30 07:59:59", "ktp-cetak", "not_yet", id="before eight"),
        pytest.param("2026-11-23 15:00", "ktp-cetak", "after_cutoff", id="half an hour before closing"),
        pytest.param("2026-11-23 15:30", "ktp-cetak", "closed", id="after closing"),
        pytest.param("2026-11-23 09:00", "paspor-pengambilan", "not_yet", id="a service with hours of its own"),
        pytest.param("2026-11-23 09:00", "pelayanan-ham", "not_today", id="a service on Wednesdays only"),
        pytest.param("2026-11-28 09:00", "ktp-cetak", "not_today", id="Saturday"),
        pytest.param("2026-12-25 09:00", "ktp-cetak", "holiday", id="Christmas"),
    ],
)
def test_outside_its_hours_a_service_turns_visitors_away(hall, when, service, reason):
    for moment in (hall.now + (at(when) - hall.now) / 2, at(when)):  # after a month's silence no clock is believed
        hall.now = moment
        hall.do(WATI, lambda tx: None)  # a new day opens first
    with turned_away(hall, Code.SERVICE_CLOSED, reason):
        hall.issue(service)


def test_a_full_quota_turns_visitors_away_and_other_classes_go_on(make_hall):
    hall = make_hall()
    services = dict(hall.site.services)
    services["skck-baru"] = replace(services["skck-baru"], quota={"regular": 2}, quota_total=None, quota_reserved={})
    hall.start(services=services)
    assert left(hall, "skck-baru", "regular") == 2
    hall.issue("skck-baru"), hall.issue("skck-baru")
    with turned_away(hall, Code.QUOTA_FULL, "quota_full"):
        hall.issue("skck-baru")
    assert (left(hall, "skck-baru", "regular"), left(hall, "skck-baru", "priority")) == (0, None)
    assert hall.issue("skck-baru", "priority").number == "A003"


def test_what_is_kept_for_priority_nobody_else_takes_and_who_comes_too_late_hears_when_to_come(make_hall):
    hall = make_hall()
    services = dict(hall.site.services)
    services["skck-baru"] = replace(services["skck-baru"], quota={}, quota_total=3, quota_reserved={"priority": 1})
    hall.start(services=services)
    assert (left(hall, "skck-baru", "regular"), left(hall, "skck-baru", "priority")) == (2, 3)
    hall.issue("skck-baru"), hall.issue("skck-baru")
    assert (left(hall, "skck-baru", "regular"), left(hall, "skck-baru", "priority")) == (0, 1)
    with pytest.raises(QueueError) as refused:
        hall.issue("skck-baru")
    assert refused.value.details["opens_at"] == "2026-11-24T08:00:00+07:00"
    assert refused.value.details["class"] == "regular", "the others still have numbers"
    hall.issue("skck-baru", "priority")
    with turned_away(hall, Code.QUOTA_FULL, "quota_full") as refused:
        hall.issue("skck-baru", "priority")
    assert "class" not in refused.value.details, "nobody has one"
    shown = next(s for s in hall.read(site_info)["services"] if s["id"] == "skck-baru")
    assert (shown["open"], shown["quota_total_left"], shown["numbers_again_at"]) == (
        False,
        0,
        "2026-11-24T08:00:00+07:00",
    )


@pytest.fixture
def tight(make_hall):
    """One regular number a day at skck-baru, one at skck-perpanjangan; Asep sits at counter 10."""
    hall = make_hall()
    services = dict(hall.site.services)
    for id in ("skck-baru", "skck-perpanjangan"):
        services[id] = replace(services[id], quota={"regular": 1}, quota_total=None, quota_reserved={})
    services["perizinan"] = replace(services["perizinan"], classes=("regular",))
    hall.start(services=services)
    hall.do(ASEP, officer.open_counter, "10")
    return hall


def test_a_ticket_cancelled_before_its_first_call_gives_its_quota_back(tight):
    ticket = tight.issue("skck-baru")
    tight.do(Actor("visitor", Role.VISITOR.only, frozenset({SITE})), visitor.cancel_own, ticket.id)
    assert left(tight, "skck-baru", "regular") == 1
    assert tight.issue("skck-baru").number == "A002", "but never its number"


@pytest.mark.parametrize(
    "ending",
    [
        pytest.param(lambda h: h.do(ASEP, officer.no_show, "10"), id="a no-show"),
        pytest.param(lambda h: h.do(ASEP, officer.cancel, "10", "salah"), id="a cancellation after the call"),
        pytest.param(
            lambda h: (h.do(ASEP, officer.hold, "10"), h.do(ASEP, officer.cancel, "10", "salah", "A001")),
            id="a cancellation from hold",
        ),
    ],
)
def test_what_was_called_once_gives_nothing_back(tight, ending):
    tight.issue("skck-baru")
    tight.do(ASEP, officer.call_next, "10")
    ending(tight)
    assert left(tight, "skck-baru", "regular") == 0


def test_an_undone_call_counts_as_never_called_so_its_cancellation_gives_back(tight):
    tight.issue("skck-baru")
    tight.do(ASEP, officer.call_next, "10")
    tight.do(ASEP, officer.undo, "10")
    tight.do(ASEP, officer.cancel, "10", "salah", "A001")
    assert left(tight, "skck-baru", "regular") == 1


def test_a_transfer_takes_a_place_of_its_target_and_none_where_the_visitor_has_one(tight):
    tight.issue("skck-baru")
    tight.do(ASEP, officer.call_next, "10")
    tight.do(ASEP, officer.transfer, "10", "skck-perpanjangan")
    assert left(tight, "skck-perpanjangan", "regular") == 0
    assert left(tight, "skck-baru", "regular") == 0, "the first place stays taken"
    tight.do(ASEP, officer.call_next, "10")
    assert tight.at_hand("10") == "A001"
    tight.do(ASEP, officer.transfer, "10", "skck-perpanjangan")
    assert left(tight, "skck-perpanjangan", "regular") == 0, "to the same service it takes nothing"
    tight.do(ASEP, officer.call_next, "10")
    tight.do(ASEP, officer.transfer, "10", "skck-baru")  # full, but of the visitor's own place


def test_a_transfer_to_a_service_that_others_have_filled_is_refused_without_an_event(tight):
    tight.issue("skck-baru")
    tight.do(ASEP, officer.call_next, "10")
    tight.issue("skck-perpanjangan")
    with tight.refuses(Code.QUOTA_FULL):
        tight.do(ASEP, officer.transfer, "10", "skck-perpanjangan")


def test_a_transfer_ignores_hours_agency_and_kiosk_but_not_classes(tight):
    tight.issue("skck-baru", "priority")
    tight.do(ASEP, officer.call_next, "10")
    with tight.refuses(Code.CLASS_NOT_OFFERED):
        tight.do(ASEP, officer.transfer, "10", "perizinan")
    with tight.refuses(Code.UNKNOWN_SERVICE):
        tight.do(ASEP, officer.transfer, "10", "sulap")
    for wish in ("99", "8"):
        with tight.refuses(Code.UNKNOWN_COUNTER):
            tight.do(ASEP, officer.transfer, "10", "paspor-pengambilan", wish)
    tight.do(ASEP, officer.transfer, "10", "pelayanan-ham", confirm=True)  # another agency's, closed on Mondays
    assert tight.tickets()[0].service == "pelayanan-ham"
    tight.issue("skck-baru", "priority")
    tight.do(ASEP, officer.call_next, "10")
    tight.do(ASEP, officer.transfer, "10", "paspor-wawancara", "2", confirm=True)  # a service that no kiosk gives
    assert tight.tickets()[1].service == "paspor-wawancara"


@pytest.mark.parametrize(
    ("who", "service", "class_", "code"),
    [
        pytest.param(KIOSK, "paspor-wawancara", "regular", Code.NOT_AT_KIOSK, id="a kiosk asks for a staff service"),
        pytest.param(KIOSK, "sulap", "regular", Code.UNKNOWN_SERVICE, id="no such service"),
        pytest.param(KIOSK, "ktp-cetak", "booked", Code.CLASS_NOT_OFFERED, id="a class the service lacks"),
        pytest.param(ASEP, "ktp-cetak", "regular", Code.FORBIDDEN, id="an officer of another agency"),
        pytest.param(
            replace(KIOSK, sites=frozenset({"pandeglang"})), "ktp-cetak", "regular", Code.FORBIDDEN, id="another mall's"
        ),
        pytest.param(
            replace(KIOSK, sites=frozenset({"pandeglang"})), "npwp", "regular", Code.FORBIDDEN, id="with its service"
        ),
        pytest.param(
            replace(KIOSK, sites=frozenset({"pandeglang"})), "paspor-wawancara", "regular", Code.FORBIDDEN, id="first"
        ),
    ],
)
def test_who_may_not_issue_leaves_nothing(hall, who, service, class_, code):
    with hall.refuses(code):
        hall.issue(service, class_, by=who)


@pytest.mark.parametrize("who", [RATNA, WATI], ids=lambda who: who.role.value)
def test_staff_may_issue_what_a_kiosk_may_not(hall, who):
    assert hall.issue("paspor-wawancara", "booked", by=who).number == "K001"


def test_a_class_left_out_of_the_order_is_not_offered(make_hall):
    hall = make_hall(order={"priority": 2, "regular": 1})
    with hall.refuses(Code.CLASS_NOT_OFFERED):
        hall.issue("paspor-wawancara", "booked", by=WATI)


def test_a_day_closed_by_the_supervisor_turns_visitors_away(hall):
    hall.do(WATI, day.close_day)
    with turned_away(hall, Code.SERVICE_CLOSED, "day_closed"):
        hall.issue("ktp-cetak")


def test_an_issue_keeps_order_by_revision_even_when_the_clock_goes_back(hall):
    first = hall.issue("ktp-cetak")
    hall.later(hours=-1)
    second = hall.issue("ktp-cetak")
    hall.do(DEDI, officer.open_counter, "6")
    hall.do(DEDI, officer.call_next, "6")
    assert (hall.at_hand("6"), second.arrival > first.arrival) == (first.number, True)
    assert second.issued_at < first.issued_at
    assert hall.events("issued")[-1].clock_suspect
    assert SARI.id not in {t.officer for t in hall.tickets()}


def test_who_gives_up_a_ticket_that_is_not_there_is_told_so(hall):
    visitor_ = Actor("visitor", Role.VISITOR.only, frozenset({SITE}))
    with hall.refuses(Code.NOT_FOUND):
        hall.do(visitor_, visitor.cancel_own, "00000000-0000-7000-8000-000000000000")
