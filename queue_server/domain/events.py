"""What can happen, once: every kind of event, what it tells, and its row of facts for fold, times, store and reports.

A kind's value is the word in the database; it never changes. ``facts`` of a word that this release does not know says
that nothing happens to anybody: a newer process may write beside an older one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Literal, NotRequired, TypedDict

from . import booking_events as places
from .account_events import AccountAdded, AccountChanged, LendingEnded, Lent, OfAccount
from .call_events import Called, Recalled, Served, Undone
from .carry import CarriedIn, CarriedOn, CarriedOver, PlaceGivenUp
from .complaints import ComplaintsCounted
from .day_events import NumbersOpened, OfDay
from .device_events import DeviceAdded, DeviceAsked, DeviceRevoked
from .districts import DistrictsSet
from .followup_events import FollowupSet, PublicationSet, SurveyClosed
from .interruption import InterruptionBegun, InterruptionConfirmed, InterruptionEnded
from .issue_events import Issued, OutageEntered, Reclassed, Refused, Regrouped
from .lever_events import QuotaSet, ServicesSet
from .media import PictureAdded, PictureRemoved, PlaylistSet, VideoAdded
from .notice import NoticeEnded, NoticeMade
from .reasons import Reasoned
from .staffing_events import AlarmTaken, BreakBegun, OfHelp, Overseen, RosterSet, TakenOver
from .structure_events import Configured, Restored, SetUp, StructureSaved, StructureWithdrawn
from .suggestion_events import Suggested
from .targets import TargetsSet
from .ticket import State
from .transactions import Done
from .transfer_events import Transferred, TransferUndone

WAIT, WALK, SERVICE, HOLD, AWAY, EARLY = "wait", "walk", "service", "hold", "away", "early"  # stays (``times.py``)
CallKind = Literal["call", "recall"]


class Kind(StrEnum):
    """The word that an event is recorded under; at most 24 characters."""

    ISSUED = "issued"
    CALLED = "called"
    RECALLED = "recalled"
    UNDONE = "undone"
    SERVED = "served"
    FINISHED = "finished"
    NO_SHOW = "no_show"
    HELD = "held"
    RETURNED = "returned"
    TRANSFERRED = "transferred"
    TRANSFER_UNDONE = "transfer_undone"
    RECLASSED = "reclassed"
    OUTAGE_ENTERED = "outage_entered"
    CALLABLE = "callable"  # who came before their booked time can be called from now on
    REGROUPED = "regrouped"
    CONFIDED = "confided"  # something of a ticket changed that the record does not keep, and this does not tell
    REPRINTED = "reprinted"
    NOTE_READ = "note_read"
    CANCELLED = "cancelled"
    EXPIRED = "expired"
    CARRIED_OVER = "carried_over"  # a hall gives up for the day
    CARRIED_ON = "carried_on"  # a place is kept on yet another day
    CARRIED_IN = "carried_in"
    PLACE_GIVEN_UP = "place_given_up"  # a kept one, before its day
    REFUSED = "refused"
    OVERSEEN = "overseen"
    COUNTER_OPENED = "counter_opened"
    COUNTER_CLOSED = "counter_closed"
    TAKEN_OVER = "taken_over"
    HELP_ASKED = "help_asked"
    HELP_COMES = "help_comes"
    BREAK_BEGUN = "break_begun"
    BREAK_ENDED = "break_ended"
    DAY_OPENED = "day_opened"
    DAY_CLOSED = "day_closed"
    DAY_REOPENED = "day_reopened"
    DAY_CONFIRMED = "day_confirmed"
    NUMBERS_OPENED = "numbers_opened"
    ROSTER_SET = "roster_set"
    INTERRUPTION_BEGUN = "interruption_begun"
    INTERRUPTION_ENDED = "interruption_ended"
    INTERRUPTION_CONFIRMED = "interruption_confirmed"
    INTERRUPTION_REJECTED = "interruption_rejected"
    SERVICES_SET = "services_set"
    QUOTA_SET = "quota_set"
    SUGGESTION_TAKEN = "suggestion_taken"
    SUGGESTION_DECLINED = "suggestion_declined"
    PICTURE_ADDED = "picture_added"
    VIDEO_ADDED = "video_added"
    PICTURE_REMOVED = "picture_removed"
    PLAYLIST_SET = "playlist_set"
    NOTICE_MADE = "notice_made"
    NOTICE_CHANGED = "notice_changed"
    NOTICE_ENDED = "notice_ended"
    ALARM_TAKEN = "alarm_taken"
    TARGETS_SET = "targets_set"
    COMPLAINTS_COUNTED = "complaints_counted"
    DISTRICTS_SET = "districts_set"
    BOOKINGS_IMPORTED = "bookings_imported"
    BOOKINGS_MISSED = "bookings_missed"
    SLOT_BOOKED = "slot_booked"
    BOOKING_CONFIRMED = "booking_confirmed"
    BOOKING_GIVEN_BACK = "booking_given_back"
    BOOKINGS_RELEASED = "bookings_released"
    SURVEY_CLOSED = "survey_closed"
    FOLLOWUP_SET = "followup_set"
    PUBLICATION_SET = "publication_set"
    CONFIGURED = "configured"
    STRUCTURE_SAVED = "structure_saved"
    STRUCTURE_WITHDRAWN = "structure_withdrawn"
    RESTORED = "restored"
    ACCOUNT_ADDED = "account_added"
    ACCOUNT_CHANGED = "account_changed"
    ACCOUNT_DISABLED = "account_disabled"
    ACCOUNT_ENABLED = "account_enabled"
    ACCOUNT_FORGOTTEN = "account_forgotten"  # its person is nobody any more: a pseudonym
    ACCOUNT_LENT = "account_lent"
    LENDING_ENDED = "lending_ended"
    PASSWORD_SET = "password_set"  # noqa: S105  a word, not a password
    DEVICE_ADDED = "device_added"
    DEVICE_REVOKED = "device_revoked"
    DEVICE_ASKED = "device_asked"
    SIGNED_IN = "signed_in"
    SIGNED_OUT = "signed_out"
    SESSION_ENDED = "session_ended"
    SET_UP = "set_up"


# -- the details: what an event tells beside its own columns, as it lies in the record. A key that older events lack, or
# that is there only in some cases, is ``NotRequired``. Never a name or a text about a person: that is ``private``.


class Nothing(TypedDict):
    """The event's own columns say it all."""


