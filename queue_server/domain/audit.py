"""What the record tells those who check it: which kinds belong together, what was before and after, why, and whom.

Nothing that an event tells is hidden: what no rule here takes out is shown as it lies there.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from .booking_record import OF_BOOKINGS
from .events import (
    ISSUES,
    OF_FOLLOWUPS,
    OF_INTERRUPTIONS,
    OF_LEVERS,
    OF_MEDIA,
    OF_NOTICES,
    OF_SUGGESTIONS,
    Kind,
    facts,
)
from .fold import Event
from .roles import Role, in_order

SIGN_IN_REFUSED = "sign_in_refused"  # no event: a count of those that a name and an hour had (``contract.md``)

#: what is written down beside a hall's days
OF_REGISTERS = (Kind.TARGETS_SET, Kind.COMPLAINTS_COUNTED, Kind.DISTRICTS_SET)

#: what is asked for together, by the word it is asked by: every kind is in one of them
GROUPS: Mapping[str, tuple[str, ...]] = {
    "numbers": (
        *(*ISSUES, Kind.REFUSED, Kind.REPRINTED, Kind.REGROUPED, Kind.CONFIDED, Kind.NOTE_READ, Kind.CANCELLED),
    ),
    "bookings": (*OF_BOOKINGS, Kind.CALLABLE),
    "calls": (Kind.CALLED, Kind.RECALLED, Kind.UNDONE, Kind.NO_SHOW, Kind.RETURNED),
    "services": (
        *(Kind.SERVED, Kind.FINISHED, Kind.HELD, Kind.TRANSFERRED, Kind.TRANSFER_UNDONE, Kind.RECLASSED),
        *(Kind.EXPIRED, Kind.CARRIED_ON, Kind.PLACE_GIVEN_UP),
    ),
    "counters": (
        *(Kind.COUNTER_OPENED, Kind.COUNTER_CLOSED, Kind.TAKEN_OVER, Kind.OVERSEEN, Kind.HELP_ASKED, Kind.HELP_COMES),
        *(Kind.BREAK_BEGUN, Kind.BREAK_ENDED),
    ),
    "days": (
        *(Kind.DAY_OPENED, Kind.DAY_CLOSED, Kind.DAY_REOPENED, Kind.DAY_CONFIRMED, Kind.NUMBERS_OPENED, Kind.RESTORED),
        *(Kind.CARRIED_OVER, Kind.CARRIED_IN),
    ),
    "steering": (
        *(*OF_LEVERS, *OF_SUGGESTIONS, *OF_INTERRUPTIONS, *OF_NOTICES, *OF_MEDIA, Kind.ALARM_TAKEN, Kind.ROSTER_SET),
        *OF_REGISTERS,
    ),
    "surveys": OF_FOLLOWUPS,
    "structure": (Kind.CONFIGURED, Kind.STRUCTURE_SAVED, Kind.STRUCTURE_WITHDRAWN, Kind.SET_UP),
    "accounts": (
        *(Kind.ACCOUNT_ADDED, Kind.ACCOUNT_CHANGED, Kind.ACCOUNT_DISABLED, Kind.ACCOUNT_ENABLED, Kind.PASSWORD_SET),
        *(Kind.ACCOUNT_LENT, Kind.LENDING_ENDED, Kind.ACCOUNT_FORGOTTEN),
    ),
    "devices": (Kind.DEVICE_ADDED, Kind.DEVICE_REVOKED, Kind.DEVICE_ASKED),
    "sign_ins": (Kind.SIGNED_IN, SIGN_IN_REFUSED, Kind.SIGNED_OUT, Kind.SESSION_ENDED),
}
KINDS = (*Kind, SIGN_IN_REFUSED)

#: what concerns everybody of a hall, an agency's own people too: nobody's secret, and no other agency's business
OF_EVERYBODY = (*GROUPS["days"], *OF_INTERRUPTIONS, *OF_NOTICES, *OF_MEDIA)

# What a detail holds for the program's own use: places in other tables, or what the entry's own columns tell.
_INNER = frozenset(
    ("number", "seq", "previous", "call", "transfer", "wheel", "before", "places", "back", "held", "was", "reason")
) | frozenset(
    ("account", "device", "devices", "site", "series", "digest", "help", "interruption", "id", "stage", "role")
)
_INNER |= {"lists", "bookings", "suggestion", "among", "reason_code"}


def kinds_of(word: str) -> tuple[str, ...] | None:
    """The kinds that a word asks for: a group's, or the one of that name; None for a word that says nothing."""
    return GROUPS.get(word) or ((word,) if word in KINDS else None)


def is_of_ticket(kind: str) -> bool:
    """Whether what a kind tells happened to one number."""
    row = facts(kind)
    return bool(row.enters or row.takes_back or row.announced)


def reason_code(event: Event) -> str | None:
    """The reason that was chosen from a list; a reason in somebody's own words is kept apart."""
    said = event.detail.get("reason_code") or event.detail.get("reason") or event.detail.get("code")
    return said if isinstance(said, str) else None


