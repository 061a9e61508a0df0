"""What tests of a hall's own slots say: a hall that has them, and whoever books."""

from dataclasses import replace
from datetime import date, time

from queue_server.commands import checking_in, own_booking
from queue_server.commands.own_booking import Booker, Wish
from queue_server.domain.booking_rule import BookingRule, SlotRule
from queue_server.domain.own_codes import own_code
from queue_server.domain.roles import SYSTEM, Actor, Role
from queue_server.domain.site import Site
from queue_server.queries import own_booking as told
from queue_server.store import numbers
from tests.world.hall import KIOSK, SITE
from tests.world.values import at

SERVICE, MONDAY, AHEAD = "paspor-wawancara", "2026-11-23", "2026-11-24"
HOLDER = Actor("visitor", Role.VISITOR.only, frozenset({SITE}))
RULE = SlotRule(30, ((time(8), time(12)),), capacity=2, lead_minutes=30, days_ahead=14, online_share=30)


def with_slots(site: Site, rule: SlotRule = RULE, **changes) -> dict:
    """The services of a hall, one of which has slots of its own."""
    service = replace(site.services[SERVICE], booking=BookingRule(own=rule), **changes)
    return {**site.services, SERVICE: service}


def open_slots(hall, rule: SlotRule = RULE, **changes) -> None:
    """The hall is started again with slots."""
    hall.stop()
    hall.start(services=with_slots(hall.site, rule, **changes))


def take(hall, time_: str, on: str = AHEAD, browser: str = "one", address: str | None = None, people: int = 1):
    """Somebody books."""
    wish = Wish(SERVICE, date.fromisoformat(on), time.fromisoformat(time_), people)
    return hall.do(HOLDER, own_booking.book, wish, Booker(browser, address))


def seen(hall, on: str = AHEAD) -> dict[str, int]:
    """The slots of a day, as anybody is told: time -> places left."""
    found = hall.read(lambda view: told.slots(view, SERVICE, date.fromisoformat(on)))
    return {one["time"]: one["left"] for one in found["slots"]}


def used(hall, on: str = AHEAD) -> int:
    """Places of the day's quota that bookings have."""
    with hall.reader.connect() as conn, conn.begin():
        return numbers.used(conn, SITE, date.fromisoformat(on), SERVICE).get(SERVICE, {}).get("booked", 0)


def code(hall, one) -> str:
    """The eight digits of a booking."""
    return own_code(hall.perform.secret, one.id)


def begin(hall, moment: str) -> None:
    """It is another time; the service day of that date is open."""
    hall.now = at(moment)
    hall.do(SYSTEM, lambda tx: None)


def as_told(hall, one):
    """A booking as its holder sees it."""
    return hall.read(lambda view: told.own_booking(view, one))


def come(hall, typed: str, by=KIOSK):
    """Somebody is at the door with a code."""
    return hall.do(by, checking_in.check_in, typed)
