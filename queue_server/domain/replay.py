"""The rows that a list of events amounts to, told from the beginning."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from . import carry, interruption, levers, media
from .booking_record import booking_places, bookings_after, bookings_of_day
from .bookings import Booking
from .events import ISSUES, OF_MEDIA, OF_NOTICES, Kind
from .fold import (
    CounterState,
    Event,
    Ticket,
    counter_after,
    issued,
    levers_after,
    notice_after,
    series_after,
    ticket_after,
)
from .issue_events import counted
from .lasting import LASTING_AFTER
from .levers import Levers
from .notice import Notice
from .taken_places import CARRIED_AFTER, places_changed


@dataclass
class Replayed:
    """The rows that a list of events amounts to."""

    tickets: dict[str, Ticket] = field(default_factory=dict)
    counters: dict[str, CounterState] = field(default_factory=dict)
    series: dict[tuple[str, date], int] = field(default_factory=dict)  # (service, day) -> next
    quotas: dict[tuple[str, date, str], int] = field(default_factory=dict)  # (service, day, class) -> used
    interruptions: dict[str, interruption.Lasting] = field(default_factory=dict)  # those that last
    levers: Levers = field(default_factory=dict)  # of one day
    notices: dict[str, Notice] = field(default_factory=dict)  # all that nobody ended
    bookings: dict[str, Booking] = field(default_factory=dict)
    pictures: dict[str, media.Picture] = field(default_factory=dict)
    playlist: media.Playlist = field(default_factory=dict)
    carried: dict[tuple[str, ...], Mapping[str, Any]] = field(default_factory=dict)  # places on days to come


def replay(events: Iterable[Event]) -> Replayed:
    """Fold one site's events, in the order of (epoch, revision, n), into its rows."""
    rows = Replayed()
    for event in events:
        fold_ticket(rows, event)
        fold_site(rows, event)
    return rows


def fold_ticket(rows: Replayed, event: Event) -> None:
    """What an event does to its ticket and to the day's quotas. It needs no other ticket's events to be known."""
    ticket = rows.tickets.get(event.ticket) if event.ticket else None
    for day, service, class_, by in places_changed(event, ticket):
        key = (service, day, class_)
        rows.quotas[key] = rows.quotas.get(key, 0) + by
    if event.kind in ISSUES:
        rows.tickets[event.ticket or ""] = issued(event)
    elif ticket is not None:
        rows.tickets[ticket.id] = ticket_after(ticket, event)


def fold_site(rows: Replayed, event: Event) -> None:
    """What an event does to counters, series, interruptions, notices and bookings. It needs no ticket to be known."""
    if event.kind in LASTING_AFTER:
        lasting = LASTING_AFTER[event.kind]([*rows.interruptions.values()], event.detail)
        rows.interruptions = {one["interruption"]: one for one in lasting}
    fold_ahead(rows, event)
    if event.kind in levers.AFTER:
        rows.levers = levers_after(rows.levers, event)
    if event.kind in OF_NOTICES:
        fold_notice(rows, event)
    if event.kind in OF_MEDIA:
        fold_media(rows, event)
    if event.kind == Kind.ISSUED and counted(event.detail):
        rows.series[event.service or "", event.day] = event.detail["seq"] + 1
    rows.series |= series_after(event)
    if event.kind == Kind.CONFIGURED:
        for id in event.detail.get("counters", ()):
            rows.counters.setdefault(id, CounterState(id))
        rows.counters = {id: counter_after(c, event) for id, c in rows.counters.items()}
    elif event.counter in rows.counters:
        rows.counters[event.counter] = counter_after(rows.counters[event.counter], event)


def fold_ahead(rows: Replayed, event: Event) -> None:
    """What an event does to booked places and to kept ones: of them alone the record of one day tells of others."""
    for day, service, by in booking_places(event):
        rows.quotas[service, day, "booked"] = rows.quotas.get((service, day, "booked"), 0) + by
    rows.bookings |= {one.id: one for one in bookings_after(rows.bookings, event)}
    if event.kind in CARRIED_AFTER:
        rows.carried = carry.by_key(CARRIED_AFTER[event.kind]([*rows.carried.values()], event.detail))


def replay_day(happened: Iterable[Event], day: date, counters: Iterable[str]) -> Replayed:
    """Fold a day's events, and those of other days that tell of its bookings and kept places, into that day's rows.

    ``happened``: in the order of (epoch, revision, n). Of other days only tickets that they tell of are told.
    """
    rows = Replayed(counters={id: CounterState(id) for id in counters})
    for event in happened:
        fold_ticket(rows, event)
        own = bookings_of_day(event, day, rows.bookings)
        if own is not None:
            (fold_site if event.day == day else fold_ahead)(rows, own)
    rows.quotas = {key: used for key, used in rows.quotas.items() if key[1] == day}
    return rows


def fold_notice(rows: Replayed, event: Event) -> None:
    """What an event does to its notice."""
    left = notice_after(event)
    if left is None:
        rows.notices.pop(event.detail["id"], None)
    else:
        rows.notices[left.id] = left


def fold_media(rows: Replayed, event: Event) -> None:
    """What an event does to pictures and playlist."""
    if event.kind in (Kind.PICTURE_ADDED, Kind.VIDEO_ADDED):
        one = media.added(event.detail, event.by, event.at)
        rows.pictures[one.id] = one
    elif event.kind == Kind.PICTURE_REMOVED:
        rows.pictures.pop(event.detail["id"], None)
        rows.playlist = media.without(rows.playlist, event.detail["id"], event.revision)
    else:
        rows.playlist = media.set_to(event.detail, event.revision)
