"""The tables (``architecture.md`` section 3). One MetaData; migrations are numbered in ``migrations/versions``."""

from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    ColumnElement,
    Date,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
    literal_column,
)

from ..domain.events import ANNOUNCED, SELDOM
from .access_schema import refused_sign_in as refused_sign_in
from .booking_schema import booking as booking
from .columns import Id, Instant
from .columns import metadata as metadata
from .device_schema import device, device_test, pairing, presence
from .media_schema import picture as picture
from .media_schema import picture_content as picture_content
from .media_schema import playlist as playlist
from .notice_schema import notice as notice
from .private_schema import private as private
from .seal_schema import seal as seal
from .staffing_schema import escort as escort
from .staffing_schema import lending as lending
from .staffing_schema import roster as roster
from .staffing_schema import taken_alarm as taken_alarm
from .survey_schema import origin_answer, rating, survey_answer, survey_mark, survey_urn

site = Table(
    "site",
    metadata,
    Column("id", Id, primary_key=True),  # "*" is the row that server-wide commands lock
    Column("revision", Integer, nullable=False),
    Column("epoch", Integer, nullable=False),  # raised by a restore: cursors of before mean nothing after it
    Column("last_call", Integer, nullable=False),  # revision of the newest call
    Column("last_at", Instant),  # the last event whose time is trusted
    Column("day", Date),  # the open service day
    Column("day_closed", Boolean, nullable=False),  # closed by a supervisor until the next date
    Column("open_until", Instant),  # numbers are given until then, whatever hours and calendar say
    Column("weights", JSON, nullable=False),  # the order last applied: new weights turn every wheel to 0
    Column("name", Text, nullable=False),
    Column("structure", Integer, nullable=False, server_default="0"),  # the version in force; 0: none is recorded yet
    Column("interruptions", JSON, nullable=False, server_default="[]"),  # those that last, as their events left them
    Column("levers", JSON, nullable=False, server_default="{}"),  # set for one day, as their events left them
    Column("notices", Integer, nullable=False, server_default="0"),  # revision of the last change of one; 0: none was
    Column("carried", JSON, nullable=False, server_default="[]"),  # places kept on days to come, as events left them
    Column("retired_at", Instant),
)

