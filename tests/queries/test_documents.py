"""The documents: each from one snapshot, each saying the same as the others, none saying more than it may."""

from dataclasses import replace

import pytest

from queue_server.commands import day, officer, visitor
from queue_server.documents import DOCUMENTS
from queue_server.documents.schemas import hold
from queue_server.domain.errors import Code, QueueError
from queue_server.domain.roles import Actor, Role
from queue_server.queries import calls
from queue_server.queries.board import Boards, board
from queue_server.queries.desk import desk
from queue_server.queries.site import site_info
from queue_server.queries.standing import recent_durations
from queue_server.queries.ticket import ticket
from queue_server.queries.waits import queue
from queue_server.reports.measures import today
from tests.world.hall import ASEP, DEDI, SARI, SITE, WATI
from tests.world.values import at


@pytest.fixture
def open_hall(hall):
    """Sari sits at counter 5, Dedi at 6."""
    hall.do(SARI, officer.open_counter, "5")
    hall.do(DEDI, officer.open_counter, "6")
    return hall


def shaped(name, document):
    """The document, held to its declared shape."""
    hold(DOCUMENTS[name], document)
    return document


def states(hall):
    """Some moments of a day, one after another."""
    yield "nobody"
    hall.issue("ktp-cetak"), hall.issue("ktp-cetak", "priority"), hall.issue("kk-akta")
    yield "three wait"
    hall.do(SARI, officer.call_next, "5")
    yield "one is called"
    hall.do(SARI, officer.serve, "5")
    hall.do(DEDI, officer.call_next, "6")
    yield "one is served, one called"
    hall.do(SARI, officer.hold, "5")
    hall.do(DEDI, officer.no_show, "6")
    yield "one held, one missed"
    hall.later(minutes=40)
    hall.do(WATI, day.close_day)
    yield "closed"
    hall.now = at("2026-11-24 09:00")
    hall.do(WATI, lambda tx: None)
    yield "the next day"


def test_every_document_keeps_its_shape_and_agrees_with_the_others_all_day(open_hall):
    hall = open_hall
    for moment in states(hall):
        seen = shaped("board", hall.read(board))
        site = shaped("site", hall.read(site_info))
        shaped("calls", hall.read(lambda view: calls.after(view, 0)))
        assert seen["revision"] == site["revision"] == hall.revision, moment
        for ours, theirs in zip(seen["services"], site["services"], strict=True):
            assert (ours["open"], ours["waiting"]) == (theirs["open"], theirs["waiting"]), (moment, ours["id"])
            line = shaped("queue", hall.read(lambda view, id=ours["id"]: queue(view, id)))
            assert len(line["order"]) == len(line["estimates"]) == ours["waiting"]
        for counter in seen["counters"]:
            own = shaped("desk", hall.read(lambda view, id=counter["id"]: desk(view, id)))
            assert own["open"] == counter["open"], moment
            assert (own["ticket"] or {}).get("number") == counter["number"], moment
            assert (own["ticket"] or {}).get("state", counter["state"]) == counter["state"], moment


def test_a_phone_finds_the_same_place_in_the_queue_and_in_its_ticket(open_hall):
    hall = open_hall
    for _ in range(3):
        hall.issue("ktp-cetak"), hall.issue("ktp-cetak", "priority"), hall.issue("kk-akta")
    line = shaped("queue", hall.read(lambda view: queue(view, "ktp-cetak")))
    assert line["order"] == ["J001", "J002", "J003", "J004", "J005", "J006"], "the order stays that of arrival"
    for one in hall.tickets():
        told = hall.read(lambda view, one=one: ticket(view, one))
        if one.service == "ktp-cetak":
            at = line["order"].index(one.number)
            low, high = line["estimates"][at]
            estimate = {"low_s": low, "high_s": high, "minutes": line["minutes"][at], "boxes": line["boxes"][at]}
            assert (line["places"][at], estimate) == (told["ahead"], told["estimate"])


