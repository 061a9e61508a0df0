"""What visitors are told while the machine plays, held against the model's own count."""

from dataclasses import replace
from datetime import date
from typing import Any

from hypothesis.stateful import precondition, rule

from queue_server.domain.booking_rule import BookingRule, SlotRule
from queue_server.queries.site import site_info
from queue_server.queries.ticket import ticket
from queue_server.settings import Settings
from tests.world.declared import redeclared
from tests.world.hall import SITE, Hall
from tests.world.model import PROMISED_S, Model
from tests.world.quotas import LIMITS

BOOKED = "ktp-perekaman"  # its places can be booked
SLOTS = SlotRule(5, capacity=100, lead_minutes=0, online_share=100)  # by anybody too


class Looking:
    """Rules of the machine; ``hall`` and ``model`` are its own."""

    @precondition(lambda self: any(v.state == "waiting" for v in self.model.visitors))
    @rule()
    def look_at_places(self) -> None:
        """Everybody who waits looks at the phone, and somebody at the kiosk."""
        places_told_are_places_called(self.hall, self.model, self.days[-1])
        what_is_left_is_what_is_given(self.hall, self.model)


def limited(told: Settings) -> Settings:
    """The hall with the model's limits."""
    services = dict(told.sites[SITE].services)
    for id, (total, kept, own) in LIMITS.items():
        services[id] = replace(services[id], quota_total=total, quota_reserved=kept, quota=own)
    classes = ("regular", "priority", "booked")
    services |= {id: replace(services[id], classes=classes) for id in PROMISED_S}
    services[BOOKED] = replace(services[BOOKED], booking=BookingRule(30, 30, SLOTS))
    return redeclared(told, {SITE: replace(told.sites[SITE], services=services)})


def what_is_left_is_what_is_given(hall: Hall, model: Model) -> None:
    """Each class is told how many numbers it can still take, by the model's count of places; and all together."""
    shown = {one["id"]: one for one in hall.read(site_info)["services"]}
    for service in LIMITS:
        places, one = model.quotas[service], shown[service]
        for class_ in one["classes"]:
            assert said(one["quota_left"][class_]) == max(0, places.left(class_)), (service, class_)
        assert said(one["quota_total_left"]) == max(0, places.free.total())


def said(left: int | None) -> Any:
    """A number of places as it is told: none is told where there is no limit."""
    return left if left is not None else _NO_LIMIT


class _Any:
    """As many as come."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, int) and other > 10**5

    __hash__ = None


_NO_LIMIT = _Any()


def places_told_are_places_called(hall: Hall, model: Model, today: date) -> None:
    """Everybody who waits is told how many are really called before them; of nobody else a place is told."""
    real = {t.number: t for t in hall.tickets() if t.day == today}
    told = hall.read(lambda view: {number: ticket(view, t) for number, t in real.items()})
    for visitor in model.visitors:
        waits, one = visitor.in_line, told[visitor.number]
        assert one["ahead"] == (model.place_of(visitor) if waits else None), visitor
        assert one["people_ahead"] == (model.people_before(visitor) if waits else None), visitor