def account_of(event: Event) -> str | None:
    """The account that something was done to, if to any."""
    found = event.detail.get("account")
    return found if isinstance(found, str) else None


def device_of(event: Event) -> str | None:
    """The device that something was done to; of several of one name the first."""
    one, several = event.detail.get("device"), event.detail.get("devices")
    found = one or (several[0] if isinstance(several, list) and several else None)
    return found if isinstance(found, str) else None


@dataclass(frozen=True, slots=True)
class Change:
    """What was before an event and what is after it, as far as it tells."""

    before: Mapping[str, Any]
    after: Mapping[str, Any]


def change(event: Event) -> Change:
    """What an event changed. Of a structure each key that is another; of what it tells else, all that is shown."""
    detail = event.detail
    if event.kind == Kind.STRUCTURE_SAVED:
        changes = detail.get("changes", ())
        kept = {key: detail[key] for key in ("version", "from_day") if key in detail}
        return Change(_side(changes, "before"), _side(changes, "after") | kept)
    after = {key: value for key, value in detail.items() if key not in _INNER and value is not None}
    was = _was(event)
    return Change(was, {**{key: _now(event, key) for key in was}, **after})


def _side(changes: Iterable[Mapping[str, Any]], side: str) -> dict[str, Any]:
    return {".".join(map(str, one["path"])): one[side] for one in changes if side in one}


#: what of a detail's ``was`` is whose
_WAS = {
    Kind.RECLASSED: "class",
    Kind.REGROUPED: "people",
    Kind.SERVICES_SET: "services",
    Kind.QUOTA_SET: "quota",
    Kind.TAKEN_OVER: "officer",
}


def _was(event: Event) -> dict[str, Any]:
    if event.kind == Kind.TRANSFERRED:
        return {"to": event.service}
    key = _WAS.get(Kind(event.kind)) if event.kind in _WAS else None
    return {key: event.detail.get("was")} if key else {}


def _now(event: Event, key: str) -> Any:
    return event.officer if key == "officer" else event.detail.get(key)


_MAY = ("roles", "sites", "agencies", "organisation")  # what an account is, as its events tell it


class Accounts:
    """What each account was at any time, by the events of accounts."""

    def __init__(self, happened: Iterable[Event]) -> None:
        """``happened``: their additions and changes, the oldest first."""
        self._of: dict[str, list[tuple[datetime, tuple[int, int, int], dict[str, Any]]]] = {}
        for event in happened:
            if (id := account_of(event)) is not None:
                known = self._of.setdefault(id, [])
                last = known[-1][2] if known else {}
                place = (event.epoch, event.revision, event.n)
                known.append((event.at, place, last | _rights(event)))

    def change(self, event: Event) -> Change:
        """What an event of an account changed; what it was before, if the record knows."""
        known = self._of.get(account_of(event) or "", [])
        place = (event.epoch, event.revision, event.n)
        earlier = [had for _, at, had in known if at < place]
        after = _rights(event)
        before = {key: earlier[-1][key] for key in after if earlier and key in earlier[-1]}
        return Change(before, after)

    def roles(self, id: str, at: datetime) -> list[Role]:
        """The roles that an account had then, as far as the record knows: before its first event those of that one."""
        known = self._of.get(id, [])
        had = [had for since, _, had in known if since <= at] or [had for *_, had in known[:1]]
        return in_order(Role(role) for role in had[-1].get("roles", ())) if had else []


def _rights(event: Event) -> dict[str, Any]:
    detail = dict(event.detail)
    if "role" in detail and "roles" not in detail:
        detail["roles"] = [detail["role"]]  # older events know one role
    return {key: detail[key] for key in _MAY if key in detail}


@dataclass(frozen=True, slots=True)
class Place:
    """A place in one site's record; what lies before it was not looked at yet."""

    epoch: int
    revision: int
    n: int


@dataclass(frozen=True, slots=True)
class Position:
    """How far somebody has read back: the day they are at, and what of it they have seen.

    ``site``: the earliest event of the day that was shown; ``server``: how many of the server's own entries of that day
    (sign-ins, accounts, devices) are left. None: nothing was looked at yet.
    """

    day: str
    site: Place | None = None
    server: int | None = None

    def __str__(self) -> str:
        """As it stands in an address."""
        site = f"{self.site.epoch}.{self.site.revision}.{self.site.n}" if self.site else ""
        return f"{self.day}~{site}~{'' if self.server is None else self.server}"

    def at(self, site: Place | None, server: int | None) -> "Position":
        """The same day, further back."""
        return replace(self, site=site or self.site, server=server)


def read_position(written: str) -> Position | None:
    """The position that an address names; None for what is none."""
    day, *rest = written.split("~")
    if len(rest) != 2:
        return None
    site, server = rest
    numbers = site.split(".") if site else []
    if len(numbers) not in (0, 3) or not all(_is_number(one) for one in [*numbers, *([server] if server else [])]):
        return None
    place = Place(*map(int, numbers)) if numbers else None
    return Position(day, place, int(server) if server else None)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 10