class Finished(TypedDict):
    """``quantity``: of ``transactions``, told one by one if there were several; ``outcome``: of the first."""

    outcome: NotRequired[str]
    quantity: NotRequired[int]
    transactions: NotRequired[list[Done]]
    missing: NotRequired[list[str]]
    noted: NotRequired[bool]


class Held(Reasoned):
    """``missing``: the papers, by their ids, that the visitor lacks; none any more, of one who lacked some before.

    ``noted``: a note was written, which is kept apart.
    """

    missing: NotRequired[list[str]]
    noted: NotRequired[bool]


class ByWhat(TypedDict):
    """``by``: what did it where no person did, such as ``day_closed``; of a cancellation who of those who may."""

    by: str


class Expired(ByWhat):
    """``outcome``: ``papers``, of one who did not come back with them; ``carried``, of one who has a place on another
    ``day``, under a ``number`` that is kept."""

    outcome: NotRequired[str]
    day: NotRequired[str]
    number: NotRequired[str]


class PerhapsByWhat(Reasoned):
    """As ``ByWhat``, where mostly a person did it, perhaps for a reason."""

    by: NotRequired[str]


class CounterClosed(PerhapsByWhat):
    """``waiting``: how many waited for its services within their hours; then its officer said why (``private``)."""

    waiting: NotRequired[int]


class Cancelled(ByWhat, Reasoned):
    """``places``: the services whose quotas get a place back; a ticket that was called gives back none."""

    places: NotRequired[list[str]]


# -- the facts


@dataclass(frozen=True, slots=True)
class Facts:
    """What an event of a kind tells and does.

    ``detail``: the shape of its detail. ``enters``: the state that its ticket enters; the stay before it ends then, and
    ``begins`` begins (None: the visit is over; one that enters no state goes on in its own). ``takes_back``: the stay
    that is struck out, as if it had never begun.
    ``splits``: a stay of this kind ends, and goes on with another officer. ``frees``: its ticket goes away from the
    counter. ``announced``: shown and spoken as that kind of call. ``quota``: it may take a place of a day's quota, or
    give one back (``taken_places.py`` says which).
    """

    detail: type[Mapping[str, Any]] = Nothing
    enters: State | None = None
    begins: str | None = None
    takes_back: str | None = None
    splits: str | None = None
    frees: bool = False
    announced: CallKind | None = None
    quota: bool = False


_NOTHING = Facts()