structure = Table(  # what a site is declared to be: every version that was saved
    "structure",
    metadata,
    Column("site", Id, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("based_on", Integer, nullable=False),
    Column("from_day", Date),  # takes effect when that day opens; none: at once
    Column("source", String(8), nullable=False),
    Column("digest", String(64), nullable=False),
    Column("by", String(36), nullable=False),
    Column("at", Instant, nullable=False),
    Column("epoch", Integer, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("in_force_at", Instant),
    Column("in_force_day", Date),
    Column("replaced_by", Integer),
    Column("document", JSON, nullable=False),
)

agency = Table(
    "agency",
    metadata,
    Column("site", Id, primary_key=True),
    Column("id", Id, primary_key=True),
    Column("name", Text, nullable=False),
    Column("retired_at", Instant),
)

service = Table(
    "service",
    metadata,
    Column("site", Id, primary_key=True),
    Column("id", Id, primary_key=True),
    Column("agency", Id, nullable=False),
    Column("prefix", String(2), nullable=False),
    Column("name", Text, nullable=False),
    Column("target_s", Integer),  # the promised service time
    Column("retired_at", Instant),
)

counter = Table(
    "counter",
    metadata,
    Column("site", Id, primary_key=True),
    Column("id", Id, primary_key=True),
    Column("agency", Id, nullable=False),
    Column("name", Text, nullable=False),
    Column("officer", String(36)),  # null: closed
    Column("opened_at", Instant),
    Column("wheel", Integer, nullable=False),
    Column("ticket", String(36)),  # called or serving here
    Column("call_revision", Integer),  # the call or transfer that may still be undone
    *(Column("break_since", Instant), Column("break_until", Instant)),  # null: on no break
    Column("break_reason", String(16)),
    *(Column("help", String(36)), Column("help_since", Instant)),  # its officer has asked for help
    *(Column("helper", String(36)), Column("helped_at", Instant)),  # who comes
    Column("retired_at", Instant),
    Index("counter_officer", "officer", unique=True),  # one counter per officer (I-3)
)

ticket = Table(
    "ticket",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("site", Id, nullable=False),
    Column("day", Date, nullable=False),
    Column("series", Id, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("number", String(16), nullable=False),
    Column("service", Id, nullable=False),
    Column("class_", String(16), nullable=False),
    Column("state", String(16), nullable=False),
    Column("arrival", Integer, nullable=False),
    Column("issued_at", Instant, nullable=False),
    Column("since", Instant, nullable=False),
    Column("called_at", Instant),
    Column("served_at", Instant),
    Column("finished_at", Instant),
    Column("counter", Id),
    Column("officer", String(36)),
    Column("call_revision", Integer),
    Column("recalls", Integer, nullable=False),
    Column("outcome", String(64)),
    Column("wish", Id),
    Column("origin", String(64)),
    Column("language", String(8)),
    Column("officer_since", Instant),  # its officer took the service over then; null: since it began
    Column("noted", Boolean, nullable=False, server_default="0"),  # somebody wrote a note about it
    Column("missing", Text),  # papers found missing last: their ids, with a comma between
    Column("people", Integer, nullable=False, server_default="1"),
    Column("callable_from", Instant),  # booked, and here before that: not called earlier
    Column("early", Boolean, nullable=False, server_default="0"),  # that is still so
    *(Column(name, Integer) for name in ("told_low_s", "told_high_s")),  # the wait as told at the issue; null: unknown
    Column("expected_s", Integer),  # of which that was made
    *(Column("carried_to", Date), Column("carried_as", String(16))),  # its holder has a place on that day, as this
    Column("carried_from", String(36)),  # the ticket of an earlier day whose holder has this one
    Column("token_hash", String(64), nullable=False, unique=True),
    UniqueConstraint("site", "day", "series", "seq", name="ticket_number"),  # I-1
    Index("ticket_by_number", "site", "day", "number"),
)


def in_words(value: str) -> ColumnElement[str]:
    """One of our own words, said as a literal: a bound value would hide a partial index."""
    return literal_column(f"'{value}'")


def _is(*states: str) -> ColumnElement[bool]:
    """The ticket is in one of these states, said with literals: a bound value would hide the partial index."""
    literals = [in_words(state) for state in states]
    return ticket.c.state == literals[0] if len(literals) == 1 else ticket.c.state.in_(literals)


WAITING = _is("waiting")
IN_LINE = WAITING & (ticket.c.early == literal_column("false"))  # to be called: who came early sits beside the line
AT_COUNTER = _is("called", "serving")
ASIDE = _is("held", "no_show")
COMPLETED = _is("completed")


def _partial(name: str, where: ColumnElement[bool], *columns: Column[Any], unique: bool = False) -> None:
    Index(name, *columns, unique=unique, sqlite_where=where, postgresql_where=where)


# What is open or of today stays small whatever the history: every look at the queue goes through one of these.
_t = ticket.c
_partial("ticket_waiting", WAITING, _t.site, _t.service, _t.class_, _t.arrival, _t.early, _t.callable_from)
SITTING = WAITING & (_t.early == literal_column("true"))
_partial("ticket_early", SITTING, _t.site, _t.callable_from, _t.arrival)  # mostly nobody
GROUP = _t.people > literal_column("1")
_partial("ticket_group", WAITING & GROUP, _t.site, _t.service, _t.arrival, _t.people)  # few: most come alone
_partial("ticket_carried_to", IS_KEPT := _t.carried_to.is_not(None), _t.site, _t.carried_to)
_partial("ticket_carried_from", _t.carried_from.is_not(None), _t.carried_from, unique=True)  # nobody is let in twice
_partial("ticket_at_counter", AT_COUNTER, _t.site, _t.counter, unique=True)  # one open ticket per counter (I-3)
_partial("ticket_aside", ASIDE, _t.site, _t.day, _t.state)
_partial("ticket_served", COMPLETED, _t.site, _t.day, _t.officer)
TOLD_AND_CALLED = _t.expected_s.is_not(None) & _t.called_at.is_not(None)
_partial("ticket_told", TOLD_AND_CALLED, _t.site, _t.series, _t.called_at)
_partial("ticket_completed", COMPLETED, _t.site, _t.service, _t.day, _t.finished_at)

event = Table(
    "event",
    metadata,
    Column("site", Id, primary_key=True),
    Column("epoch", Integer, primary_key=True),
    Column("revision", Integer, primary_key=True),
    Column("n", Integer, primary_key=True),
    Column("at", Instant, nullable=False),
    Column("day", Date, nullable=False),
    Column("kind", String(24), nullable=False),
    Column("ticket", String(36)),
    Column("counter", Id),
    Column("service", Id),
    Column("officer", String(36)),
    Column("detail", JSON, nullable=False),
    Column("clock_suspect", Boolean, nullable=False),
    Column("by", String(36)),  # who did it; null: written by a release that did not say
    Index("event_by_ticket", "ticket"),
    Index("event_by_day", "site", "day", "kind"),
    sqlite_with_rowid=False,
)
IS_CALL = event.c.kind.in_([in_words(kind) for kind in ANNOUNCED])
_partial("event_call", IS_CALL, event.c.site, event.c.day, event.c.revision)
SELDOM_KINDS = [in_words(kind) for kind in SELDOM]
_partial("event_seldom", event.c.kind.in_(SELDOM_KINDS), event.c.site, event.c.kind, event.c.day)

series = Table(
    "series",
    metadata,
    Column("site", Id, primary_key=True),
    Column("service", Id, primary_key=True),
    Column("day", Date, primary_key=True),
    Column("next", Integer, nullable=False),
)

quota = Table(
    "quota",
    metadata,
    Column("site", Id, primary_key=True),
    Column("day", Date, primary_key=True),  # before the service: all of a day's are read together
    Column("service", Id, primary_key=True),
    Column("class_", String(16), primary_key=True),
    Column("used", Integer, nullable=False),
)

request = Table(
    "request",
    metadata,
    Column("scope", String(80), primary_key=True),  # who asked
    Column("key", String(255), primary_key=True),
    Column("body_hash", String(64), nullable=False),
    Column("site", Id, nullable=False),
    Column("day", Date, nullable=False),
    Column("status", Integer, nullable=False),
    Column("reply", JSON, nullable=False),  # without token and url
    Column("ticket", String(36)),  # whose token and url a replay puts back
    Column("at", Instant, nullable=False),
    Index("request_by_day", "site", "day"),
)

account = Table(
    "account",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("username", String(64), nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("role", String(16), nullable=False),  # the mightiest of its roles, which a release before this one reads
    Column("password_hash", Text, nullable=False),
    Column("sites", JSON, nullable=False),
    Column("agencies", JSON, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("disabled_at", Instant),
    Column("roles", JSON),  # all of them; null, or another mightiest than ``role``: that one alone
    Column("organisation", Id),  # whose person it is: an agency's, or the local government's; null: not said
    Column("version", Integer, nullable=False, server_default="0"),  # rises with every change: who looked at which
)

session = Table(
    "session",
    metadata,
    Column("id_hash", String(64), primary_key=True),
    Column("account", String(36), nullable=False, index=True),
    Column("created_at", Instant, nullable=False),
    Column("browser", String(64)),  # its name and its system's, by which people tell one from another; null: not said
)

follower = Table(  # where each follower of the record stands (``followers/``), and which process runs it
    "follower",
    metadata,
    Column("name", String(32), primary_key=True),
    Column("site", Id, primary_key=True),
    Column("epoch", Integer, nullable=False),  # the cursor: whole revisions up to this one are done
    Column("revision", Integer, nullable=False),
    Column("runner", String(80)),  # the process that has, or had, the lease
    Column("fence", Integer, nullable=False),  # rises whenever the lease is taken: an overtaken runner moves nothing
    Column("until", Instant),  # the lease's end, by the database's clock
)

site_lease = Table(  # which processes serve a site, so that none takes another's for a removed one
    "site_lease",
    metadata,
    Column("site", Id, primary_key=True),
    Column("process", String(80), primary_key=True),
    Column("until", Instant, nullable=False),  # by the database's clock
)

stay = Table(  # a ticket's stretches of wait, walk, service, hold, away (``domain/times.py``); written by a follower
    "stay",
    metadata,
    Column("site", Id, primary_key=True),
    Column("day", Date, primary_key=True),  # the ticket's service day: what a report reads lies side by side
    Column("ticket", String(36), primary_key=True),
    Column("n", Integer, primary_key=True),
    Column("class_", String(16), nullable=False),
    Column("outcome", String(16)),  # the ticket's final state, or "papers"; null: it has not ended
    Column("kind", String(8), nullable=False),
    Column("start", Instant, nullable=False),
    Column("end", Instant),  # null: it still lasts
    Column("counter", Id),
    Column("service", Id),
    Column("officer", String(36)),
    Column("called_to", Id),
    Column("suspect", Boolean, nullable=False),
    Column("people", Integer, nullable=False, server_default="1"),  # of the ticket
    sqlite_with_rowid=False,
)

day_sheet = Table(  # what reports of a period read of a day that is over (``reports/sheet.py``)
    "day_sheet",
    metadata,
    Column("site", Id, primary_key=True),
    Column("day", Date, primary_key=True),
    Column("version", Integer, nullable=False),  # of what stands in it
    Column("epoch", Integer, nullable=False),  # it tells everything up to this position
    Column("revision", Integer, nullable=False),
    Column("sheet", LargeBinary, nullable=False),
)

OF_DEVICES = (device, device_test, pairing, presence)  # declared in a file of their own
OF_SURVEYS = (origin_answer, rating, survey_answer, survey_mark, survey_urn)  # so are these
