"""A site as declared, with what is open now."""

from typing import Annotated, Literal

from pydantic import Field

from ..domain.quota import DetailName
from ..domain.site import Segment
from .carrying import KeptPlaces
from .interruptions import Interruption
from .media import MediaTurn
from .notices import Notice
from .shared import Class, Document, Estimate, Instant, Stamped, Words


class SiteChannel(Document):
    """Where one complains."""

    phone: str | None
    address: str | None
    link: str | None


class SiteFee(Document):
    """What one thing costs."""

    name: Words
    amount: Annotated[int, Field(description="in rupiah; 0 is free of charge")]
    per: Words | None
    note: Words | None


class SiteCase(Document):
    """What to bring in one case."""

    when: Annotated[Words | None, Field(description="null: always")]
    items: dict[str, list[str]]


class SiteOnline(Document):
    """What can be done without a visit."""

    text: Words
    url: str


class SitePaper(Document):
    """A paper that may be missing."""

    id: str
    name: Words


class SiteAgency(Document):
    """An office at the site."""

    id: str
    name: str
    short_name: str
    task: Words
    icon: str | None
    color: str | None
    complaint: SiteChannel | None


class SiteBooking(Document):
    """When they who have booked a place may come, in minutes before and after the booked time."""

    early_minutes: int
    late_minutes: int
    own_slots: Annotated[bool, Field(description="whether anybody may book a slot of it on the hall's own page")]


class SiteService(Document):
    """A service, with open or why not."""

    id: str
    agency: str
    prefix: str
    zone: str
    name: Words
    target_minutes: int | None
    kiosk: bool
    classes: list[Class]
    open: bool
    reason: str | None
    reason_detail: dict[DetailName, str]
    interruption: Annotated[str | None, Field(description="because of which one may wait longer")]
    waiting: int
    people_waiting: Annotated[int, Field(description="waiting counts numbers; a group's number is one")]
    estimate: Estimate | None
    quota: dict[Class, int]
    quota_total: int | None
    quota_reserved: dict[Class, int]
    quota_left: Annotated[dict[Class, int | None], Field(description="what each class can still take")]
    quota_total_left: int | None
    numbers_again_at: Annotated[Instant | None, Field(description="where a class is full: when numbers begin anew")]
    requirements: Annotated[dict[str, list[str]] | None, Field(description="all cases in one list")]
    cases: list[SiteCase]
    bring: Words | None
    cost: Words | None
    fees: list[SiteFee]
    pay: Words | None
    procedure: Words | None
    completion: Words | None
    product: Words | None
    complaints: Words | None
    complaint: Annotated[SiteChannel | None, Field(description="its agency's, else the hall's")]
    basis: Words | None
    checked: str | None
    online: SiteOnline | None
    papers: list[SitePaper]
    segment: Segment | None
    wait_target_minutes: int | None
    outage_prefix: Annotated[str | None, Field(description="of its numbers on paper; null: it has no sheet")]
    booking: Annotated[SiteBooking | None, Field(description="null: no places of it are booked beforehand")]
    outcomes: list[str]
    next: list[str]
    days: Annotated[list[str] | None, Field(description="as they hold today; so hours and quotas")]
    hours: Annotated[dict[str, list[str]] | None, Field(description="by weekday: first opening, last closing")]
    periods: Annotated[dict[str, list[list[str]]] | None, Field(description="by weekday: each opening and closing")]


class SiteDistrict(Document):
    """A kecamatan that visitors may say they come from."""

    id: str
    name: str


class SiteFormer(Document):
    """A service that the site file no longer has; people may still hold its numbers."""

    id: str
    agency: str
    agency_name: str
    prefix: str
    name: Words
    target_minutes: int | None
    zone: None
    classes: list[Class]
    requirements: None


class SiteSpan(Document):
    """Dates on which the hall works otherwise."""

    name: Words
    first_day: str
    last_day: str
    now: Annotated[bool, Field(description="whether it holds today")]


class SiteCounter(Document):
    """A counter of the site."""

    id: str
    name: str
    tile: Annotated[str, Field(description="what stands in its tile: 5 of a Loket 5, else the whole name")]
    agency: str
    zone: str
    services: list[str]
    open: bool


class SiteWall(Document):
    """How far and how large the wall display is."""

    farthest_viewer_m: float
    screen_inches: float
    zones: list[str]
    recent_per_zone: Annotated[int, Field(description="of a board's recent calls, at most so many of each zone")]


class SiteMissedCall(Document):
    """What happens to who does not come when called."""

    recalls: int
    return_within_minutes: int


class Site(Stamped):
    """A whole site."""

    id: str
    name: str
    short_name: str
    address: str | None
    timezone: str
    timezone_name: Annotated[str, Field(description="its short name now: WIB, WITA or WIT")]
    demo: bool
    owner: str | None
    languages: list[str]
    day: str | None
    now: Instant
    wall: SiteWall
    missed_call: SiteMissedCall
    complaint: SiteChannel | None
    maklumat: Words | None
    order: dict[Class, int]
    group_max: Annotated[int, Field(description="people that may come with one number of a kiosk; staff give to more")]
    finish_on_next: Annotated[bool, Field(description="calling the next visitor finishes the one being served")]
    hours: Annotated[
        dict[str, list[str]] | Literal["always"],
        Field(description="by weekday, as it holds today: first opening, last closing"),
    ]
    periods: Annotated[
        dict[str, list[list[str]]] | Literal["always"],
        Field(description="by weekday, as it holds today: each opening and closing"),
    ]
    week: Annotated[Words | None, Field(description="the same in words; null: around the clock")]
    cutoff_minutes: int
    interruptions: Annotated[list[Interruption], Field(description="those that last")]
    notices: Annotated[list[Notice], Field(description="that are not over, in the order in which they are told")]
    media: Annotated[list[MediaTurn], Field(description="what walls show in turn while nobody is called")]
    carried: Annotated[list[KeptPlaces], Field(description="places that are kept on days to come")]
    spans: Annotated[list[SiteSpan], Field(description="those of today or to come, the next first")]
    agencies: list[SiteAgency]
    services: list[SiteService]
    former: list[SiteFormer]
    counters: list[SiteCounter]
    origins: Annotated[
        list[SiteDistrict],
        Field(description="from where one may say to come, the most frequent first; none: not asked"),
    ]


class Sites(Document):
    """The sites of this server."""

    sites: list[Site]
