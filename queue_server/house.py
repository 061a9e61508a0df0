"""What a request handler is given of the house: commands, queries, texts. ``app`` makes it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NoReturn, TypeVar

from flask import current_app, has_request_context, request

from .documents.hall import Hall
from .documents.own_booking import BareOwnBooking, OwnBooking
from .documents.structure import Doubt
from .documents.ticket import Ticket as TicketDocument
from .documents.ticket import TicketWithoutToken
from .domain.bookings import Booking
from .domain.day import local_date
from .domain.errors import Code, QueueError
from .domain.fold import Ticket
from .domain.own_codes import own_code, own_token, own_token_hash
from .domain.rights import concerns, require_health
from .domain.roles import Actor
from .domain.site import Site
from .first_run import FirstRun
from .perform import Performer
from .queries import identity
from .queries.hall_at import read_hall_at
from .queries.snapshot import Reader, Snapshot, read_aside, reading
from .queries.suggestion_cache import SuggestionCache
from .reach import Approach, Reach
from .reports.open_months import OpenMonths
from .reports.performance_cache import PerformanceCache
from .reports.period_reader import PeriodReader
from .reports.todays_figures import TodaysFigures
from .seen import Seen
from .serving.gate import ARRIVED, PROXIED
from .serving.origin import Lack
from .settings import AHEAD, Settings
from .settings.holiday_files import Calendar
from .settings.site_checks import doubts
from .settings.site_document import Document, faults
from .store.database_errors import code_of
from .store.ids import token, word
from .store.urn_keys import UrnKeys
from .texts import Texts
from .videos.studio import Studio

T = TypeVar("T")


@dataclass
class House:
    """The rooms behind the door."""

    settings: Settings
    texts: Texts
    reader: Reader
    perform: Performer
    clock: Callable[[], datetime]
    secret: bytes
    urn_keys: UrnKeys  # what answers of a survey are sealed by
    build: str  # changes with every file a browser may hold
    reach: Reach  # where phones reach this server
    off_hub: Callable[..., Any]  # runs what computes long and waits for nothing beside the green threads
    issued_at_kiosk: Callable[[str], None]  # watches a kiosk's rate; only ever raises an alarm
    proxy_lacks: Callable[[Lack, str], None]  # hears what the proxy in front leaves to be wished; only ever tells
    seen: Seen  # which enrolled screens were heard, and when
    examine: Any  # called: what the doctor says, at most a minute old; None if it could not be asked
    demo_accounts: tuple[dict[str, Any], ...] = ()
    first_run: FirstRun | None = None  # while nothing is configured and nobody may speak
    todays_figures: TodaysFigures = field(default_factory=TodaysFigures)
    suggestions: SuggestionCache = field(default_factory=SuggestionCache)
    performance: PerformanceCache = field(default_factory=PerformanceCache)
    open_months: OpenMonths = field(default_factory=OpenMonths)
    periods: PeriodReader = field(default_factory=PeriodReader)
    studio: Studio = field(default_factory=Studio)  # where videos are encoded anew

    @property
    def begins(self) -> bool:
        """Whether the first run is still to be done: then every page leads to it."""
        return self.first_run is not None and self.first_run.is_open()

    def site(self, id: Any) -> Site:
        """A site that is served, as it is now. Raises ``not_found``."""
        site = self.perform.sites.get(id) if isinstance(id, str) else None
        return site if site is not None else self.refuse_unknown()

    def health(self, actor: Actor) -> list[Any] | None:
        """What the doctor says to this actor; None if it could not be asked. Raises ``forbidden``."""
        require_health(actor, self.perform.sites)
        found = self.examine()
        return None if found is None else [one for one in found if concerns(actor, one["about"].get("site"))]

    def structured(self, id: str, document: Document) -> Site:
        """The site that a structure makes. Raises ``invalid`` with all that is wrong with it, as ``check`` says it."""
        wrong = faults(document)
        if not wrong and document["id"] != id:
            wrong = [("id", f"should stay {id!r}")]
        if wrong:
            problems = [{"key": key, "reason": reason} for key, reason in wrong]
            raise QueueError(Code.INVALID, field="structure", problems=problems)
        return self.settings.site_of(document)

    def doubts(self, site: Site) -> list[Doubt]:
        """What of a site works, but will trouble somebody."""
        return [{"key": key, "reason": reason} for key, reason in doubts(site, local_date(site, self.clock()))]

    def calendar_to_write(self, site: Site) -> list[int]:
        """The years, this one and one that comes soon, whose joint leave is decreed and not written down."""
        today = local_date(site, self.clock())
        return self.guesses(site, sorted({today.year, (today + AHEAD).year}))

    def guesses(self, site: Site, years: Iterable[int]) -> list[int]:
        """The years of these whose joint leave nobody has written down: the hall would open on days of rest."""
        calendar = site.holidays
        return [year for year in years if isinstance(calendar, Calendar) and calendar.is_estimate(year)]

    def read(self, site: str, query: Callable[[Snapshot], T]) -> T:
        """A query on one snapshot of a site."""
        with reading(self.reader, self.perform.sites, site, self.clock()) as view:
            return query(view)

    def read_aside(self, site: str, query: Callable[[Snapshot], T]) -> T:
        """A query that folds a whole day, in a thread beside the green hub: nobody who calls waits for it."""
        url = self.reader.url.render_as_string(hide_password=False)
        found: T = self.off_hub(read_aside, url, self.perform.sites.apart(), site, self.clock(), query)
        return found

    def hall_at(self, site: str, at: datetime, agencies: frozenset[str], day: date | None = None) -> Hall:
        """The hall at an instant of the past, of a ``day``'s record (None: of the instant's own date).

        Raises ``invalid`` for an instant of which the record tells nothing.
        """
        if at > self.clock() and day is None:  # a day that a wrong clock wrote may lie ahead
            raise QueueError(Code.INVALID, field="at")
        url = self.reader.url.render_as_string(hide_password=False)
        found: Hall = self.off_hub(read_hall_at, url, self.perform.sites.built, self.site(site), at, agencies, day)
        return found

    def ticket_of(self, secret_token: str) -> Ticket | None:
        """The ticket whose holder knows the token, of a site that is still configured."""
        found = identity.ticket_of(self.reader, secret_token, self.clock())
        return found if found and found.site in self.perform.sites else None

    def booking_of(self, secret_token: str) -> Booking | None:
        """The place that whoever knows the link has booked, of a site that is still configured."""
        found = identity.booking_of(self.reader, own_token_hash(self.secret, secret_token))
        return found if found and found.site in self.perform.sites else None

    def with_code(self, document: BareOwnBooking, id: str) -> OwnBooking:
        """A booked place's document with its holder's code and link."""
        url = f"{self.reach.base(approach())}/b/{own_token(self.secret, id)}"
        return {**document, "code": own_code(self.secret, id), "url": url}

    def met(self, error: BaseException) -> Code | None:
        """What an unexpected error says of the database; None if nothing. Damage stops all writing."""
        code = code_of(error)
        if code is Code.STORAGE_CORRUPT:
            self.perform.halted = code
        return code

    def with_token(self, document: TicketWithoutToken) -> TicketDocument:
        """A ticket document with its holder's token and link."""
        own = token(self.secret, document["id"])
        return {**document, "token": own, "url": f"{self.reach.base(approach())}/t/{own}", "word": word(own)}

    def ticket_link(self, id: str) -> str:
        """The address of a ticket's page, for its holder alone."""
        return f"/t/{token(self.secret, id)}"

    def refuse_unknown(self) -> NoReturn:
        """There is no such thing."""
        raise QueueError(Code.NOT_FOUND)

    def refuse_unauthorized(self) -> NoReturn:
        """Nobody said who they are."""
        raise QueueError(Code.UNAUTHORIZED)


def approach() -> Approach | None:
    """How the request at hand came; None outside of one, as when a commit is told."""
    if not has_request_context():
        return None
    environ = request.environ
    host, arrived = environ.get("HTTP_HOST", ""), environ.get(ARRIVED, "")
    return Approach("https" if request.is_secure else "http", host, arrived, environ.get(PROXIED, False))


def current_house() -> House:
    """The house of the request at hand."""
    found: House = current_app.extensions["house"]
    return found
