"""Closed months are kept: each is made once for all who ask, and anew where the record was put right."""

import threading
import time
from dataclasses import replace
from datetime import date

from queue_server.domain.open_beside import beside
from queue_server.domain.open_rows import figures
from queue_server.reports.calendar import month_of
from queue_server.reports.open_months import MOST, Closed, OpenMonths

NOVEMBER = [month_of(date(2026, 11, 1))]
CLOSED = Closed(20, figures([]), (), {}, beside([]), None)


class Maker:
    """Makes a month as often as it is asked to."""

    def __init__(self) -> None:
        self.asked, self.begun, self.go = 0, threading.Event(), threading.Event()

    def __call__(self) -> Closed:
        self.asked += 1
        self.begun.set()
        assert self.go.wait(5)
        return replace(CLOSED, days=self.asked)


def test_who_asks_while_a_month_is_made_is_told_the_same_and_it_is_made_once():
    kept, make, told = OpenMonths(), Maker(), []
    both = [threading.Thread(target=lambda: told.append(kept.of("a", NOVEMBER, 1, make))) for _ in range(2)]
    both[0].start()
    assert make.begun.wait(5)
    both[1].start()
    time.sleep(0.05)
    make.go.set()
    for one in both:
        one.join(5)
    assert [one.days for one in told] == [1, 1]
    assert kept.of("b", NOVEMBER, 1, make).days == 2, "another hall's"
    assert [kept.of("a", NOVEMBER, life, make).days for life in (2, 2, 1)] == [3, 3, 4], "a restore, a date put right"


def test_what_nobody_asked_for_the_longest_is_forgotten_and_of_a_month_without_numbers_nothing_is_kept():
    kept, make = OpenMonths(), Maker()
    make.go.set()
    every = [[month_of(date(2000 + n, 1, 1))] for n in range(MOST + 1)]
    for one in every[:MOST]:
        kept.of("a", one, 1, make)
    kept.of("a", every[0], 1, make)
    assert make.asked == MOST
    kept.of("a", every[MOST], 1, make)
    kept.of("a", every[0], 1, make)
    assert make.asked == MOST + 1
    kept.of("a", every[1], 1, make)
    assert make.asked == MOST + 2
    nobody = replace(CLOSED, days=0)
    assert kept.of("c", NOVEMBER, 1, lambda: nobody) is nobody
    assert kept.of("c", NOVEMBER, 1, lambda: CLOSED) is CLOSED
