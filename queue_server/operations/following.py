"""What follows the record, looked at by a person: how far each follower has come, and who serves which site."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection

from ..followers import FOLLOWERS, stays
from ..store import cursors, events, migrate, site_leases
from ..store import stays as rows
from ..store.cursors import Position, Standing
from .checks import Patient
from .findings import Finding, bad, ok, warn

_LATE = timedelta(minutes=10)  # what was committed before that should have been followed
_PROVEN_BACK_TO = timedelta(days=31)  # the days whose stays are compared, unless all are asked for


@dataclass(frozen=True, slots=True)
class Place:
    """Where a follower is at a site; ``since``: when the first thing that it has not read yet happened."""

    site: str
    follower: str
    promise: str
    seen: Standing
    since: datetime | None

    @property
    def runs(self) -> str:
        """The process that runs it, or did last."""
        return f"run by {self.seen.runner}" if self.seen.held else f"last run by {self.seen.runner or 'nobody'}"


def places(conn: Connection, sites: Iterator[str]) -> Iterator[Place]:
    """Every follower at every site that the database has."""
    for site in sites:
        for follower in FOLLOWERS:
            seen = cursors.standing(conn, follower.name, site)
            if seen is not None:
                waiting = events.beyond(conn, site, seen.cursor or cursors.BEGINNING, 1)
                since = waiting[0][0].at if waiting else None
                yield Place(site, follower.name, follower.promise.value, seen, since)


def followers(patient: Patient) -> Iterator[Finding]:
    """How far each follower has come at each site and who runs it, and whether the stays are what the events say."""
    with patient.reader.connect() as conn, conn.begin():
        if migrate.version(conn) != migrate.HEAD:
            return  # another question says so
        for place in places(conn, iter(patient.settings.sites)):
            yield _standing(patient, place)
            if place.follower == stays.FOLLOWER.name and place.seen.cursor:
                yield from _proof(patient, conn, place.site, place.seen.cursor)


def _standing(patient: Patient, place: Place) -> Finding:
    site, name, seen = place.site, place.follower, place.seen
    if seen.cursor is None:
        return ok(f"{site}: {name} has not begun: the server begins it when it starts", site=site)
    if seen.cursor > seen.head:
        return bad("follower_beyond", site=site, name=name, at=seen.cursor[1], head=seen.head[1])
    if place.since is None:
        return ok(f"{site}: {name} has followed to revision {seen.head[1]}, {place.runs}", site=site)
    if patient.clock() - place.since > _LATE:
        about = {"site": site, "name": name, "behind": seen.behind, "at": seen.cursor[1], "head": seen.head[1]}
        return warn("follower_late", **about, runs=place.runs, since=f"{place.since:%Y-%m-%d %H:%M}")
    behind = f"{seen.behind} revisions behind, at {seen.cursor[1]} of {seen.head[1]}, {place.runs}"
    return ok(f"{site}: {name} is {behind}", site=site)


def _proof(patient: Patient, conn: Connection, site: str, upto: Position) -> Iterator[Finding]:
    """The stays of the last month's days against a replay of their events; of all days with ``--full``."""
    every = rows.days(conn, site)
    compared = [day for day in every if patient.full or every[-1] - day <= _PROVEN_BACK_TO]
    wrong = sum(rows.differences(conn, site, day, upto) for day in compared)
    if wrong:
        how = f"queue-server rebuild stays --site {site}"
        yield bad("stays_wrong", site=site, n=wrong, command=how)
    elif compared:
        yield ok(f"{site}: the stays of {len(compared)} of {len(every)} days are what the events say", site=site)


def servers(patient: Patient) -> Iterator[Finding]:
    """Where several servers share a PostgreSQL: which of them serves a site that this configuration does not have."""
    with patient.reader.connect() as conn, conn.begin():
        if migrate.version(conn) != migrate.HEAD:
            return
        for site, processes in site_leases.held(conn).items():
            by = ", ".join(processes)
            if site in patient.settings.sites:
                yield ok(f"{site}: served by {by}", site=site)
            else:
                yield warn("servers_elsewhere", site=site, by=by)
