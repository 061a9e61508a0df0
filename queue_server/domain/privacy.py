"""What is personal, for what it is kept and for how long (UU 27/2022, Pelindungan Data Pribadi): one table for all.

``FIELDS`` is the law of the house: the purge obeys it, the lists for staff and the public page are made of it, and a
test fails on a column, or a name in what is kept beside an event, that it does not know.
"""

import re
import unicodedata
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from .errors import Code, QueueError

LINK_LIVES = timedelta(hours=48)  # so long after its service day closed a ticket's link opens its page
NAMED_FOR = 12  # months after an account's end its officer is a pseudonym


class Lifetime(StrEnum):
    """Of what is sealed: each has a key of its own for every service day, and ends by its destruction."""

    TEXTS = "texts"
    ADDRESSES = "addresses"
    BOOKINGS = "bookings"


DAYS: Mapping[Lifetime, int] = {Lifetime.TEXTS: 90, Lifetime.ADDRESSES: 30, Lifetime.BOOKINGS: 7}  # the most


class Ends(StrEnum):
    """When what is not sealed by a day's key goes."""

    SEALED = "sealed"  # with its key: ``Field.lifetime`` says after how many days
    LINK = "link"  # ``LINK_LIVES`` after its day closed
    BOOKED = "booked"  # seven service days after the booked one
    COMMENT = "comment"  # as what is sealed, from the day on which it lies among the others (``store/comments.py``)
    MONTH = "month"  # with its key, soon after the month
    NEXT_DAY = "next_day"  # when the service day after the next opens
    DAY_CLOSE = "day_close"
    SESSION = "session"  # twelve hours after signing in, or by signing out
    PAIRING = "pairing"  # ten minutes
    ACCOUNT = "account"  # ``NAMED_FOR`` months after its end
    RECORD = "record"  # never: it names nobody by itself, and figures and audit are made of it


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that is personal: whose it is, where it lies, and when it goes.

    ``where``: ``table.column``; what is kept beside events: ``private.`` and its name. Its name, and what it is for,
    stand in ``config/text/privacy.toml`` (``field_…``, ``purpose_…``).
    """

    name: str
    whose: str  # visitor, officer
    ends: Ends
    where: tuple[str, ...]
    lifetime: Lifetime | None = None


FIELDS: tuple[Field, ...] = (
    Field("note", "visitor", Ends.SEALED, ("private.note",), Lifetime.TEXTS),
    Field("reason", "visitor", Ends.SEALED, ("private.reason",), Lifetime.TEXTS),
    Field("booking", "visitor", Ends.SEALED, ("private.booking", "booking.code_hash"), Lifetime.BOOKINGS),
    Field("link", "visitor", Ends.LINK, ("ticket.token_hash",)),
    Field("booked", "visitor", Ends.BOOKED, ("booking.token_hash", "booking.browser_hash", "booking.address_hash")),
    Field("escort", "visitor", Ends.DAY_CLOSE, ("escort.ticket",)),
    Field("comment", "visitor", Ends.COMMENT, ("survey_answer.comment",), Lifetime.TEXTS),
    Field(
        *("profile", "visitor", Ends.RECORD),
        tuple(f"survey_answer.{one}" for one in ("sex", "age_band", "education", "occupation")),
    ),
    Field("answered", "visitor", Ends.MONTH, ("survey_mark.mark",)),
    Field("unmixed", "visitor", Ends.MONTH, ("survey_urn.sealed",)),
    Field("language", "visitor", Ends.RECORD, ("ticket.language",)),
    Field("origin", "visitor", Ends.RECORD, ("ticket.origin", "origin_answer.origin")),
    Field("address", "officer", Ends.SEALED, ("private.address", "refused_sign_in.address"), Lifetime.ADDRESSES),
    Field("browser", "officer", Ends.SEALED, ("private.browser",), Lifetime.ADDRESSES),
    Field("session", "officer", Ends.SESSION, ("session.id_hash", "session.account", "session.browser")),
    Field("pairing", "officer", Ends.PAIRING, ("pairing.address",)),
    Field("reply", "officer", Ends.NEXT_DAY, ("request.scope", "request.reply")),
    Field("name", "officer", Ends.ACCOUNT, ("account.name", "account.username")),
    Field("password", "officer", Ends.ACCOUNT, ("account.password_hash",)),
    Field(
        *("pseudonym", "officer", Ends.RECORD),
        (
            *("account.id", "event.officer", "event.by", "ticket.officer", "stay.officer", "counter.officer"),
            *("counter.helper", "lending.account", "lending.by", "roster.account", "notice.by", "structure.by"),
            *("taken_alarm.by", "refused_sign_in.account", "picture.by"),
        ),
    ),
)

_KEPT_APART = {
    place.partition(".")[2]: one.lifetime
    for one in FIELDS
    for place in one.where
    if place.startswith("private.") and one.lifetime is not None
}  # name -> how long it lives, of what is kept beside an event


def lifetime_of(name: str) -> Lifetime:
    """How long something that is kept beside an event lives. Raises LookupError for what the table does not know."""
    return _KEPT_APART[name]


@dataclass(frozen=True, slots=True)
class Lifetimes:
    """For how many days a site keeps what is sealed: never longer than ``DAYS``."""

    days: Mapping[Lifetime, int] = field(default_factory=lambda: DAYS)

    def last_day(self, lifetime: Lifetime, day: date) -> date:
        """The last date on which what was written on that service day is kept."""
        return day + timedelta(days=self.days[lifetime])

    def is_over(self, lifetime: Lifetime, day: date, today: date) -> bool:
        """Whether what was written on that service day is to be gone today."""
        return today > self.last_day(lifetime, day)


def shortest(kept: Mapping[str, Lifetimes]) -> Lifetimes:
    """For what belongs to no one site: the least that any of them keeps."""
    of = [*(one.days for one in kept.values()), DAYS]
    return Lifetimes({lifetime: min(days[lifetime] for days in of) for lifetime in Lifetime})


def is_link_dead(closed_at: datetime | None, now: datetime) -> bool:
    """Whether a ticket's link leads nowhere any more. ``closed_at``: when its day was over; None: it is not."""
    return closed_at is not None and now > closed_at + LINK_LIVES


