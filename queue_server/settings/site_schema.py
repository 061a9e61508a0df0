"""The site file as it stands on disk: which keys there are, of what type, with what default.

The contract's section "Site file" is the law of it; ``site_file`` turns these tables into domain values.
"""

import re
from datetime import date, time
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BeforeValidator, Field, InstanceOf

from queue_server.domain.site import CLASSES, MIDNIGHT
from queue_server.settings.toml_file import Strict
from queue_server.settings.toml_hints import ZONES

Class = Literal["priority", "regular", "booked"]
Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]

_ID = re.compile(r"[A-Za-z0-9]+([_-][A-Za-z0-9]+)*")
_PREFIX = re.compile(r"[A-HJ-NP-Z]{1,2}")
_COLOR = re.compile(r"#[0-9a-fA-F]{6}")
_LANGUAGE = re.compile(r"[a-z]{2,3}")
_WINDOW = re.compile(r"(\d\d):(\d\d)-(\d\d):(\d\d)")
_TAKEN = {"api", "assets", "healthz", "live", "login", "logout", "metrics", "readyz", "socket", "static", "t"}


def _must_match(pattern: re.Pattern[str], wanted: str) -> AfterValidator:
    """Accept text that matches ``pattern`` as a whole; else say what is wanted."""

    def check(text: str) -> str:
        if not pattern.fullmatch(text):
            raise ValueError(f"{text!r} should be {wanted}")
        return text

    return AfterValidator(check)


def _not_blank(text: str) -> str:
    if not text.strip():
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


def _window(value: Any) -> tuple[time, time]:
    """Read ``"08:00-15:30"``; ``24:00`` is the end of the day."""
    found = _WINDOW.fullmatch(value) if isinstance(value, str) else None
    if not found:
        raise ValueError('should be written "HH:MM-HH:MM"')
    opens, closes = _time(found[1], found[2]), _time(found[3], found[4])
    if value == "00:00-00:00":
        raise ValueError('opens and closes at once; the whole day is "00:00-24:00", a day left out is closed')
    if closes != MIDNIGHT and closes <= opens:
        raise ValueError(f"{value!r} closes before it opens")
    return opens, closes


def _time(hour: str, minute: str) -> time:
    if (hour, minute) == ("24", "00"):
        return MIDNIGHT
    try:
        return time(int(hour), int(minute))
    except ValueError:
        raise ValueError(f"there is no time {hour}:{minute}") from None


def _always(value: Any) -> Any:
    """Let the word ``"always"`` stand where a table of weekdays stands."""
    if isinstance(value, str):
        if value != "always":
            raise ValueError('should be a table of weekdays or "always"')
        return Always()
    return value


def _zone(name: Any) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ValueError, TypeError, OSError, LookupError):
        known = ", ".join(f"{zone} ({short.upper()})" for short, zone in ZONES.items())
        raise ValueError(f"there is no time zone {name!r}; Indonesia has {known}") from None


Id = Annotated[str, _must_match(_ID, "letters and digits joined by - or _")]
SiteId = Annotated[Id, AfterValidator(_free_path)]
Prefix = Annotated[str, _must_match(_PREFIX, "one or two capital letters, without I and O (they look like 1 and 0)")]
Color = Annotated[str, _must_match(_COLOR, 'a colour like "#12467b"')]
Line = Annotated[str, AfterValidator(_not_blank)]
Language = Annotated[str, _must_match(_LANGUAGE, 'a language code like "id"')]
Texts = Annotated[dict[Language, Line], BeforeValidator(_in_indonesian), AfterValidator(_has_indonesian)]
Lists = Annotated[dict[Language, list[Line]], BeforeValidator(_in_indonesian), AfterValidator(_has_indonesian)]
Ids = Annotated[list[Id], AfterValidator(_no_repeats)]
Classes = Annotated[list[Class], Field(min_length=1), AfterValidator(_no_repeats)]
Days = Annotated[list[Weekday], Field(min_length=1), AfterValidator(_no_repeats)]
Window = Annotated[tuple[time, time], BeforeValidator(_window)]
Weight = Annotated[int, Field(ge=0, le=20)]  # a wheel stays short enough to print and to understand
Quota = Annotated[int, Field(ge=0)]
Minutes = Annotated[int, Field(ge=1, le=24 * 60)]


