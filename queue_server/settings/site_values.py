"""How the values of a hall's files are written: an id, a colour, a text in three languages, opening hours.

Each type refuses what it does not mean, and says in plain words what it wants; the reference repeats these words.
"""

import re
from datetime import date, datetime, time
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BeforeValidator, Field, InstanceOf, PlainSerializer

from queue_server.domain.day_hours import in_order, written
from queue_server.domain.plain_text import is_blank
from queue_server.domain.site import MIDNIGHT
from queue_server.settings.toml_file import Written
from queue_server.settings.toml_hints import ZONES

Class = Literal["priority", "regular", "booked"]
Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]

_ID = re.compile(r"[A-Za-z0-9]+([_-][A-Za-z0-9]+)*")
_LINK = re.compile(r"https?://[^\s/\"<>]+\.[^\s\"<>]+")
_PHONE = re.compile(r"\+?[0-9][0-9 ()-]{1,30}[0-9]")
_PREFIX = re.compile(r"[A-HJ-NP-Z]{1,2}")
_COLOR = re.compile(r"#[0-9a-fA-F]{6}")
_LANGUAGE = re.compile(r"[a-z]{2,3}")
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_PERIOD = re.compile(r"(\d\d):(\d\d)-(\d\d):(\d\d)")
_TAKEN = {
    *(
        "accounts",
        "api",
        "assets",
        "health",
        "healthz",
        "live",
        "login",
        "logout",
        "me",
        "metrics",
        "pair",
        "readyz",
        "reports",
    ),
    *("setup", "socket", "static", "t"),
}


def _must_match(pattern: re.Pattern[str], wanted: str) -> AfterValidator:
    """Accept text that matches ``pattern`` as a whole; else say what is wanted."""

    def check(text: str) -> str:
        if not pattern.fullmatch(text):
            raise ValueError(f"{text!r} should be {wanted}")
        return text

    return AfterValidator(check)


def _not_blank(text: str) -> str:
    if is_blank(text):
        raise ValueError("must not be empty")
    return text


def _free_path(site: str) -> str:
    """A site's id begins its pages' paths, so it may not be a word the server uses there itself."""
    if site.lower() in _TAKEN:
        raise ValueError(f"{site!r} is a path of the server; choose another id")
    return site


def _no_repeats(items: list[str]) -> list[str]:
    repeated = sorted({item for item in items if items.count(item) > 1})
    if repeated:
        raise ValueError(f"names {', '.join(repeated)} more than once")
    return items


def _in_indonesian(value: Any) -> Any:
    """A bare text or list is the Indonesian one."""
    return {"id": value} if isinstance(value, str | list) else value


def _has_indonesian(texts: dict[str, Any]) -> dict[str, Any]:
    if "id" not in texts:
        raise ValueError('needs a text in Indonesian ("id")')
    return texts


def _period(value: Any) -> tuple[time, time]:
    """Read ``"08:00-15:30"``; ``24:00`` is the end of the day."""
    found = _PERIOD.fullmatch(value) if isinstance(value, str) else None
    if not found:
        raise ValueError(f"should be written {_A_PERIOD}")
    opens, closes = _time(found[1], found[2]), _time(found[3], found[4])
    if value == "00:00-00:00":
        raise ValueError('opens and closes at once; the whole day is "00:00-24:00", a day left out is closed')
    if closes != MIDNIGHT and closes <= opens:
        raise ValueError(f"{value!r} closes before it opens")
    return opens, closes


def _periods(value: Any) -> tuple[tuple[time, time], ...]:
    """One period, or a list of them: ``["08:00-11:30", "13:00-16:00"]``."""
    if not isinstance(value, list):
        return (_period(value),)
    if not value:
        raise ValueError(f"should be written {_A_PERIOD}; a day without hours is left out")
    given = tuple(map(_period, value))
    if not in_order(given):
        raise ValueError("each period begins after the one before has ended; two that touch are one")
    return given


def _as_periods(periods: tuple[tuple[time, time], ...]) -> str | list[str]:
    """A day's periods as a file writes them."""
    given = ["-".join(period) for period in written(periods)]
    return given[0] if len(given) == 1 else given


