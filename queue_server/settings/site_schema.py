"""The site file as it stands on disk: which keys there are, of what type, with what default.

The contract's section "Site file" is the law of it; ``site_file`` turns these tables into domain values. The text under
each key is its help: ``make reference`` writes ``config/reference.md`` from it.
"""

from typing import Annotated, Any

from pydantic import BeforeValidator, Field, WrapSerializer

from queue_server.domain.site import CLASSES, GROUP_MOST, Segment
from queue_server.settings.booking_schema import BookingTable
from queue_server.settings.letterhead import LetterheadTable
from queue_server.settings.origins_schema import OriginsTable
from queue_server.settings.privacy_schema import PrivacyTable
from queue_server.settings.published_schema import Cases, ComplaintTable, FeeTable, OnlineTable, PaperTable
from queue_server.settings.room_schema import MissedCallTable, WallTable
from queue_server.settings.site_values import (
    Class,
    Classes,
    Color,
    Day,
    Days,
    Id,
    Ids,
    Languages,
    Line,
    Link,
    Minutes,
    Periods,
    Prefix,
    Quota,
    Services,
    SiteId,
    Texts,
    Weight,
    Zone,
)
from queue_server.settings.survey_schema import CostScale, QuestionTable, Wording
from queue_server.settings.toml_file import Strict, Written


def _always(value: Any) -> Any:
    """Let the word ``"always"`` stand where a table of weekdays stands."""
    if isinstance(value, str):
        if value != "always":
            raise ValueError('should be a table of weekdays or "always"')
        return Always()
    return value


def _as_always(hours: Any, as_table: Any) -> Any:
    """Write it as the file does."""
    return "always" if isinstance(hours, Always) else as_table(hours)


class Week(Strict):
    """Opening hours by weekday: one period, or a list of them; a weekday left out is closed."""

    mon: Periods | None = None
    """Hours of Monday."""
    tue: Periods | None = None
    """Hours of Tuesday."""
    wed: Periods | None = None
    """Hours of Wednesday."""
    thu: Periods | None = None
    """Hours of Thursday."""
    fri: Periods | None = None
    """Hours of Friday."""
    sat: Periods | None = None
    """Hours of Saturday."""
    sun: Periods | None = None
    """Hours of Sunday."""


class SiteHours(Week):
    """The hall's week; ``hours = "always"`` opens it around the clock, on holidays too, without a cutoff."""

    cutoff_minutes: Annotated[int, Field(ge=0, le=24 * 60)] = 0
    """How many minutes before the day's last closing the last number is given; of services with own hours too."""


class Always(SiteHours):
    """What ``hours = "always"`` becomes: around the clock, holidays included, no cutoff."""


class AgencyTable(Strict):
    """The institutions in the hall, at least one."""

    id: Id
    """Stays for ever: the record names the agency by it."""
    name: Line
    """Full name."""
    short_name: Line | None = None
    """Short name on keys and screens; without it, ``name``."""
    task: Texts | None = None
    """What people come for, as "Passport": the large words on the kiosk's key; without it, ``short_name``."""
    icon: Id | None = None
    """Picture on the key; ``queue-server check`` names the nearest where there is none of this name."""
    color: Color | None = None
    """The agency's colour; dark enough for white text on it."""
    complaint: ComplaintTable | None = None
    """Where complaints about this agency go."""


class QuotaTable(Strict):
    """How many numbers a service gives in a day; a limit left out is no limit, and 0 gives nobody a number."""

    regular: Quota | None = None
    """Limit of the regular class by itself."""
    priority: Quota | None = None
    """Limit of the priority class by itself."""
    booked: Quota | None = None
    """Limit of the booked class by itself."""
    total: Quota | None = None
    """Limit of all classes together."""
    reserved: dict[Class, Quota] = {}
    """Places of ``total`` that only this class may take: ``{ priority = 8 }`` (UU 25/2009, article 29)."""

    @property
    def by_class(self) -> dict[str, int]:
        """class -> its own number, where it has one."""
        return {name: n for name in CLASSES if (n := getattr(self, name)) is not None}