def test_in_a_rush_the_kiosk_tells_the_place_that_the_phone_then_shows(open_hall):
    """Counters 5 and 6 share one service of two each; the line of one of them is none of the other's newcomer's."""
    services = open_hall.site.services
    endless = {id: replace(s, quota={}, quota_total=None, quota_reserved={}) for id, s in services.items()}
    open_hall.start(services=endless)
    for _ in range(310):
        open_hall.issue("ktp-cetak")
    told = open_hall.told_at_issue("kk-akta")["ahead"]
    assert open_hall.read(lambda view: queue(view, "kk-akta"))["places"] == [told]
    assert told < 200, "counter 5 calls half of them"


def test_an_estimate_is_a_range_of_seconds_and_silent_where_nobody_serves(open_hall):
    hall = open_hall
    first, second = hall.issue("ktp-cetak"), hall.issue("skck-baru")
    told = hall.read(lambda view: ticket(view, first))["estimate"]
    assert 0 <= told["low_s"] <= told["high_s"]
    assert hall.read(lambda view: ticket(view, second))["estimate"] is None
    hall.do(ASEP, officer.open_counter, "10")
    assert hall.read(lambda view: ticket(view, second))["estimate"] is not None


def passed_on(hall):
    """Five minutes with Sari, a long wait, four minutes with Dedi, who called twice."""
    hall.do(SARI, officer.transfer, "5", "kk-akta", confirm=True)
    hall.later(minutes=20)
    hall.do(DEDI, officer.call_next, "6")
    hall.later(seconds=30)
    hall.do(DEDI, officer.recall, "6")
    return DEDI, "6"


def set_aside(hall):
    """Five minutes with Sari, a long look for a paper, four minutes with Sari again."""
    number = hall.at_hand("5")
    hall.do(SARI, officer.hold, "5")
    hall.later(minutes=20)
    hall.do(SARI, officer.call, "5", number, "Kembali")
    hall.later(seconds=30)
    return SARI, "5"


@pytest.mark.parametrize(
    ("second", "own_s", "kept"), [(passed_on, 240, 1.0), (set_aside, 540, 0.0)], ids=["passed on", "set aside"]
)
def test_a_pace_leaves_out_what_went_before_and_an_officer_s_own_day_what_was_elsewhere(open_hall, second, own_s, kept):
    """A hold parts the service in two; it was one visit of nine minutes all the same, promised in five."""
    hall = open_hall
    for _ in range(6):
        hall.issue("ktp-cetak")
        hall.do(SARI, officer.call_next, "5")
        hall.do(SARI, officer.serve, "5")
        hall.later(minutes=5)
        who, place = second(hall)
        hall.do(who, officer.serve, place)
        hall.later(minutes=4)
        hall.do(who, officer.finish, place)
    mine = hall.read(lambda view: desk(view, place))["mine"]
    assert (mine["served"], mine["median_service_s"], mine["last"][0]["service_s"]) == (6, own_s, own_s)
    report = next(c for c in hall.read(today)["counters"] if c["id"] == place)
    assert mine["within_target"] == report["within_target"] == kept
    service = "kk-akta" if place == "6" else "ktp-cetak"
    paces = hall.read(lambda view: recent_durations(view, service))
    assert paces == [270.0] * 6


@pytest.mark.parametrize("clock", [{}, {"seconds": -90}], ids=["stands still", "is set back"])
def test_an_officer_s_last_visitors_stand_in_the_order_of_their_calls_whatever_the_clock_does(open_hall, clock):
    hall, numbers = open_hall, []
    for _ in range(5):
        hall.issue("ktp-cetak")
        for verb in (officer.call_next, officer.serve):
            hall.do(SARI, verb, "5")
        numbers.append(hall.at_hand("5"))
        hall.do(SARI, officer.finish, "5")
        hall.later(**clock)
    last = hall.read(lambda view: desk(view, "5"))["mine"]["last"]
    assert [one["number"] for one in last] == numbers[::-1][: len(last)]


