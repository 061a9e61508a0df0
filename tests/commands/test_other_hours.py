"""A pause between two periods, and dates of other hours and quotas, as commands and the site document keep them."""

from dataclasses import replace

import pytest

from queue_server.commands import day, officer, steering
from queue_server.domain.errors import Code, QueueError
from queue_server.domain.site import WEEKDAYS
from queue_server.queries.desk import desk
from queue_server.queries.site import site_info
from tests.world.hall import DEDI, SARI, WATI
from tests.world.values import at, hours, span

PRAYER = {"mon": hours("08:00-11:30", "13:00-15:30")}


def service(hall, id):
    """A service as the site document tells of it."""
    return next(s for s in hall.read(site_info)["services"] if s["id"] == id)


def test_in_a_pause_no_number_is_given_nothing_expires_and_who_waits_is_called(make_hall):
    hall = make_hall(hours=PRAYER)
    hall.do(SARI, officer.open_counter, "5")
    waiting = hall.issue("ktp-cetak")
    hall.now = at("2026-11-23 11:30")
    with pytest.raises(QueueError) as refused:
        hall.issue("ktp-cetak")
    assert (refused.value.code, refused.value.details["reason"]) == (Code.SERVICE_CLOSED, "pause")
    assert refused.value.details["opens_at"] == "2026-11-23T13:00:00+07:00"
    hall.now = at("2026-11-23 12:15")
    hall.do(WATI, lambda tx: None)  # the timer
    assert [t.state for t in hall.tickets()] == ["waiting"], "nobody's number is gone"
    assert hall.read(lambda view: desk(view, "5"))["shut"] is None, "the counter is still for today's visitors"
    hall.do(SARI, officer.call_next, "5")
    assert hall.rows().tickets[waiting.id].state == "called"
    hall.now = at("2026-11-23 13:00")
    assert hall.issue("ktp-cetak").number == "J002"


def test_a_supervisor_may_have_numbers_given_in_a_pause(make_hall):
    hall = make_hall(hours=PRAYER)
    hall.now = at("2026-11-23 12:00")
    hall.do(WATI, day.open_numbers, "acara")
    assert hall.issue("ktp-cetak").number == "J001"


def test_the_site_document_tells_each_window_and_keeps_the_ends_under_the_old_name(make_hall):
    told = make_hall(hours=PRAYER).read(site_info)
    assert told["periods"] == {"mon": [["08:00", "11:30"], ["13:00", "15:30"]]}
    assert told["week"]["id"] == "Senin 08.00–11.30, 13.00–15.30"
    assert told["hours"] == {"mon": ["08:00", "15:30"]}


@pytest.fixture
def fasting(make_hall):
    """A hall whose Monday is part of a month of shorter days, with fewer cards printed and no copyright advice."""
    hall = make_hall()
    services, narrow = dict(hall.site.services), {"mon": hours("09:00-11:00"), "tue": hours("09:00-11:00")}
    services["ktp-cetak"] = replace(
        services["ktp-cetak"],
        quota={},
        quota_total=2,
        quota_reserved={"priority": 1},
        hours=narrow,
    )
    every_day = {weekday: hours("08:00-14:00") for weekday in WEEKDAYS}
    month = span(
        services.values(),
        "2026-11-20",
        "2026-11-24",
        hours=every_day,
        cutoff_minutes=60,
        not_offered=frozenset({"kekayaan-intelektual"}),
    )
    hall.start(spans=(month,))
    return hall


def test_a_span_s_quota_and_hours_hold_for_every_way_to_a_number(fasting):
    hall = fasting
    assert hall.issue("ktp-cetak").number == "J001"
    with pytest.raises(QueueError) as full:
        hall.issue("ktp-cetak")
    assert (full.value.code, full.value.details["class"]) == (Code.QUOTA_FULL, "regular")
    hall.do(DEDI, officer.open_counter, "6")
    moved = hall.issue("kk-akta")
    hall.do(DEDI, officer.call, "6", moved.number, "asked")
    with hall.refuses(Code.QUOTA_FULL):
        hall.do(DEDI, officer.transfer, "6", "ktp-cetak", confirm=True)
    assert hall.rows().tickets[moved.id].service == "kk-akta"
    hall.now = at("2026-11-23 11:00")
    assert service(hall, "ktp-cetak")["reason"] == "closed", "hours of its own meanwhile"
    assert service(hall, "kekayaan-intelektual")["reason"] == "not_today"


def test_the_site_document_tells_the_hours_of_today_and_what_they_are_called(fasting):
    told = fasting.read(site_info)
    assert told["periods"]["mon"] == [["08:00", "14:00"]] and told["cutoff_minutes"] == 60
    assert told["spans"] == [
        {"name": {"id": "Ramadan"}, "first_day": "2026-11-20", "last_day": "2026-11-24", "now": True}
    ]
    assert service(fasting, "ktp-cetak")["quota_total"] == 2
    for moment in ("2026-11-24 09:00", "2026-11-25 09:00"):
        fasting.now = at(moment)
        fasting.do(WATI, lambda tx: None)  # a new day opens
    after = fasting.read(site_info)
    assert after["periods"]["mon"] == [["08:00", "15:30"]] and after["cutoff_minutes"] == 30
    assert after["spans"] == []
    assert service(fasting, "ktp-cetak")["quota_total"] != 2


def test_a_quota_that_is_set_for_today_goes_before_that_of_the_span(fasting):
    fasting.issue("ktp-cetak")
    fasting.do(WATI, steering.set_quota, "ktp-cetak", {"total": 3}, "blangko datang")
    assert fasting.issue("ktp-cetak").number == "J002"
    assert service(fasting, "ktp-cetak")["quota_total_left"] == 1


def test_each_day_of_a_span_has_its_quota_anew(fasting):
    fasting.issue("ktp-cetak")
    fasting.now = at("2026-11-24 09:00")
    fasting.do(WATI, lambda tx: None)
    fasting.issue("ktp-cetak", "priority")
    assert service(fasting, "ktp-cetak")["quota_total_left"] == 1