class ServiceTable(Strict):
    """What visitors take a number for, at least one."""

    id: Id
    """Stays for ever: the record names the service by it."""
    agency: str
    """Id of the agency that gives it."""
    prefix: Prefix
    """Letters before the number (``K014``); no other service has the same."""
    name: Texts
    """Name on kiosk, slip and screens."""
    zone: str | None = None
    """Part of the waiting room, one of ``wall.zones``; without it, the first."""
    target_minutes: Minutes | None = None
    """The promise: how many minutes a visit at the counter takes at most. Without it nothing is promised."""
    kiosk: bool = True
    """``false``: only staff give numbers of it."""
    classes: Classes = ["regular", "priority"]
    """Classes that a visitor may choose."""
    quota: QuotaTable = QuotaTable()
    """Numbers a day."""
    hours: Week | None = None
    """Hours of this service, instead of the hall's."""
    days: Days | None = None
    """Weekdays of this service; without it, all on which it has hours."""
    next: Ids = []
    """Ids of services that are offered first when a visitor is sent on."""
    outcomes: Ids = []
    """Results of which the officer may choose one at the end."""
    requirements: Cases = []
    """What to bring, one text for each thing, or by case; without it, the kiosk says to ask an officer."""
    bring: Texts | None = None
    """The same in one short line, for the key and the slip: "KTP and family card"."""
    cost: Texts | None = None
    """What it costs in one short line; without it, the screens make one of ``fees``."""
    fees: list[FeeTable] = []
    """What each thing costs; ``fees = [{ name = "SKCK", amount = 30000 }]``."""
    pay: Texts | None = None
    """Where and how it is paid."""
    procedure: Texts | None = None
    """The steps; without it, the kiosk tells those that follow from the counters."""
    completion: Texts | None = None
    """When the result is in the hand: "3 working days after payment"."""
    product: Texts | None = None
    """What the visitor goes home with: "Passport"."""
    complaints: Texts | None = None
    """Where to complain about this service; without it, the agency's ``complaint``, or the hall's."""
    basis: Texts | None = None
    """The law that says so: "PP 45/2024"."""
    checked: Day | None = None
    """When the office last looked at these facts; ``queue-server check`` asks again after a year."""
    online: OnlineTable | None = None
    """What can be done without a visit."""
    search: Annotated[list[Line], Field(max_length=30)] = []
    """Other words that people have for it, by which the page before travelling finds it: ``["surat jalan"]``."""
    papers: list[PaperTable] = []
    """Papers that are often missing, by name; the outcome ``kurang-<id>`` is shown by it."""
    segment: Segment | None = None
    """Whom it is for; in the API's site document."""
    wait_target_minutes: Minutes | None = None
    """The promise: how many minutes a visitor waits at most."""
    outage_prefix: Prefix | None = None
    """Letters before its numbers on paper; without it, the first of P, V and Z before ``prefix`` that is free."""
    booking: BookingTable | None = None
    """Places of it are booked beforehand, by lists of another system or (``slots``) by anybody; without it, none are.
    ``booking = {}`` is enough for lists. Needs the class ``booked``."""
    cost_scale: CostScale | None = None
    """How surveys ask about what it costs: ``"paid"`` whether the fee is fair, ``"free"`` whether anybody had to pay.
    Without it, paid if one of its ``fees`` is above 0."""
    origin: bool = False
    """``true``: some who take a number of it are asked from which kecamatan they come (``origins``)."""


class CounterTable(Strict):
    """Where visitors are served, at least one."""

    id: Id
    """Stays for ever: addresses of its pages and the record name the counter by it. In quotes: ``id = "1"``."""
    name: Line
    """Name on screens, and as it is spoken: "Loket 1"."""
    agency: str
    """Id of the agency whose officers sit here."""
    zone: str | None = None
    """Part of the waiting room where it stands, one of ``wall.zones``; without it, the first."""
    services: Services
    """Ids of the services whose visitors are called here."""


class SpanServiceTable(Strict):
    """What is otherwise of one service during a span; a key left out stays as it is."""

    id: str
    """Id of the service."""
    hours: Week | None = None
    """Hours of this service, instead of its own, and of the span's."""
    days: Days | None = None
    """Weekdays of this service."""
    quota: QuotaTable | None = None
    """Numbers a day; the whole table, instead of the service's own."""