def test_a_full_service_is_closed_on_the_wall_as_at_the_kiosk(make_hall):
    hall = make_hall()
    services = dict(hall.site.services)
    services["skck-baru"] = replace(services["skck-baru"], quota={"regular": 1, "priority": 0})
    hall.start(services=services)
    hall.issue("skck-baru")
    shown = {s["id"]: s["open"] for s in hall.read(board)["services"]}
    assert (shown["skck-baru"], shown["skck-perpanjangan"]) == (False, True)


def test_upcoming_is_what_call_next_then_does(open_hall):
    hall = open_hall
    for class_ in ("regular", "regular", "priority", "regular", "priority", "regular", "priority"):
        hall.issue("ktp-cetak", class_)
        hall.issue("ktp-perekaman", class_)
    foretold = [u["number"] for u in hall.read(lambda view: desk(view, "5"))["upcoming"]]
    called = []
    for _ in foretold:
        hall.do(SARI, officer.call_next, "5")
        called.append(hall.at_hand("5"))
        hall.do(SARI, officer.no_show, "5")
    assert called == foretold


def test_a_missed_visitor_leaves_the_desk_when_the_half_hour_is_over(open_hall):
    hall = open_hall
    hall.issue("ktp-cetak")
    hall.do(SARI, officer.call_next, "5")
    hall.do(SARI, officer.no_show, "5")
    hall.later(minutes=30)
    assert len(hall.read(lambda view: desk(view, "5"))["no_shows"]) == 1
    hall.later(seconds=1)
    assert hall.read(lambda view: desk(view, "5"))["no_shows"] == []


def test_undo_is_offered_for_fifteen_seconds(open_hall):
    hall = open_hall
    hall.issue("ktp-cetak")
    hall.do(SARI, officer.call_next, "5")
    assert hall.read(lambda view: desk(view, "5"))["undo_until"] == "2026-11-23T02:00:15+00:00"
    hall.later(seconds=16)
    assert hall.read(lambda view: desk(view, "5"))["undo_until"] is None


def test_an_undone_call_leaves_recent_and_stays_in_the_chain(open_hall):
    hall = open_hall
    first, second = hall.issue("ktp-cetak"), hall.issue("ktp-cetak")
    hall.do(SARI, officer.call_next, "5")
    hall.do(SARI, officer.undo, "5")
    seen = hall.read(board)
    assert (seen["recent"], seen["last_call"]) == ([], hall.events("called")[0].revision)
    assert hall.read(lambda view: ticket(view, hall.ticket(first)))["called_at"] is None
    hall.do(SARI, officer.call_next, "5")
    chain = hall.read(lambda view: calls.after(view, 0))["calls"]
    assert [c["previous"] for c in chain] == [0, chain[0]["revision"]]
    assert hall.ticket(second).state == "waiting"


def test_an_undone_second_call_shows_the_first_again(open_hall):
    hall = open_hall
    hall.issue("ktp-cetak")
    hall.do(SARI, officer.call_next, "5")
    hall.do(SARI, officer.hold, "5")
    before = hall.read(board)["recent"]
    hall.do(DEDI, officer.call, "6", "J001", "kembali")
    assert hall.read(board)["recent"][0]["counter"] == "6"
    hall.do(DEDI, officer.undo, "6")
    assert hall.read(board)["recent"] == before


def test_yesterday_s_calls_are_not_today_s_news(open_hall):
    hall = open_hall
    hall.issue("ktp-cetak")
    hall.do(SARI, officer.call_next, "5")
    yesterday = hall.read(board)["last_call"]
    hall.now = at("2026-11-24 09:00")
    hall.do(WATI, lambda tx: None)
    seen = hall.read(board)
    assert (seen["recent"], seen["last_call"]) == ([], yesterday)
    assert hall.read(lambda view: calls.after(view, 0))["calls"] == []


