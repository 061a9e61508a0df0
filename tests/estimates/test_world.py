"""The simulated days are days: repeatable, busy, uneven; and who looks on is shown no more than a hall knows."""

from collections import Counter
from hashlib import sha256
from statistics import fmean, median

import pytest

from tests.estimates.day import Desk, Done, Hall, Person, play
from tests.estimates.world import BOOKED, HALL, STEADY, draw
from tests.estimates.yardsticks import QueueOverPace, Smoothed


class Book:
    """Writes down every wait."""

    def __init__(self) -> None:
        self.waits: list[tuple[str, str, float]] = []
        self.issues, self.silent, self.told_breaks = 0, 0, 0

    def begin(self, hall: Hall) -> None:
        pass

    def issued(self, hall: Hall, one: Person) -> None:
        self.issues += 1
        wanted = {other.service for other in hall.waiting.values()}
        idle = [d for d in hall.desks.values() if d.open and d.hand is None and d.services & wanted]
        self.silent += any(not desk.resting and hall.now_s - desk.freed_s > 60 for desk in idle)
        self.told_breaks += any(desk.resting for desk in hall.desks.values())

    def called(self, hall: Hall, one: Person, waited_s: float) -> None:
        self.waits.append((one.service, one.class_, waited_s))


@pytest.fixture(scope="module")
def book() -> Book:
    book = Book()
    play(HALL, range(10), book)
    return book


def test_a_day_is_the_same_for_the_same_seed():
    first, again = Book(), Book()
    play(HALL, [3], first)
    play(HALL, [3], again)
    assert first.waits == again.waits
    assert draw(HALL, 3).arrivals != draw(HALL, 4).arrivals != draw(HALL, 4, seed=1).arrivals


def test_it_is_busy_but_nobody_waits_for_ever(book):
    for service in HALL.services:
        waits = [waited for of, _, waited in book.waits if of == service]
        assert len(waits) >= 250, service
        assert 240 < median(waits) < 3600, service
        assert max(waits) > 3 * median(waits), service


def test_priority_is_called_earlier(book):
    of = lambda class_: fmean(waited for _, own, waited in book.waits if own == class_)  # noqa: E731
    assert of("priority") < 0.7 * of("regular")


def test_officers_are_away_without_a_word_and_with_one(book):
    assert book.silent > 0.05 * book.issues
    assert book.told_breaks > 0.05 * book.issues


def test_a_steady_hall_knows_neither():
    steady = Book()
    play(STEADY, range(3), steady)
    assert (steady.silent, steady.told_breaks) == (0, 0)


def test_nobody_who_looks_on_is_shown_what_will_come():
    shown = {name for shape in (Hall, Desk, Person, Done) for name in shape.__annotations__}
    assert shown.isdisjoint({"service_s", "leaves_s", "cancels_s", "fate", "away", "ready"})


def test_a_hall_without_bookings_has_the_days_that_it_had():
    """The bookings are drawn by a luck of their own."""
    of = [draw(HALL, 3), draw(BOOKED, 3)]
    assert not of[0].booked and not of[0].came_by
    drawn = sha256(repr((of[0].arrivals, of[0].fates, of[0].shifts)).encode()).hexdigest()
    assert drawn.startswith("5f02656453a276ff")
    assert 60 < len(of[1].booked) < 90
    assert 0.7 < len(of[1].came_by) / len(of[1].booked) < 0.9
    for n, place in of[1].came_by.items():
        assert (of[1].arrivals[n - 1].service, of[1].arrivals[n - 1].class_) == (
            next(one.service for one in of[1].booked if one.id == place),
            "booked",
        )


def test_nearly_all_who_come_are_called(book):
    assert Counter(of for of, *_ in book.waits).total() > 0.95 * book.issues


def test_the_yardsticks_speak_of_nearly_everybody():
    smoothed, pace = Smoothed(), QueueOverPace()
    play(HALL, range(2), smoothed, pace)
    for yardstick in (smoothed, pace):
        told = list(yardstick.told.values())
        assert sum(one is not None for one in told) > 0.9 * len(told)