class SpanTable(Strict):
    """Dates on which the hall works otherwise, as in Ramadan; a key left out stays as it is."""

    name: Texts
    """What visitors know it by: "Ramadan 1447 H"."""
    first_day: Day
    """The first of its dates."""
    last_day: Day
    """The last of its dates."""
    hours: Week | None = None
    """The hall's hours meanwhile; a weekday left out is closed. They cut the hours of services that have their own."""
    cutoff_minutes: Annotated[int, Field(ge=0, le=24 * 60)] | None = None
    """How many minutes before the day's last closing the last number is given."""
    offered: Annotated[Ids, Field(min_length=1)] | None = None
    """Ids of the services that are given meanwhile; without it, all."""
    services: list[SpanServiceTable] = []
    """Services with hours, days or quotas of their own meanwhile."""


class DateTable(Strict):
    """A date on which this hall rests or opens otherwise; it wins over the country's calendar and ``holidays/``."""

    date: Day
    """The day, without quotes: ``2026-12-24``."""
    name: Line
    """What the day is called on the screens."""
    closed: bool = True
    """``false``: the hall is open that day."""
    hours: Periods | None = None
    """Hours of that day; without them, those of its weekday."""
    source: Line | None = None
    """The decision behind it, such as a decree's number; for the hall's own people."""


class SiteTable(Strict):
    """A file of ``sites/``: one hall."""

    id: SiteId
    """Begins the addresses of the hall's pages (``lebak``: ``/lebak/kiosk``). Stays for ever."""
    name: Line
    """Full name of the hall."""
    timezone: Zone
    """Zone of its clock; Indonesia has ``Asia/Jakarta``, ``Asia/Makassar`` and ``Asia/Jayapura``."""
    short_name: Line | None = None
    """Short name on screens; without it, ``name``."""
    owner: Line | None = None
    """The office that runs the hall; in the API's site document, on no screen."""
    address: Line | None = None
    """Where the hall is: on its page before travelling, and on the kiosk of another hall that sends visitors here."""
    getting_here: Texts | None = None
    """The way there: by which bus or angkot, where one parks, where one enters; on the page before travelling."""
    map: Link | None = None
    """Address of a map that shows the hall; on the page before travelling."""
    languages: Languages = ["id", "en", "su"]
    """Languages of the screens, in the order of their keys; ``"id"`` is always among them."""
    holidays: str | None = None
    """Country whose holidays the hall keeps: ``"ID"``. Without it the hall has none."""
    complaint: ComplaintTable | None = None
    """Where complaints go that an agency takes none of."""
    maklumat: Texts | None = None
    """The hall's pledge (*maklumat pelayanan*); on its public page."""
    letterhead: LetterheadTable = LetterheadTable()
    """Above and below official reports."""
    finish_on_next: bool = False
    """``true``: calling the next number also finishes the visitor at the counter."""
    group_max: Annotated[int, Field(ge=1, le=GROUP_MOST)] = 1
    """How many people may come with one number that a kiosk gives; more, up to 20, are for staff to give."""
    survey_strict: bool = False
    """``true``: a survey is taken only with all nine answers; else a question may be left out, and who answered fewer
    than nine is counted apart."""
    survey_wording: Wording = "plain"
    """In which words surveys ask: ``"plain"``, or ``"official"`` as the form of PermenPANRB 14/2017 does. The report
    says which was shown."""
    survey_questions: list[QuestionTable] = []
    """Questions of a survey in the office's own words, instead of the plain ones."""
    hours: Annotated[SiteHours, BeforeValidator(_always), WrapSerializer(_as_always), Written('table, or "always"')] = (
        SiteHours()
    )
    """When the hall is open."""
    spans: list[SpanTable] = []
    """Dates on which the hall works otherwise."""
    order: dict[Class, Weight] = {"priority": 2, "booked": 1, "regular": 1}
    """How often a counter calls each class in one turn; a class with 0, or left out of the table, is not offered."""
    missed_call: MissedCallTable = MissedCallTable()
    """What happens when nobody comes."""
    wall: WallTable = WallTable()
    """The large screen."""
    origins: OriginsTable = OriginsTable()
    """From where visitors come, for the study of need."""
    privacy: PrivacyTable = PrivacyTable()
    """How long what is personal is kept."""
    dates: list[DateTable] = []
    """Dates that the hall itself decided."""
    agencies: list[AgencyTable] = []
    """The institutions."""
    services: list[ServiceTable] = []
    """What they do for visitors."""
    counters: list[CounterTable] = []
    """Where they do it."""