_PLAIN = (
    *(Kind.NOTE_READ, Kind.CONFIDED, Kind.COUNTER_OPENED, Kind.BREAK_ENDED, Kind.DAY_REOPENED),
    *(Kind.SIGNED_IN, Kind.SIGNED_OUT),
)
_ACCOUNT = (Kind.ACCOUNT_DISABLED, Kind.ACCOUNT_ENABLED, Kind.ACCOUNT_FORGOTTEN, Kind.PASSWORD_SET, Kind.SESSION_ENDED)
FACTS: dict[str, Facts] = {
    Kind.ISSUED: Facts(Issued, enters=State.WAITING, begins=WAIT, quota=True),
    Kind.OUTAGE_ENTERED: Facts(OutageEntered, enters=State.COMPLETED, quota=True),
    Kind.CALLABLE: Facts(begins=WAIT),
    Kind.CALLED: Facts(Called, enters=State.CALLED, begins=WALK, announced="call"),
    Kind.RECALLED: Facts(Recalled, announced="recall"),
    Kind.UNDONE: Facts(Undone, takes_back=WALK, frees=True),
    Kind.SERVED: Facts(Served, enters=State.SERVING, begins=SERVICE),
    Kind.FINISHED: Facts(Finished, enters=State.COMPLETED, frees=True),
    Kind.NO_SHOW: Facts(PerhapsByWhat, enters=State.NO_SHOW, begins=AWAY, frees=True),
    Kind.HELD: Facts(Held, enters=State.HELD, begins=HOLD, frees=True),
    Kind.RETURNED: Facts(PerhapsByWhat, enters=State.WAITING, begins=WAIT, frees=True),
    Kind.TRANSFERRED: Facts(Transferred, enters=State.WAITING, begins=WAIT, frees=True, quota=True),
    Kind.TRANSFER_UNDONE: Facts(TransferUndone, takes_back=WAIT, quota=True),
    Kind.RECLASSED: Facts(Reclassed, quota=True),
    Kind.REGROUPED: Facts(Regrouped, quota=True),
    Kind.REPRINTED: Facts(Reasoned),
    Kind.CANCELLED: Facts(Cancelled, enters=State.CANCELLED, frees=True, quota=True),
    Kind.EXPIRED: Facts(Expired, enters=State.EXPIRED, quota=True),  # who waits or is held has no counter
    Kind.CARRIED_OVER: Facts(CarriedOver),
    Kind.CARRIED_ON: Facts(CarriedOn, quota=True),
    Kind.CARRIED_IN: Facts(CarriedIn),
    Kind.PLACE_GIVEN_UP: Facts(PlaceGivenUp, quota=True),
    Kind.REFUSED: Facts(Refused),
    Kind.OVERSEEN: Facts(Overseen),
    Kind.COUNTER_CLOSED: Facts(CounterClosed),
    Kind.TAKEN_OVER: Facts(TakenOver, splits=SERVICE),
    **dict.fromkeys((Kind.HELP_ASKED, Kind.HELP_COMES), Facts(OfHelp)),
    Kind.BREAK_BEGUN: Facts(BreakBegun),
    Kind.DAY_CLOSED: Facts(ByWhat),
    **dict.fromkeys((Kind.DAY_OPENED, Kind.DAY_CONFIRMED), Facts(OfDay)),
    Kind.NUMBERS_OPENED: Facts(NumbersOpened),
    Kind.ROSTER_SET: Facts(RosterSet),
    Kind.INTERRUPTION_BEGUN: Facts(InterruptionBegun),
    Kind.INTERRUPTION_ENDED: Facts(InterruptionEnded),
    **dict.fromkeys((Kind.INTERRUPTION_CONFIRMED, Kind.INTERRUPTION_REJECTED), Facts(InterruptionConfirmed)),
    **dict.fromkeys((Kind.SUGGESTION_TAKEN, Kind.SUGGESTION_DECLINED), Facts(Suggested)),
    **{Kind.SERVICES_SET: Facts(ServicesSet), Kind.QUOTA_SET: Facts(QuotaSet)},
    **{Kind.PICTURE_ADDED: Facts(PictureAdded), Kind.PICTURE_REMOVED: Facts(PictureRemoved)},
    **{Kind.VIDEO_ADDED: Facts(VideoAdded), Kind.PLAYLIST_SET: Facts(PlaylistSet)},
    **dict.fromkeys((Kind.NOTICE_MADE, Kind.NOTICE_CHANGED), Facts(NoticeMade)),
    Kind.NOTICE_ENDED: Facts(NoticeEnded),
    Kind.ALARM_TAKEN: Facts(AlarmTaken),
    Kind.TARGETS_SET: Facts(TargetsSet),
    **{Kind.COMPLAINTS_COUNTED: Facts(ComplaintsCounted), Kind.DISTRICTS_SET: Facts(DistrictsSet)},
    Kind.BOOKINGS_IMPORTED: Facts(places.BookingsImported, quota=True),
    Kind.BOOKINGS_MISSED: Facts(places.BookingsMissed, quota=True),
    Kind.SLOT_BOOKED: Facts(places.SlotBooked, quota=True),
    Kind.BOOKING_CONFIRMED: Facts(places.BookingConfirmed),
    Kind.BOOKING_GIVEN_BACK: Facts(places.BookingGivenBack, quota=True),
    Kind.BOOKINGS_RELEASED: Facts(places.BookingsReleased, quota=True),
    Kind.SURVEY_CLOSED: Facts(SurveyClosed),
    **{Kind.FOLLOWUP_SET: Facts(FollowupSet), Kind.PUBLICATION_SET: Facts(PublicationSet)},
    Kind.CONFIGURED: Facts(Configured),
    Kind.STRUCTURE_SAVED: Facts(StructureSaved),
    Kind.STRUCTURE_WITHDRAWN: Facts(StructureWithdrawn),
    Kind.RESTORED: Facts(Restored),
    Kind.ACCOUNT_ADDED: Facts(AccountAdded),
    Kind.ACCOUNT_CHANGED: Facts(AccountChanged),
    Kind.ACCOUNT_LENT: Facts(Lent),
    Kind.LENDING_ENDED: Facts(LendingEnded),
    **dict.fromkeys(_PLAIN, _NOTHING),
    **dict.fromkeys(_ACCOUNT, Facts(OfAccount)),
    **{Kind.DEVICE_ADDED: Facts(DeviceAdded), Kind.DEVICE_REVOKED: Facts(DeviceRevoked)},
    Kind.DEVICE_ASKED: Facts(DeviceAsked),
    Kind.SET_UP: Facts(SetUp),
}