def test_a_board_kept_for_a_crowd_is_never_older_than_what_is_committed(open_hall):
    hall, boards = open_hall, Boards()
    assert hall.read(boards) is hall.read(boards)
    hall.issue("ktp-cetak")
    fresh = hall.read(boards)
    assert fresh == hall.read(board)
    hall.later(seconds=2)
    assert hall.read(boards)["now"] != fresh["now"]


def test_a_desk_shows_names_and_a_board_none(open_hall):
    assert open_hall.read(lambda view: desk(view, "5"))["officer"] == "Sari"
    assert "Sari" not in str(open_hall.read(board))


def test_a_desk_tells_who_stepped_in_and_why_and_no_other_document_does(open_hall):
    hall = open_hall
    ticket_ = hall.issue("ktp-cetak")
    hall.do(SARI, officer.call_next, "5")
    hall.do(SARI, officer.hold, "5", "berkas")
    assert hall.read(lambda view: desk(view, "5"))["overseen"] is None, "what she did herself she knows"
    hall.do(SARI, officer.call, "5", ticket_.number, "lengkap")
    hall.do(WATI, officer.no_show, "5", "petugas sakit")
    told = shaped("desk", hall.read(lambda view: desk(view, "5", SARI)))["overseen"]
    assert (told["verb"], told["number"], told["by"], told["reason"]) == (
        "no-show",
        ticket_.number,
        "Wati",
        "petugas sakit",
    )
    assert hall.read(lambda view: desk(view, "6"))["overseen"] is None
    hall.do(WATI, officer.close_counter, "5", "petugas pulang")
    told = hall.read(lambda view: desk(view, "5", WATI))["overseen"]
    assert (told["verb"], told["number"], told["reason"]) == ("close", None, "petugas pulang")
    for colleague in (DEDI, None):
        assert hall.read(lambda view, who=colleague: desk(view, "5", who))["overseen"]["reason"] is None
    assert "petugas" not in str(hall.read(board))
    assert "Wati" not in str(hall.read(board))


def test_no_document_of_a_counter_that_is_not_there(hall):
    with pytest.raises(QueueError) as refused:
        hall.read(lambda view: desk(view, "99"))
    assert refused.value.code is Code.NOT_FOUND


def test_a_snapshot_does_not_see_what_comes_after_it(open_hall):
    """I-11"""
    hall = open_hall

    def looked(view):
        before = board(view)
        hall.issue("ktp-cetak")
        return before, board(view), queue(view, "ktp-cetak")

    before, after, line = hall.read(looked)
    assert (before, line["order"]) == (after, [])
    assert hall.read(board)["revision"] == before["revision"] + 1


def test_a_cancelled_visitor_is_nowhere_any_more(open_hall):
    hall = open_hall
    one = hall.issue("ktp-cetak")
    hall.do(Actor("visitor", Role.VISITOR.only, frozenset({SITE})), visitor.cancel_own, one.id)
    assert hall.read(lambda view: queue(view, "ktp-cetak"))["order"] == []
    assert one.number not in str(hall.read(lambda view: desk(view, "5"))["upcoming"])


@pytest.mark.parametrize(
    ("day_and_time", "shut"),
    [
        ("2026-11-23 09:00", None),
        ("2026-11-23 07:00", None),
        ("2026-11-23 19:00", "closed"),
        ("2026-11-29 09:00", "not_today"),
    ],
)
def test_a_desk_says_when_nobody_can_come_any_more_today(hall, day_and_time, shut):
    hall.now = at(day_and_time)
    assert hall.read(lambda view: desk(view, "5"))["shut"] == shut


def test_a_desk_says_that_the_day_was_closed(hall):
    hall.do(WATI, day.close_day)
    assert hall.read(lambda view: desk(view, "5"))["shut"] == "day_closed"
