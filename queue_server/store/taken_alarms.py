"""Alarms that somebody took upon themselves, until the day closes."""

from sqlalchemy import Connection, delete, select

from ..domain.alarms import Taken
from .schema import taken_alarm

_a = taken_alarm.c


def of_site(conn: Connection, site: str) -> dict[str, Taken]:
    """alarm -> who took it."""
    wanted = select(_a.alarm, _a.by, _a.at, _a.since, _a.level).where(_a.site == site)
    return {id: Taken(*row) for id, *row in conn.execute(wanted)}


def take(conn: Connection, site: str, alarm: str, taken: Taken) -> None:
    """Somebody takes an alarm; whoever took it before has it no more."""
    conn.execute(delete(taken_alarm).where(_a.site == site, _a.alarm == alarm))
    values = {"by": taken.by, "at": taken.at, "since": taken.since, "level": taken.level}
    conn.execute(taken_alarm.insert().values(site=site, alarm=alarm, **values))


def forget(conn: Connection, site: str) -> None:
    """The day is over, and its alarms with it."""
    conn.execute(delete(taken_alarm).where(_a.site == site))