#: done out of the usual order, for a reason in somebody's own words, perhaps with a word of the list (``reasons.py``);
#: a change of class has none of these
REASONED = (
    *(Kind.CALLED, Kind.RETURNED, Kind.HELD, Kind.NO_SHOW, Kind.CANCELLED, Kind.REPRINTED),
    *(Kind.SERVED, Kind.TAKEN_OVER),  # the first of one who came without a number
    Kind.ISSUED,  # of one who had booked, and came too late
    *(Kind.COUNTER_CLOSED, Kind.NUMBERS_OPENED, Kind.SERVICES_SET, Kind.QUOTA_SET),
    *(Kind.CARRIED_OVER, Kind.PLACE_GIVEN_UP),
)
#: set for today alone: what is true of the whole site may be another after them
OF_LEVERS = (Kind.SERVICES_SET, Kind.QUOTA_SET)
#: what was answered to a suggestion: it changes nothing by itself
OF_SUGGESTIONS = (Kind.SUGGESTION_TAKEN, Kind.SUGGESTION_DECLINED)
#: what an interruption goes through
OF_INTERRUPTIONS = (
    *(Kind.INTERRUPTION_BEGUN, Kind.INTERRUPTION_ENDED, Kind.INTERRUPTION_CONFIRMED, Kind.INTERRUPTION_REJECTED),
)
#: what a notice goes through
OF_NOTICES = (Kind.NOTICE_MADE, Kind.NOTICE_CHANGED, Kind.NOTICE_ENDED)
#: what walls show while nobody is called
OF_MEDIA = (Kind.PICTURE_ADDED, Kind.VIDEO_ADDED, Kind.PICTURE_REMOVED, Kind.PLAYLIST_SET)
#: what is kept about surveys: their figures, frozen; what was done about them, and where they were published
OF_FOLLOWUPS = (Kind.FOLLOWUP_SET, Kind.PUBLICATION_SET, Kind.SURVEY_CLOSED)
#: what is asked for over all days at once and happens a few times a day at most: the database has an index of these
SELDOM = (
    *(*OF_INTERRUPTIONS, *OF_FOLLOWUPS),
    *(Kind.TARGETS_SET, Kind.DISTRICTS_SET, Kind.COMPLAINTS_COUNTED, Kind.SET_UP),
)
#: these make a ticket
ISSUES = (Kind.ISSUED, Kind.OUTAGE_ENTERED)
ANNOUNCED = tuple(kind for kind in Kind if FACTS[kind].announced)
#: after these another counter calls, or one fewer
TEAM_CHANGES = (Kind.COUNTER_OPENED, Kind.COUNTER_CLOSED, Kind.TAKEN_OVER, Kind.BREAK_BEGUN, Kind.BREAK_ENDED)
#: after these a counter may have nobody: it was opened, taken over, came back from a break, or let go of somebody
IDLE_SINCE = (Kind.COUNTER_OPENED, Kind.TAKEN_OVER, Kind.BREAK_ENDED, *(kind for kind in Kind if FACTS[kind].frees))


def facts(kind: str) -> Facts:
    """The row of a kind; of an unknown one, that nothing happens."""
    return FACTS.get(kind, _NOTHING)
