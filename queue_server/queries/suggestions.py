"""Suggestions as supervisors see them: what they might do, and what came of what they did today."""

from collections.abc import Sequence
from datetime import timedelta

from ..documents.suggestions import Happened, How, Suggestion, Suggestions, Taken, Why
from ..domain import suggesting
from ..domain.events import Kind
from ..domain.fold import Event
from ..domain.suggesting import MOST, NEAR, OPENED_FOR_S
from ..domain.ticket import State
from ..domain.what_if import within_ninety
from ..store import accounts, suggestions
from .reasons import concerns
from .snapshot import Snapshot
from .standing import counters_now
from .suggesting import Read
from .ticket import iso
from .waits import Waits

QUIET = timedelta(minutes=30)  # so long one that was answered is not suggested again


def answered_lately(view: Snapshot) -> set[str]:
    """The suggestions that somebody took or declined within the last half-hour."""
    if view.day is None:
        return set()
    found = suggestions.answered(view.conn, view.site.id, view.day)
    return {event.detail["suggestion"] for event in found if event.at > view.now - QUIET}


def suggested(
    view: Snapshot, read: Read, found: Sequence[suggesting.Suggestion], agencies: frozenset[str] = frozenset()
) -> Suggestions:
    """At most two to be answered, then those that were taken today; ``agencies``: only theirs, empty means all."""
    if view.day is None or view.day_closed:
        return []
    happened = suggestions.answered(view.conn, view.site.id, view.day)
    quiet = {event.detail["suggestion"] for event in happened if event.at > view.now - QUIET}
    open_ones = [one for one in found if one.id not in quiet and _is_theirs(view, one, agencies)][:MOST]
    taken = [e for e in happened if e.kind == Kind.SUGGESTION_TAKEN and concerns(view, e, agencies)]
    return [*(_open(view, read, one) for one in open_ones), *_taken_today(view, taken)]


def _is_theirs(view: Snapshot, one: suggesting.Suggestion, agencies: frozenset[str]) -> bool:
    counter = view.site.counters.get(one.option.post.id)
    return counter is not None and one.service in view.site.services and (not agencies or counter.agency in agencies)


def _open(view: Snapshot, read: Read, one: suggesting.Suggestion) -> Suggestion:
    post, waits = one.option.post, Waits(view)
    state = counters_now(view).get(post.id)
    why: Why = {
        "waiting": waits.count(one.service),
        "counters_open": waits.counters_open(one.service),
        "person": read.names.get(post.id),
        "back_at": iso(state.break_until) if state and state.break_since else None,
    }
    how: How = {
        "plays": one.plays,
        "near_percent": round(100 * one.near),
        "within_percent": round(100 * NEAR),
        "minutes_each": round(read.hall.turns[one.service].mean_s / 60, 1),
        "opened_minutes": round(OPENED_FOR_S / 60) if one.option.act == "open" else None,
    }
    return {
        "id": one.id,
        "act": one.option.act,
        "counter": post.id,
        "service": one.service,
        "services": sorted(post.services),
        "why": why,
        "expected": {"before": round(one.before_s / 60), "after": round(one.after_s / 60)},
        "how": how,
        "taken": None,
    }


def _taken_today(view: Snapshot, taken: Sequence[Event]) -> list[Suggestion]:
    if not taken or view.day is None:
        return []
    done = suggestions.doings(view.conn, view.site.id, view.day)
    names = accounts.names(view.conn)
    return [_taken(view, event, done, names.get(event.by or "")) for event in reversed(taken)]


def _taken(view: Snapshot, event: Event, done: Sequence[Event], by: str | None) -> Suggestion:
    said, place = event.detail, (event.epoch, event.revision)
    acted = any(
        one.counter == event.counter and (one.epoch, one.revision) > place and _is_that(one, event) for one in done
    )
    taken: Taken = {"at": iso(event.at), "by": by, "happened": _happened(view, event, done=acted)}
    return {
        "id": said["suggestion"],
        "act": said["suggested"],
        "counter": event.counter or "",
        "service": event.service or "",
        "services": said.get("services", []),
        "why": None,
        "expected": {"before": said["expected"][0], "after": said["expected"][1]},
        "how": None,
        "taken": taken,
    }


def _is_that(done: Event, asked: Event) -> bool:
    """Whether the counter did what was suggested for it."""
    if asked.detail["suggested"] == "serve":
        return done.kind == Kind.SERVICES_SET and asked.service in done.detail.get("services", ())
    kinds = {"open": (Kind.COUNTER_OPENED,), "resume": (Kind.BREAK_ENDED, Kind.TAKEN_OVER)}
    return done.kind in kinds[asked.detail["suggested"]]


def _happened(view: Snapshot, event: Event, *, done: bool) -> Happened:
    """The waits of those who waited then; of whoever left uncalled nothing is counted."""
    if view.day is None:
        return {"done": done, "called": 0, "of": 0, "minutes": None}
    among = suggestions.waited(view.conn, view.site.id, view.day, event.detail.get("among", ()))
    called = [one for one in among if one.called_at is not None]
    still = sum(one.called_at is None and one.state in (State.WAITING, State.HELD) for one in among)
    waits = [(one.called_at - (one.callable_from or one.issued_at)).total_seconds() for one in called if one.called_at]
    minutes = round(within_ninety(waits) / 60) if waits and not still else None
    return {"done": done, "called": len(called), "of": len(called) + still, "minutes": minutes}
