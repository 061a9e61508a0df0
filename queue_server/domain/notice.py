"""Notices: what a hall or an agency tells its visitors, by place, language and time; urgent ones before all else.

They are kept as their events left them. When one appears and when it is over follows from its times alone: no event
says so, and a screen needs no word from the server to do it.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal, NotRequired, TypedDict, get_args

from .errors import Code, QueueError
from .plain_text import one_line
from .privacy import refuse_identity_number
from .site import Site

Place = Literal["wall", "kiosk", "phone", "public"]
PLACES: tuple[Place, ...] = get_args(Place)
MOST_LETTERS = 200  # as many as a wall's strip holds on two lines
MOST = 30  # of a site that are not over, beside the urgent: every board carries them
MOST_URGENT = 10  # a room of their own: whatever else stands, that there is a fire is told
MOST_OF_AGENCY = 6  # of one agency
MOST_OF_AGENCIES = 20  # of all of them together: what is left is the hall's alone
SPOKEN_FIRST = "id"  # the language that is always there; who has none of their own reads this one


class NoticeMade(TypedDict):
    """All that it says. ``begins``, ``ends``: instants in ISO 8601; no ``ends``: until somebody ends it.

    ``agency``: whose it is, none: the whole hall's. ``zones``: the wall's, none: all of them.
    """

    id: str
    text: Mapping[str, str]
    where: Sequence[str]
    begins: str
    ends: NotRequired[str]
    urgent: NotRequired[bool]
    agency: NotRequired[str]
    zones: NotRequired[Sequence[str]]


class NoticeEnded(TypedDict):
    """It is taken from every screen, for good."""

    id: str


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody wants said, before it is checked."""

    text: Mapping[str, str]
    where: Sequence[Place]
    begins: datetime
    ends: datetime | None = None
    urgent: bool = False
    agency: str | None = None
    zones: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Notice:
    """One as it stands. ``version``: the revision that left it so; ``by``, ``at``: of that."""

    id: str
    text: Mapping[str, str]
    where: tuple[str, ...]
    zones: tuple[str, ...]
    agency: str | None
    begins: datetime
    ends: datetime | None
    urgent: bool
    version: int
    by: str
    at: datetime

    def is_over(self, now: datetime) -> bool:
        """Whether no screen will show it any more."""
        return self.ends is not None and self.ends <= now

    def shows(self, now: datetime) -> bool:
        """Whether screens show it now."""
        return self.begins <= now and not self.is_over(now)


def made(detail: Mapping[str, Any], revision: int, by: str | None, at: datetime) -> Notice:
    """What an event of one that is made or changed leaves."""
    return Notice(
        id=detail["id"],
        text=dict(detail["text"]),
        where=tuple(detail["where"]),
        zones=tuple(detail.get("zones", ())),
        agency=detail.get("agency"),
        begins=datetime.fromisoformat(detail["begins"]),
        ends=datetime.fromisoformat(detail["ends"]) if "ends" in detail else None,
        urgent=bool(detail.get("urgent")),
        version=revision,
        by=by or "",
        at=at,
    )


def checked(site: Site, id: str, said: Said, now: datetime) -> NoticeMade:
    """The detail of its event. Raises ``invalid``, each with the field and, where there are words for it, a reason.

    An urgent one is the whole hall's and is told in every place: whoever must leave the building stands in one of them.
    """
    if said.agency is not None and said.agency not in site.agencies:
        raise QueueError(Code.INVALID, field="agency")
    if not said.where or len(set(said.where)) < len(said.where):
        raise QueueError(Code.INVALID, field="where", reason="no_place")
    if unknown := [zone for zone in said.zones if zone not in site.wall.zones]:
        raise QueueError(Code.INVALID, field="zones", zone=unknown[0])
    if said.ends is not None and said.ends <= max(said.begins, now):
        raise QueueError(Code.INVALID, field="until", reason="until_over")
    whole = said.urgent and (said.agency is not None or said.zones or set(said.where) != set(PLACES))
    if whole:
        raise QueueError(Code.INVALID, field="urgent", reason="urgent_everywhere")
    return _detail(
        id,
        _texts(site, said.text),
        [place for place in PLACES if place in said.where],
        said.begins,
        ends=said.ends,
        urgent=said.urgent,
        agency=said.agency,
        zones=[zone for zone in site.wall.zones if zone in said.zones],
    )


def is_as_roomy(one: Said | Notice, other: Said | Notice) -> bool:
    """Whether the one needs no other room than the other."""
    return (one.urgent, one.agency) == (other.urgent, other.agency)


def require_room(others: Collection[Notice], said: Said) -> None:
    """Raises ``notices_full`` if there is no room for it beside the others that are not over.

    Urgent ones have a room of their own, each agency a part, and all agencies together leave some to the hall.
    """
    if said.urgent:
        _refuse_full([one for one in others if one.urgent], MOST_URGENT, "urgent_full")
        return
    plain = [one for one in others if not one.urgent]
    if said.agency is not None:
        _refuse_full([one for one in plain if one.agency == said.agency], MOST_OF_AGENCY, "agency_full")
        _refuse_full([one for one in plain if one.agency is not None], MOST_OF_AGENCIES, "agencies_full")
    _refuse_full(plain, MOST, "hall_full")


def _refuse_full(standing: Sequence[Notice], most: int, reason: str) -> None:
    if len(standing) >= most:
        raise QueueError(Code.NOTICES_FULL, most=most, reason=reason)


def detail_of(one: Notice) -> NoticeMade:
    """One that stands, as its event told it."""
    return _detail(
        *(one.id, dict(one.text), list(one.where), one.begins),
        ends=one.ends,
        urgent=one.urgent,
        agency=one.agency,
        zones=list(one.zones),
    )


def _detail(
    id: str,
    text: Mapping[str, str],
    where: Sequence[str],
    begins: datetime,
    *,
    ends: datetime | None,
    urgent: bool,
    agency: str | None,
    zones: Sequence[str],
) -> NoticeMade:
    # In one time zone, however somebody said it: the same again is known by it.
    detail = NoticeMade(id=id, text=text, where=where, begins=begins.astimezone(UTC).isoformat())
    if ends is not None:
        detail["ends"] = ends.astimezone(UTC).isoformat()
    if urgent:
        detail["urgent"] = True
    if agency is not None:
        detail["agency"] = agency
    if zones:
        detail["zones"] = zones
    return detail


def _texts(site: Site, text: Mapping[str, str]) -> dict[str, str]:
    if SPOKEN_FIRST not in text:
        raise QueueError(Code.INVALID, field=f"text.{SPOKEN_FIRST}", reason="empty")
    if unknown := [lang for lang in text if lang not in site.languages]:
        raise QueueError(Code.INVALID, field=f"text.{unknown[0]}")
    lines = {lang: one_line(f"text.{lang}", text[lang], MOST_LETTERS) for lang in site.languages if lang in text}
    for lang, line in lines.items():
        refuse_identity_number(f"text.{lang}", line)
    return lines


def in_order(all: Collection[Notice]) -> list[Notice]:
    """As they are told: urgent ones first, then the hall's before an agency's, the latest to begin first."""
    newest_first = sorted(all, key=lambda one: (one.begins, one.id), reverse=True)
    return sorted(newest_first, key=lambda one: (not one.urgent, one.agency is not None))