def months_before(now: datetime, months: int) -> datetime:
    """The same day and time so many months earlier; the month's last day where it has none of that number."""
    year, before = divmod(now.year * 12 + now.month - 1 - months, 12)
    last = monthrange(year, before + 1)[1]
    return now.replace(year=year, month=before + 1, day=min(now.day, last))


# NIK, Kartu Keluarga and the NPWP of today have 16 digits. People write them together, in fours, or as on the form:
# region (six digits, or three pairs), birth date (six), serial number (four). Dates, times, sums and telephone numbers
# are grouped otherwise, so that two of them side by side are no identity number.
_GAP = r"\s?[\s./_\u2010-\u2015-]\s?"
_SHAPES = ((16,), (4, 4, 4, 4), (6, 6, 4), (2, 2, 2, 6, 4))
_WRITTEN = "|".join(_GAP.join(f"[0-9]{{{digits}}}" for digits in shape) for shape in _SHAPES)
_IDENTITY_NUMBER = re.compile(rf"(?<![0-9])(?:{_WRITTEN})(?![0-9])")


def holds_identity_number(text: str) -> bool:
    """Whether somebody wrote an identity number into the text: 16 digits, together or grouped as people group them."""
    return bool(_IDENTITY_NUMBER.search(unicodedata.normalize("NFKC", text)))


def refuse_identity_number(field: str, text: str) -> None:
    """Raises ``invalid`` for a text that names somebody by number. The error does not repeat the text."""
    if holds_identity_number(text):
        raise QueueError(Code.INVALID, field=field, reason="identity_number")
