"""What a supervisor sees of a whole site, and does to it."""

from datetime import date, datetime, time
from typing import Any

from flask import Blueprint
from pydantic import Field

from ...commands import asking_help, day, taking
from ...domain.absence import Place
from ...domain.alarms import same_trouble
from ...domain.errors import Code, QueueError
from ...domain.rights import Act
from ...domain.roles import Role
from ...perform import Answer, Command
from ...queries.alarms import alarms_now
from ...queries.board import board
from ...queries.hall import hall
from ...queries.hall_at import steps
from ...queries.help import help_asked
from ...queries.lendings import lendings
from ...queries.overview import overview
from ...queries.snapshot import inside
from ..http import audit_query
from ..http.endpoint import HH_MM, PREFIX, Asked, BecauseNeeded, Body, Empty, endpoint

bp = Blueprint("supervising", __name__, url_prefix=f"{PREFIX}/sites/<site>")


class ConfirmDay(Body):
    """The date that the supervisor reads off the calendar on the wall."""

    day: str = Field(pattern=r"^\d{4}-\d{2}-\d{2}$")


class OpenDay(BecauseNeeded):
    """Numbers now. ``until``: a time of today, left out: as long as the day lasts."""

    until: str | None = Field(None, pattern=HH_MM)


def _on_site(asked: Asked, site: str, command: Command) -> Any:
    return asked.perform(site, command, lambda tx, _: Answer(200, board(inside(tx)))).body


@endpoint(bp, "GET", "/hall", act=Act.SEE_HALL, reply="hall", codes=(Code.INVALID,))
def get_hall(asked: Asked, site: str) -> Any:
    """The site now, or ``at`` an instant of the past, within the account's agencies: counters, services, alarms.

    ``day``: of which service day's record, where a clock stepped over midnight; left out: of the instant's own date.
    """
    house, at = asked.house, audit_query.instant(asked.house.site(site).timezone)
    if at is not None:
        return house.hall_at(site, at, asked.actor.agencies, audit_query.day())
    heard = asked.house.seen.of(site)
    return asked.house.read(site, lambda view: hall(view, asked.actor.agencies, heard))


@endpoint(bp, "GET", "/hall/steps", act=Act.SEE_HALL, reply="steps", codes=(Code.INVALID,))
def get_steps(asked: Asked, site: str) -> Any:
    """The revisions of a ``day`` (left out: the open one), one after another, within the account's agencies."""
    of = audit_query.day()
    mine = asked.actor.agencies
    return asked.house.read_aside(site, lambda view: steps(view, of or view.day or view.now.date(), mine))


@endpoint(bp, "GET", "/hall/overview", act=Act.SEE_OVERVIEW, reply="overview")
def get_overview(asked: Asked, site: str) -> Any:
    """The site as it is now, within the account's agencies: figures, and what to talk about; nobody is named."""
    if asked.actor.has({Role.DISPLAY}):  # a lobby's, which asks every few seconds: it is heard as a wall is
        asked.house.seen.hear(Place(asked.actor.id, site, "wall"))
    return asked.house.read(site, lambda view: overview(view, asked.actor.agencies))


@endpoint(bp, "GET", "/hall/today", act=Act.SEE_OVERVIEW, reply="today")
def get_today(asked: Asked, site: str) -> Any:
    """The day's figures so far, at most fifteen seconds old."""
    house = asked.house
    return house.todays_figures.of(site, house.read, house.off_hub, asked.actor.agencies)


@endpoint(bp, "GET", "/alarms", act=Act.SEE_HALL, reply="alarms")
def get_alarms(asked: Asked, site: str) -> Any:
    """What is to be seen to now, within the account's agencies, the gravest first."""
    return _alarms_of(asked, site)


@endpoint(bp, "POST", "/alarms/<alarm>/acknowledge", act=Act.TAKE_ALARM, body=Empty, reply="alarms")
def acknowledge_alarm(asked: Asked, site: str, alarm: str) -> Any:
    """Say that one sees to an alarm: it is quiet until it is worse."""
    due = _alarms_of(asked, site)
    found = next((one for one in due if one["id"] == alarm), None)
    if found is None:
        asked.house.refuse_unknown()
    if found["kind"] == "help":  # who sees to it goes there
        asked.perform(site, lambda tx: asking_help.come_to(tx, found["counter"]), lambda tx, _: Answer(200, None))
        return _alarms_of(asked, site)
    since = same_trouble(found["kind"], datetime.fromisoformat(found["since"]) if found["since"] else None)
    asked.perform(site, lambda tx: taking.take(tx, alarm, since, found["level"]), lambda tx, _: Answer(200, None))
    return _alarms_of(asked, site)


@endpoint(bp, "POST", "/help/<help>/acknowledge", act=Act.HELP, body=Empty, reply="help")
def acknowledge_help(asked: Asked, site: str, help: str) -> Any:
    """Say that one comes to the counter that asked; whoever said so first is who comes."""
    done = asked.perform(
        site,
        lambda tx: asking_help.come(tx, help),
        lambda tx, state: Answer(200, help_asked(inside(tx), state)),
    )
    return done.body, done.status


def _alarms_of(asked: Asked, site: str) -> Any:
    """The alarms that are due, within the caller's agencies."""
    heard = asked.house.seen.of(site)
    return asked.house.read(site, lambda view: alarms_now(view, asked.actor.agencies, heard))


@endpoint(bp, "GET", "/lendings", act=Act.SEE_ROSTER, reply="lendings")
def get_lendings(asked: Asked, site: str) -> Any:
    """The accounts that help out at another agency's counters, within the caller's agencies."""
    return asked.house.read(site, lambda view: lendings(view, asked.actor.agencies))


@endpoint(bp, "POST", "/close-day", act=Act.RUN_DAY, body=Empty, reply="board")
def close_day(asked: Asked, site: str) -> Any:
    """Close the service day: who waits expires, counters close."""
    return _on_site(asked, site, day.close_day)


@endpoint(bp, "POST", "/reopen-day", act=Act.RUN_DAY, body=Empty, reply="board")
def reopen_day(asked: Asked, site: str) -> Any:
    """Open a closed day again."""
    return _on_site(asked, site, day.reopen_day)


@endpoint(bp, "POST", "/open-day", act=Act.RUN_DAY, body=OpenDay, reply="board", codes=(Code.INVALID,))
def open_numbers(asked: Asked, site: str) -> Any:
    """Give numbers now, whatever the hours or the calendar say."""
    until = time.fromisoformat(asked.body.until) if asked.body.until else None
    return _on_site(asked, site, lambda tx: day.open_numbers(tx, asked.body.reason, until))


@endpoint(bp, "POST", "/confirm-day", act=Act.RUN_DAY, body=ConfirmDay, reply="board", codes=(Code.INVALID,))
def confirm_day(asked: Asked, site: str) -> Any:
    """Confirm today's date when the clock was not believed."""
    try:
        meant = date.fromisoformat(asked.body.day)
    except ValueError:
        raise QueueError(Code.INVALID, field="day") from None
    return _on_site(asked, site, lambda tx: day.confirm_day(tx, meant))