def _day(value: Any) -> date:
    """A date, as TOML knows one, or as JSON writes it."""
    try:
        given = date.fromisoformat(value) if isinstance(value, str) and _DATE.fullmatch(value) else value
    except ValueError:
        raise ValueError(f"there is no day {value}") from None
    if not isinstance(given, date) or isinstance(given, datetime):
        raise ValueError("should be a date like 2026-12-24")
    return given


def _time(hour: str, minute: str) -> time:
    if (hour, minute) == ("24", "00"):
        return MIDNIGHT
    try:
        return time(int(hour), int(minute))
    except ValueError:
        raise ValueError(f"there is no time {hour}:{minute}") from None


def _zone(name: Any) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ValueError, TypeError, OSError, LookupError):
        known = ", ".join(f"{zone} ({short.upper()})" for short, zone in ZONES.items())
        raise ValueError(f"there is no time zone {name!r}; Indonesia has {known}") from None


_AN_ID = "letters and digits joined by - or _"
_A_PREFIX = "one or two capital letters, without I and O (they look like 1 and 0)"
_A_LINK = 'an address like "https://www.lapor.go.id"'
_A_PHONE = 'a telephone number like "0252-201234" or "+62 812-3456-7890"'
_A_COLOR = 'a colour like "#12467b"'
_A_LANGUAGE = 'a language code like "id"'
_A_PERIOD = '"HH:MM-HH:MM"'
_TEXTS = 'text, or one for each language: { id = "…", en = "…" }'
_LINES = 'list of texts, or one for each language: { id = ["…"], en = ["…"] }'

Id = Annotated[str, _must_match(_ID, _AN_ID), Written(_AN_ID)]
SiteId = Annotated[Id, AfterValidator(_free_path)]
Prefix = Annotated[str, _must_match(_PREFIX, _A_PREFIX), Written(_A_PREFIX)]
Color = Annotated[str, _must_match(_COLOR, _A_COLOR), Written(_A_COLOR)]
Line = Annotated[str, AfterValidator(_not_blank), Written("text")]
Language = Annotated[str, _must_match(_LANGUAGE, _A_LANGUAGE), Written(_A_LANGUAGE)]
Texts = Annotated[
    dict[Language, Line], BeforeValidator(_in_indonesian), AfterValidator(_has_indonesian), Written(_TEXTS)
]
Lists = Annotated[
    dict[Language, list[Line]], BeforeValidator(_in_indonesian), AfterValidator(_has_indonesian), Written(_LINES)
]
Rupiah = Annotated[int, Field(ge=0, le=1_000_000_000)]
Link = Annotated[str, _must_match(_LINK, _A_LINK), Written(_A_LINK)]
Phone = Annotated[str, _must_match(_PHONE, _A_PHONE), Written(_A_PHONE)]
Ids = Annotated[list[Id], AfterValidator(_no_repeats)]
Classes = Annotated[list[Class], Field(min_length=1), AfterValidator(_no_repeats)]
Days = Annotated[list[Weekday], Field(min_length=1), AfterValidator(_no_repeats)]
Periods = Annotated[
    tuple[tuple[time, time], ...],
    BeforeValidator(_periods),
    PlainSerializer(_as_periods),
    Written(f"{_A_PERIOD}, or a list of such periods; the end of the day is 24:00"),
]
Day = Annotated[date, BeforeValidator(_day), PlainSerializer(date.isoformat), Written("a date like 2026-12-24")]
Zone = Annotated[
    InstanceOf[ZoneInfo],
    BeforeValidator(_zone),
    PlainSerializer(lambda zone: zone.key),
    Written('a time zone like "Asia/Jakarta"'),
]
Languages = Annotated[list[Language], Field(min_length=1), AfterValidator(_no_repeats)]
Services = Annotated[list[str], Field(min_length=1), AfterValidator(_no_repeats)]
Weight = Annotated[int, Field(ge=0, le=20)]  # a wheel stays short enough to print and to understand
Quota = Annotated[int, Field(ge=0)]
Minutes = Annotated[int, Field(ge=1, le=24 * 60)]
Year = Annotated[int, Field(ge=1970, le=2200)]