class Week(Strict):
    """Opening hours by weekday; a weekday left out is closed."""

    mon: Window | None = None
    tue: Window | None = None
    wed: Window | None = None
    thu: Window | None = None
    fri: Window | None = None
    sat: Window | None = None
    sun: Window | None = None


class SiteHours(Week):
    """The site's week, and how long before closing numbers stop."""

    cutoff_minutes: Annotated[int, Field(ge=0, le=24 * 60)] = 0


class Always(SiteHours):
    """What ``hours = "always"`` becomes: around the clock, holidays included, no cutoff."""


class AgencyTable(Strict):
    """``[[agencies]]``."""

    id: Id
    name: Line
    short_name: Line | None = None
    task: Texts | None = None
    icon: Id | None = None
    color: Color | None = None


class QuotaTable(Strict):
    """``quota`` of a service: tickets a day, of each class, of all together, and what is kept of these for one."""

    regular: Quota | None = None
    priority: Quota | None = None
    booked: Quota | None = None
    total: Quota | None = None
    reserved: dict[Class, Quota] = {}

    @property
    def by_class(self) -> dict[str, int]:
        """class -> its own number, where it has one."""
        return {name: n for name in CLASSES if (n := getattr(self, name)) is not None}


class ServiceTable(Strict):
    """``[[services]]``."""

    id: Id
    agency: str
    prefix: Prefix
    name: Texts
    zone: str | None = None
    target_minutes: Minutes | None = None
    kiosk: bool = True
    classes: Classes = ["regular", "priority"]
    quota: QuotaTable = QuotaTable()
    hours: Week | None = None
    days: Days | None = None
    next: Ids = []
    outcomes: Ids = []
    requirements: Lists | None = None
    cost: Texts | None = None


class CounterTable(Strict):
    """``[[counters]]``."""

    id: Id
    name: Line
    agency: str
    zone: str | None = None
    services: Annotated[list[str], Field(min_length=1), AfterValidator(_no_repeats)]


class MissedCallTable(Strict):
    """``[missed_call]``."""

    recalls: Annotated[int, Field(ge=0)] = 2
    return_within_minutes: Annotated[int, Field(ge=0)] = 30


class WallTable(Strict):
    """``[wall]``."""

    farthest_viewer_m: Annotated[float, Field(gt=0, le=100)] = 10
    screen_inches: Annotated[float, Field(gt=0, le=500)] = 43
    zones: Annotated[Ids, Field(min_length=1)] = ["A"]


class SiteTable(Strict):
    """A whole file of ``sites/``."""

    id: SiteId
    name: Line
    timezone: Annotated[InstanceOf[ZoneInfo], BeforeValidator(_zone)]
    short_name: Line | None = None
    owner: Line | None = None
    address: Line | None = None
    languages: Annotated[list[Language], Field(min_length=1), AfterValidator(_no_repeats)] = ["id", "en", "su"]
    holidays: str | None = None
    finish_on_next: bool = False
    hours: Annotated[SiteHours, BeforeValidator(_always)] = SiteHours()
    order: dict[Class, Weight] = {"priority": 2, "booked": 1, "regular": 1}
    missed_call: MissedCallTable = MissedCallTable()
    wall: WallTable = WallTable()
    agencies: list[AgencyTable] = []
    services: list[ServiceTable] = []
    counters: list[CounterTable] = []


class DayTable(Strict):
    """``[[day]]`` of a holiday file: one date, for all sites that follow the country or for those named."""

    date: date
    name: Line
    closed: bool = True
    hours: Window | None = None
    sites: Ids | None = None


class HolidayTable(Strict):
    """A whole file of ``holidays/``."""

    country: str = "ID"
    whole_years: list[Annotated[int, Field(ge=1970, le=2200)]] = []  # listed here in full: no calculated dates
    day: list[DayTable] = []
