"""The data block of each page: what its script is told before anything else."""

from typing import Annotated, Any, Literal, NotRequired

from pydantic import Field

from ..domain.roles import Role
from ..domain.survey import CostScale, Element
from .accounts import LentTo
from .board import Standing
from .desk import Desk, Mine
from .hall import Hall
from .overview import Overview
from .own_booking import Slots
from .roster import Sitting
from .shared import Document, Instant, Words
from .site import Site
from .survey import SurveyTicket
from .ticket import Ticket


class Account(Document):
    """The account that is signed in."""

    id: str
    username: str
    name: str
    roles: list[Role]
    works: Annotated[bool, Field(description="may have a counter open")]
    oversees: Annotated[bool, Field(description="may act at somebody else's counter")]
    runs_day: Annotated[bool, Field(description="may close, reopen and open a service day at its sites")]
    manages: Annotated[bool, Field(description="may see to accounts")]
    sees_accounts: Annotated[bool, Field(description="may look at them")]
    picks: Annotated[
        list[Literal["halls", "counters", "front_desks"]], Field(description="what it chooses from after signing in")
    ]
    sites: Annotated[list[str], Field(description="all that it may act at")]
    agencies: Annotated[list[str], Field(description="none: of every agency")]
    lent: Annotated[list[LentTo], Field(description="where it helps out until the day closes")]


class _Page(Document):
    build: str
    lang: str
    langs: list[str]
    texts: dict[str, Words]
    now: Instant


class PageData(_Page):
    """What every page carries; most add their own."""

    site: Site | None


class SitePage(_Page):
    """The page of a site."""

    site: Site


class DemoAccount(Document):
    """One of the demo's people, for whoever tries it."""

    username: str
    password: str
    roles: list[Role]
    name: str
    site: str
    agency: str
    counter: NotRequired[str]
    page: Annotated[str, Field(description="where it goes after signing in")]


class HomePage(PageData):
    """The choice of screens."""

    account: Account | None
    demo_accounts: list[DemoAccount]


class LoginPage(PageData):
    """Where to go after signing in; who is signed in already."""

    next: str | None
    account: Account | None
    over: Annotated[int | None, Field(description="a session ended: how many an account may have, which may be why")]


class SetupPage(PageData):
    """The first run: what a hall may begin with stands in the page itself."""


class HealthPage(PageData):
    """The doctor's findings, which stand in the page itself."""

    account: Account


class ComparePage(PageData):
    """Halls beside one another, which stand in the page itself."""

    account: Account


class GuidePage(PageData):
    """A guide for staff, which stands in the page itself."""

    guide: str


class PairPage(PageData):
    """Where a screen that is a device already is wanted; the zone in which times are told."""

    path: str | None
    timezone: str


class Orders(SitePage):
    """A page that tells the published order of calls."""

    orders: Annotated[
        dict[str, Words],
        Field(description="its words, by what they follow from: the classes of a service with their weights"),
    ]


class KioskPage(Orders):
    """Whether this browser may give numbers."""

    enrolled: bool


class ShownCall(Document):
    """A call that stands in the page itself."""

    number: str
    tile: str
    numbered: Annotated[bool, Field(description="the word for a counter stands over its tile")]


class WallPage(SitePage):
    """What is shown; which clips it will need, if it speaks."""

    zone: str | None
    voice: bool
    clips: list[str] | None
    shown: list[ShownCall]


class ShownCounter(Document):
    """What stands in a counter's display before its scripts run."""

    number: str | None
    state: Standing | None
    tile: str
    numbered: bool


class CounterDisplayPage(SitePage):
    """The counter of the display."""

    counter: str
    here: ShownCounter


class DeskPage(SitePage):
    """The desk, and the day of the officer who looks."""

    counter: str
    desk: Desk
    officer: Account
    mine: Mine
    sits: Annotated[list[Sitting], Field(description="where the officer sits today, by the rosters")]


class StructurePage(SitePage):
    """What the hall is made of, and which row of it is shown; ``fresh``: a new one."""

    account: Account
    version: int
    structure: dict[str, Any]
    part: str
    row: str | None
    fresh: bool
    saved: str | None


class SupervisorPage(SitePage):
    """The hall."""

    hall: Hall
    account: Account


class OverviewPage(SitePage):
    """The hall for its leaders. Not even who looks is named: the page may hang in a lobby."""

    overview: Overview


class ReportPage(SitePage):
    """A report, of the day or of a period, and the numbers behind it."""

    account: Account


class ReplayPage(SitePage):
    """The hall of a moment, which stands in the page itself."""

    account: Account


class AuditPage(SitePage):
    """The record, which stands in the page itself."""

    account: Account


class FrontDeskPage(SitePage):
    """The front desk: what was found stands in the page itself."""

    account: Account


class BookingsPage(SitePage):
    """A day's booked places, which stand in the page itself."""

    account: Account


class OutagePage(SitePage):
    """An outage's paper, which stands in the page itself."""

    account: Account


class RosterPage(SitePage):
    """A day's roster, which stands in the page itself."""

    account: Account


class NoticesPage(SitePage):
    """The notices and their form, which stand in the page itself."""

    account: Account


class MediaPage(SitePage):
    """The pictures and their order, which stand in the page itself."""

    account: Account


class DevicesPage(SitePage):
    """The register of devices, which stands in the page itself."""

    account: Account


class TravelPage(PageData):
    """Before travelling: the page itself says everything; its script searches."""

    ignored: Annotated[list[str], Field(description="words that say nothing of what somebody wants")]


class AskedQuestion(Document):
    """One of the nine, in one language; that of the cost is there for each scale that may be asked."""

    key: Element
    scale: CostScale | None
    ask: str
    answers: Annotated[list[str], Field(description="four, from the worst to the best")]


class SurveyHall(Document):
    """The hall that asks."""

    id: str
    name: str


class SurveyPage(PageData):
    """The nine questions: for the holder of a ticket, for a tablet of the hall, for the front desk."""

    hall: SurveyHall
    way: Annotated[Literal["phone", "tablet", "assisted"] | None, Field(description="null: nobody may answer here")]
    token: NotRequired[str]
    ticket: SurveyTicket | None
    strict: bool
    questions: dict[str, list[AskedQuestion]]
    profile: dict[str, list[str]]


class PhonePage(Orders):
    """A visitor's ticket, and what the counter is called that it was called to."""

    token: str
    ticket: Ticket
    counter_name: str | None


class BookPage(_Page):
    """What can be booked stands in the page itself; ``hall``: its id."""

    hall: str
    site: None
    found: Slots | None


class OwnBookingPage(_Page):
    """A booked place, which stands in the page itself."""

    hall: str
    site: None
    token: str


PAGES: tuple[type, ...] = (
    HomePage,
    LoginPage,
    SetupPage,
    HealthPage,
    ComparePage,
    GuidePage,
    PairPage,
    KioskPage,
    WallPage,
    CounterDisplayPage,
    DeskPage,
    StructurePage,
    SupervisorPage,
    OverviewPage,
    ReportPage,
    ReplayPage,
    AuditPage,
    FrontDeskPage,
    BookingsPage,
    BookPage,
    OwnBookingPage,
    OutagePage,
    NoticesPage,
    MediaPage,
    RosterPage,
    DevicesPage,
    TravelPage,
    SurveyPage,
    PhonePage,
)
