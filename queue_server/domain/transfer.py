"""Where a visitor may be sent on, and who may bring back one who was sent wrongly: rules on values."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from .day_hours import service_hours_on
from .fold import Event, Ticket
from .site import Site
from .ticket import UNDO_WITHIN, State


@dataclass(frozen=True, slots=True)
class Reach:
    """Whether somebody at a service can be called today. ``hours_today``: it has hours; ``counters_open``: how many."""

    hours_today: bool
    counters_open: int

    @property
    def certain(self) -> bool:
        """Whether a visitor sent there need not be told to think twice."""
        return self.hours_today and self.counters_open > 0


def reach(site: Site, service: str, open_counters: Collection[str], today: date | None) -> Reach:
    """Tell who could call a visitor of the service. ``today`` None: the date is not known, so hours do not matter."""
    working = sum(service in counter.services for counter in site.counters.values() if counter.id in open_counters)
    return Reach(today is None or bool(service_hours_on(site, service, today)), working)


def may_bring_back(site: Site, sits_at: Collection[str], *, now_at: str, sent_from: str | None, was_at: str) -> bool:
    """Whether an officer who has these counters open may move on a visitor who waits for ``now_at``.

    They may at the counter that sent the visitor (``sent_from``), and at any that serves the service the visitor came
    from (``was_at``) or waits for now.
    """
    sat_at = [site.counters[id] for id in sits_at if id in site.counters]
    return any(counter.id == sent_from or {now_at, was_at} & set(counter.services) for counter in sat_at)


def may_be_undone(made: Event, ticket: Ticket, now: datetime) -> bool:
    """Whether the transfer that ``made`` tells of may still be taken back: the visitor waits there since then."""
    still_there = ticket.state is State.WAITING and ticket.since == made.at and ticket.service == made.detail["to"]
    return still_there and now - made.at <= UNDO_WITHIN
