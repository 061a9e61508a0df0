"""The invariants of the hall, by the names of the trust catalogue: what holds after every step, or at the end.

I-5 and I-6 stand in ``fairness.py``; where each of I-1 … I-18 is proven says ``tests/trust/invariants.md``.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Any

import pytest

from queue_server.domain.fold import CounterState, Event, Ticket
from queue_server.domain.replay import Replayed, replay
from queue_server.domain.site import Site
from queue_server.domain.times import intervals, times
from queue_server.reports.measures import figures
from tests.world.model import SERVES, Model
from tests.world.story import BEGINNINGS, ENDED, STAYING, STAYS, TABLE, Visit, action, steps, visits

BELIEVED = timedelta(days=31)


@dataclass(frozen=True)
class Seen:
    """The tables at one moment."""

    tickets: list[Ticket]
    events: list[Event]
    counters: dict[str, CounterState]
    row: Any


def i1_numbers_are_unique_and_without_gap(seen: Seen) -> None:
    """I-1: each series of each day gives 1, 2, 3 … in the order of its events; a restore's gap is on record."""
    following: dict[tuple[str, date], int] = {}
    given: dict[str, int] = {}
    kept: dict[str, tuple[str, str]] = {}  # a ticket that ended -> the day and the number that its holder has
    for event in seen.events:
        if (event.detail.get("by") == "carried" and event.kind == "expired") or event.kind == "carried_on":
            kept[event.ticket] = (event.detail["day"], event.detail["number"])
        elif event.kind == "carried_over":
            _keeps_the_next_numbers(event, following)
        elif event.kind == "issued" and "carried_from" in event.detail:
            assert kept.pop(event.detail["carried_from"]) == (event.day.isoformat(), event.detail["number"])
            given[event.ticket] = event.detail["seq"]
        elif "came_at" in event.detail:  # of an outage's paper: of no series
            given[event.ticket] = event.detail["seq"]
        elif event.kind == "issued":
            series = (event.service, event.day)
            assert event.detail["seq"] == following.get(series, 1), event
            following[series], given[event.ticket] = event.detail["seq"] + 1, event.detail["seq"]
        elif event.kind == "restored":
            for day, all in event.detail["series"].items():
                following |= {(service, date.fromisoformat(day)): next for service, next in all.items()}
    assert {t.id: t.seq for t in seen.tickets} == given
    assert len({(t.day, t.number) for t in seen.tickets}) == len(seen.tickets)


def _keeps_the_next_numbers(event: Event, following: dict[tuple[str, date], int]) -> None:
    for day, all in event.detail["series"].items():
        for service, next in all.items():
            own = [p["numbers"] for p in event.detail["places"] if (p["service"], p["day"]) == (service, day)]
            series = (service, date.fromisoformat(day))
            assert next == following.get(series, 1) + sum(own), event
            following[series] = next


def i2_calls_of_a_ticket_are_disjoint(seen: Seen) -> None:
    """I-2: between two calls of one ticket it was let go, and each call is one counter's."""
    called: dict[str, str | None] = {}
    arrived = {event.ticket: event.revision for event in seen.events if event.kind == "issued"}
    for event in (each for each in seen.events if each.ticket is not None):
        if event.kind == "called":
            assert event.ticket not in called
            called[event.ticket] = event.counter
        elif event.kind == "transfer_undone":
            called[event.ticket] = event.counter
        elif event.kind in STAYING:
            continue  # nobody is let go
        elif event.kind in ("recalled", "served", "taken_over"):
            walked_in = event.kind == "served" and event.revision == arrived.get(event.ticket)
            assert walked_in or called[event.ticket] == event.counter
            called[event.ticket] = event.counter
        else:
            called.pop(event.ticket, None)


def i3_one_ticket_per_counter_and_one_counter_per_officer(seen: Seen) -> None:
    """I-3"""
    at_counter = [t for t in seen.tickets if t.state.value in ("called", "serving")]
    assert max(Counter(t.counter for t in at_counter).values(), default=0) <= 1
    assert {c.id: c.ticket for c in seen.counters.values() if c.ticket} == {t.counter: t.id for t in at_counter}
    assert max(Counter(c.officer for c in seen.counters.values() if c.officer).values(), default=0) <= 1


def i4_one_wish_has_one_effect(seen: Seen, wishes: dict[str, set[str]]) -> None:
    """I-4: each key was answered with one number however often it was sent, and no number has no wish.

    A place that was kept for a later day was wished for on the day before; its number is told by ``end_of_a_day``.
    """
    assert all(len(answers) == 1 for answers in wishes.values())
    wished = Counter(answer for answers in wishes.values() for answer in answers)
    given = (e for e in seen.events if e.kind == "issued" and "carried_from" not in e.detail)
    issued = Counter(f"{e.day} {e.detail['number']}" for e in given)
    assert wished == issued, (wished - issued, issued - wished)


def i7_nobody_is_lost(seen: Seen) -> None:
    """I-7: every ticket that was issued is somewhere, in the order of its arrival, on the day of its number."""
    issued = [(e.ticket, e.revision, e.day, e.service) for e in seen.events if e.kind in BEGINNINGS]
    assert [(t.id, t.arrival, t.day, t.series) for t in seen.tickets] == issued


def i8_rows_are_what_the_events_say(seen: Seen, rows: Replayed) -> None:
    """I-8: folding the events gives exactly the rows, and gives it again."""
    assert replay(seen.events) == rows
    assert replay(seen.events) == rows


