"""Today's figures for who watches: the report's own, seldom made, and never by reading the whole day again."""

import pytest

from queue_server.commands import day, officer
from queue_server.documents.figures import Today
from queue_server.documents.schemas import hold
from queue_server.reports import todays_figures
from queue_server.reports.measures import today
from queue_server.reports.todays_figures import EVERY_S, TodaysFigures
from tests.world.hall import SARI, SITE, WATI


class Watched:
    """A hall's figures with a clock that tests turn; ``made`` counts how often they were made."""

    def __init__(self, hall):
        self.hall, self.seconds, self.made = hall, 0.0, 0
        self.todays_figures = TodaysFigures(lambda: self.seconds)

    def look(self):
        """The document, held to its declared shape."""
        document = self.todays_figures.of(SITE, lambda _site, query: self.hall.read(query), self.off_hub)
        hold(Today, document)
        return document

    def off_hub(self, function, *args):
        """Where it is computed."""
        self.made += 1
        return function(*args)


@pytest.fixture
def watched(hall):
    """Sari works at counter 5."""
    hall.do(SARI, officer.open_counter, "5")
    return Watched(hall)


def serve_one(hall, minutes=3):
    """Somebody waits, is called and served, each for so long."""
    hall.issue("ktp-cetak")
    for command in (officer.call_next, officer.serve, officer.finish):
        hall.later(minutes=minutes)
        hall.do(SARI, command, "5")


def test_they_are_the_report_s_figures_all_day(watched, monkeypatch):
    hall, seen = watched.hall, None
    for minutes in (2, 5, 9):
        serve_one(hall, minutes)
        hall.issue("kk-akta")
        watched.seconds += EVERY_S
        with monkeypatch.context() as patch:
            if seen:  # the whole day is read once
                patch.setattr(todays_figures.events, "of_days", None)
            seen = watched.look()
        report = hall.read(today)
        assert seen["revision"] == report["revision"]
        assert (seen["completed"], seen["wait"]) == (report["totals"]["completed"], report["totals"]["wait"])
        assert [s["wait"] for s in seen["services"]] == [s["wait"] for s in report["services"]]
        assert seen["within_target"] == report["totals"]["within_target"]
    assert seen["completed"] == 3


def test_they_are_made_at_most_every_fifteen_seconds(watched):
    serve_one(watched.hall)
    before = watched.look()
    serve_one(watched.hall)
    watched.seconds += EVERY_S - 0.1
    assert watched.look() is before
    assert watched.made == 1
    watched.seconds += 0.1
    assert watched.look()["completed"] == 2


def test_whoever_asks_while_they_are_made_gets_those_of_before(watched):
    before = watched.look()
    watched.seconds += EVERY_S
    plain, meanwhile = watched.off_hub, []

    def slowly(function, *args):
        meanwhile.append(watched.todays_figures.of(SITE, None, None))
        return plain(function, *args)

    watched.off_hub = slowly
    watched.look()
    assert meanwhile == [before]


def test_another_day_begins_with_nothing(watched):
    serve_one(watched.hall)
    assert watched.look()["completed"] == 1
    watched.hall.later(hours=24)
    watched.hall.do(WATI, day.reopen_day)
    watched.seconds += EVERY_S
    assert (watched.look()["completed"], watched.look()["wait"]["n"]) == (0, 0)
