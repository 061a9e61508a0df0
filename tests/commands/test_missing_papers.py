"""A visitor lacks papers: told from the list, brought back in the old place, and never counted as given up."""

import pytest

from queue_server.commands import day, helping, officer
from queue_server.domain.errors import Code
from queue_server.domain.roles import Actor, Role
from queue_server.domain.ticket import State
from queue_server.queries import finding
from queue_server.queries.desk import desk
from queue_server.queries.ticket import ticket as shown
from queue_server.reports.measures import today
from queue_server.store import stays
from tests.commands.steps import called, open_hall, serving
from tests.world.hall import SARI, SITE, WATI
from tests.world.values import at

TUTI = Actor("tuti", Role.FRONT_DESK.only, frozenset({SITE}), name="Tuti")
__all__ = ["open_hall"]


def fetching(hall):
    """A visitor whom Sari has sent for the police report."""
    ticket = serving(hall)
    hall.do(SARI, officer.hold, "5", None, None, ["surat-polisi"])
    return ticket


def figures(hall):
    """The day's totals, and its paper counts of the service."""
    report = hall.read(today)
    [service] = [one for one in report["services"] if one["id"] == "ktp-cetak"]
    return report["totals"], service["missing"]


@pytest.mark.parametrize("before", [called, serving])
@pytest.mark.parametrize("by", ["officer", "front desk"])
def test_who_fetches_papers_waits_again_in_the_old_place(open_hall, before, by):
    hall = open_hall
    ticket = before(hall)
    later = hall.issue("ktp-cetak")
    if by == "officer":
        hall.do(SARI, officer.hold, "5", None, None, ["surat-polisi"])
    else:
        hall.do(TUTI, helping.hold_number, ticket.number, "melengkapi berkas", ["surat-polisi"])
    told = hall.read(lambda view: shown(view, hall.ticket(ticket)))
    assert [paper["id"] for paper in told["missing"]] == ["surat-polisi"]
    assert told["missing"][0]["name"]["en"] == "Police report of the loss"
    assert told["return_until"] == "2026-11-23T08:30:00+00:00", "when the hall closes at 15.30"
    hall.later(minutes=90)  # longer than any missed call is kept
    if by == "officer":
        hall.do(SARI, officer.return_ticket, "5", ticket.number)
    else:
        hall.do(TUTI, helping.return_number, ticket.number)
    hall.do(SARI, officer.call_next, "5")
    assert hall.at_hand("5") == ticket.number != later.number
    told = hall.read(lambda view: desk(view, "5"))["ticket"]
    assert [paper["id"] for paper in told["missing"]] == ["surat-polisi"], "so that it is looked for now"
    hall.check_replay()


def test_the_list_of_a_service_is_what_may_be_missing_and_nothing_else(open_hall):
    hall = open_hall
    ticket = serving(hall)
    for command in (officer.hold, officer.finish):
        with hall.refuses(Code.UNKNOWN_PAPER, paper="surat-sakti"):
            hall.do(SARI, command, "5", missing=["surat-polisi", "surat-sakti"])
    with hall.refuses(Code.UNKNOWN_PAPER):
        hall.do(TUTI, helping.hold_number, ticket.number, "melengkapi", ["surat-sakti"])


def test_a_visit_may_end_for_want_of_papers_and_its_list_is_printed(open_hall):
    hall = open_hall
    ticket = serving(hall)
    hall.do(SARI, officer.finish, "5", missing=["surat-polisi"])
    done = hall.ticket(ticket)
    assert (done.state, done.outcome, done.papers) == (State.COMPLETED, "kurang-surat-polisi", ("surat-polisi",))
    hall.do(TUTI, helping.reprint, ticket.number)
    story = hall.read(lambda view: finding.story(view, TUTI, ticket.number))
    assert story["can"] == ["reprint"]
    other = serving(hall)
    hall.do(SARI, officer.finish, "5", "selesai")
    with hall.refuses(Code.ILLEGAL_TRANSITION, action="reprint", state="completed"):
        hall.do(TUTI, helping.reprint, other.number)
    assert hall.read(lambda view: finding.story(view, TUTI, other.number))["can"] == []


def test_an_outcome_that_names_the_paper_is_counted_as_it(open_hall):
    hall = open_hall
    serving(hall)
    hall.do(SARI, officer.finish, "5", "kurang-surat-polisi")
    _, missing = figures(hall)
    assert [(paper["id"], paper["count"]) for paper in missing] == [("surat-polisi", 1)]


def test_a_paper_counts_once_a_number_however_often_it_was_missing(open_hall):
    hall = open_hall
    ticket = fetching(hall)
    for _ in range(2):
        hall.do(SARI, officer.call, "5", ticket.number, "berkas lengkap")
        hall.do(SARI, officer.hold, "5", None, None, ["surat-polisi"])
    hall.do(SARI, officer.call, "5", ticket.number, "berkas lengkap")
    hall.do(SARI, officer.serve, "5")
    hall.do(SARI, officer.finish, "5", "selesai")
    totals, missing = figures(hall)
    assert (totals["completed"], totals["papers"], missing[0]["count"]) == (1, 0, 1)
    assert hall.ticket(ticket).papers == (), "at the end nothing was"


def test_who_never_came_back_with_papers_expires_so_and_has_not_given_up(open_hall):
    hall = open_hall
    fetches, held, waits = fetching(hall), serving(hall), hall.issue("ktp-cetak")
    hall.do(SARI, officer.hold, "5")
    hall.do(WATI, day.close_day)
    assert [hall.ticket(one).outcome for one in (fetches, held, waits)] == ["papers", None, None]
    assert {hall.ticket(one).state for one in (fetches, held, waits)} == {State.EXPIRED}
    totals, missing = figures(hall)
    assert (totals["expired"], totals["papers"], totals["cancelled"]) == (2, 1, 0)
    assert [(paper["id"], paper["count"]) for paper in missing] == [("surat-polisi", 1)]
    told = [e for e in hall.events() if e.ticket == fetches.id]
    assert {row["outcome"] for row in stays.rows_of(told)} == {"papers"}
    with hall.refuses(Code.ILLEGAL_TRANSITION, action="return", state="expired"):
        hall.do(TUTI, helping.return_number, fetches.number)
    hall.check_replay()


def test_the_right_to_come_back_lasts_until_the_day_closes_also_after_hours(open_hall):
    hall = open_hall
    ticket = fetching(hall)
    hall.now = at("2026-11-23 17:00")
    assert hall.read(lambda view: shown(view, hall.ticket(ticket)))["return_until"] is None, "no time is promised"
    hall.do(TUTI, helping.return_number, ticket.number)
    assert hall.ticket(ticket).state is State.WAITING


def test_a_call_of_who_fetches_papers_that_was_wrong_leaves_everything_as_it_was(open_hall):
    hall = open_hall
    ticket = fetching(hall)
    before = hall.ticket(ticket)
    hall.do(SARI, officer.call, "5", ticket.number, "berkas lengkap")
    hall.do(SARI, officer.undo, "5")
    assert hall.ticket(ticket) == before