def i9_states_are_the_model_s(seen: Seen, model: Model, today: date) -> None:
    """I-9"""
    real = {t.number: (t.state.value, t.service) for t in seen.tickets if t.day == today}
    assert real == {v.number: (v.state, v.service) for v in model.visitors}
    assert {id: seen.counters[id].officer for id in SERVES} == {id: p.officer for id, p in model.places.items()}


def i9_only_what_the_table_allows(seen: Seen) -> None:
    """I-9: each event of a ticket is a transition of the contract's table, and the rows say where it led."""
    known: dict[str, Visit] = {}
    for event, known, _ in steps(seen.events):
        if event.ticket is not None and event.kind not in BEGINNINGS:
            state = known[event.ticket].state
            assert (action(event, state), state) in TABLE.keys() | STAYS, event
    assert {t.id: (t.state.value, t.service) for t in seen.tickets} == {
        v.id: (v.state, v.service) for v in known.values()
    }


def i10_times_add_up(seen: Seen) -> None:
    """I-10: the stays of a visit are its life, each at least 0, the sums as a second way of counting finds them."""
    told, by_ticket = visits(seen.events), _by_ticket(seen.events)
    for ticket in seen.tickets:
        spent, visit = times(intervals(by_ticket[ticket.id])), told[ticket.id]
        sums = (spent.wait_s, spent.walk_s, spent.service_s, spent.hold_s, spent.away_s, spent.early_s)
        assert min(sums) >= 0
        assert spent.clock_suspect or not visit.suspect, "a clock that went wrong is not flagged"
        if visit.suspect or spent.clock_suspect or ticket.finished_at is None:
            continue
        assert sums == pytest.approx(_counted(visit), abs=1e-5)
        assert spent.total_s == pytest.approx((ticket.finished_at - ticket.issued_at).total_seconds(), abs=1e-5)


def i10_reports_are_what_the_events_amount_to(seen: Seen, site: Site) -> None:
    """I-10: each counter's service times of each day, counted a second way; a suspect visit counts in neither."""
    for day in sorted({e.day for e in seen.events}):
        happened = [e for e in seen.events if e.day == day]
        doubtful = {v.id for v in visits(happened).values() if v.suspect}
        sound = [e for e in happened if e.ticket not in doubtful]
        stays = [stay for v in visits(sound).values() for stay in v.stays if stay[0] == "serving" and stay[2]]
        report = figures(site, sound)
        for counter in report["counters"]:
            mine = [(end - start).total_seconds() for _, start, end, at in stays if at == counter["id"]]
            assert counter["service"]["n"] == len(mine)
            assert counter["service"]["sum_s"] == pytest.approx(sum(mine), abs=1)


def i11_revisions_have_no_gap_and_calls_are_chained(seen: Seen) -> None:
    """I-11"""
    assert sorted({e.revision for e in seen.events}) == list(range(1, seen.row.revision + 1))
    calls = [e for e in seen.events if e.kind in ("called", "recalled")]
    assert [c.detail["previous"] for c in calls] == [0, *(c.revision for c in calls)][: len(calls)]
    assert seen.row.last_call == (calls[-1].revision if calls else 0)


def i13_days_open_by_events_and_never_go_back_by_the_clock(seen: Seen, site: Site) -> None:
    """I-13: told again from the instants alone: which were believed, which day was open, when it turned."""
    last, day = None, None
    for _, group in groupby(seen.events, key=lambda e: e.revision):
        command = list(group)
        at, confirmed = command[0].at, any(e.kind == "day_confirmed" for e in command)
        sound = confirmed or last is None or last <= at <= last + BELIEVED
        assert {e.clock_suspect for e in command} == {not sound}, command[0]
        for event in command:
            if event.kind == "day_opened":
                assert sound and event.day == at.astimezone(site.timezone).date()
                assert day is None or event.day > day or confirmed, "the day went back by the clock alone"
                day = event.day
            assert day is None or event.day == day, event
        last = at if sound else last
    assert (seen.row.day, seen.row.last_at) == (day, last)


def end_of_a_day(seen: Seen, site: Site, rows: Replayed) -> None:
    """All that holds when nobody is in the hall any more (I-5 and I-6 apart)."""
    i1_numbers_are_unique_and_without_gap(seen)
    i2_calls_of_a_ticket_are_disjoint(seen)
    i3_one_ticket_per_counter_and_one_counter_per_officer(seen)
    i7_nobody_is_lost(seen)
    i8_rows_are_what_the_events_say(seen, rows)
    i9_only_what_the_table_allows(seen)
    i10_times_add_up(seen)
    i10_reports_are_what_the_events_amount_to(seen, site)
    i11_revisions_have_no_gap_and_calls_are_chained(seen)
    i13_days_open_by_events_and_never_go_back_by_the_clock(seen, site)


def _by_ticket(events: list[Event]) -> dict[str, list[Event]]:
    found: dict[str, list[Event]] = {}
    for event in events:
        if event.ticket is not None:
            found.setdefault(event.ticket, []).append(event)
    return found


def _counted(visit: Visit) -> tuple[float, ...]:
    """Wait, walk, service, hold, away, early: seconds of the stays that have ended."""
    sums = dict.fromkeys(("waiting", "called", "serving", "held", "no_show", "early"), 0.0)
    for state, start, end, _ in visit.stays:
        if end is not None and state not in set(ENDED) - {"no_show"}:
            sums[state] += (end - start).total_seconds()
    return tuple(sums.values())
