"""Levers for today: a supervisor says what a counter serves, or how many numbers a service gives, until day's end."""

from collections.abc import Collection, Mapping, Sequence

from ..domain.errors import Code, QueueError
from ..domain.events import Kind
from ..domain.lever_events import QuotaSet, ServicesSet
from ..domain.levers import TOTAL, quota_of
from ..domain.rights import Act, require
from ..domain.site import Counter, Site
from ..store import counters, tickets
from ..store.transaction import Transaction, record

_MOST = 9999  # places a day


def set_services(
    tx: Transaction, counter_id: str, services: Sequence[str], reason: str, *, confirm: bool = False
) -> None:
    """A counter serves these services today; as its structure says again, if it says the same.

    A visitor at the counter stays there. Raises ``not_found``, ``forbidden``, ``day_closed``, ``unknown_service``,
    ``invalid`` for none; ``last_counter`` unless ``confirm`` where people wait for one that nobody would call for.
    """
    counter = tx.config.counters.get(counter_id)
    if counter is None:
        raise QueueError(Code.NOT_FOUND)
    require(tx.actor, Act.STEER, tx.site_id, counter.agency)
    _require_day(tx)
    wanted = tuple(dict.fromkeys(services))
    for id in wanted:
        if id not in tx.config.services:
            raise QueueError(Code.UNKNOWN_SERVICE, service=id)
        require(tx.actor, Act.STEER, tx.site_id, tx.config.services[id].agency)
    if not wanted:
        raise QueueError(Code.INVALID, field="services")
    if wanted == counter.services:
        return
    if not confirm and (alone := _left_alone(tx, counter, wanted)):
        raise QueueError(Code.LAST_COUNTER, services=alone)
    detail = ServicesSet(services=list(wanted), was=list(counter.services))
    if wanted == _structure(tx).counters[counter_id].services:
        detail["declared"] = True
    record(
        tx,
        Kind.SERVICES_SET,
        counter=counters.get(tx.conn, tx.site_id, counter_id),
        detail=detail,
        private={"reason": reason},
    )


def set_quota(tx: Transaction, service_id: str, places: Mapping[str, int | None], reason: str) -> None:
    """A service's day has so many places: of a class, or in ``total``; None is unlimited.

    A class that is not named keeps its own places; a place that is taken stays taken. Raises ``not_found``,
    ``forbidden``, ``day_closed``, ``class_not_offered``, ``invalid`` for no place named, or no number of places.
    """
    service = tx.config.services.get(service_id)
    if service is None:
        raise QueueError(Code.NOT_FOUND)
    require(tx.actor, Act.STEER, tx.site_id, service.agency)
    _require_day(tx)
    for name, n in places.items():
        if name != TOTAL and name not in service.classes:
            raise QueueError(Code.CLASS_NOT_OFFERED, service=service_id, **{"class": name})
        if n is not None and not 0 <= n <= _MOST:
            raise QueueError(Code.INVALID, field=name)
    if not places:
        raise QueueError(Code.INVALID, field=TOTAL)
    was = quota_of(tx.config.service_on(service_id, tx.today))
    wanted = {**was, **places}
    if wanted == was:
        return
    declared = quota_of(_structure(tx).service_on(service_id, tx.today))
    other = {name: n for name, n in wanted.items() if n != declared[name]}
    detail = QuotaSet(quota=other, was={name: was[name] for name in wanted if wanted[name] != was[name]})
    record(tx, Kind.QUOTA_SET, service=service_id, detail=detail, private={"reason": reason})


def _require_day(tx: Transaction) -> None:
    if tx.day is None or tx.day_closed:
        raise QueueError(Code.DAY_CLOSED)


def _structure(tx: Transaction) -> Site:
    """The site without its levers."""
    return tx.site or tx.config


def _left_alone(tx: Transaction, counter: Counter, wanted: Collection[str]) -> list[str]:
    """The services that the counter lets go of, for which people wait and no other open counter calls."""
    gone = [id for id in counter.services if id not in wanted]
    waited_for = tickets.longest_waiting(tx.conn, tx.site_id, gone) if gone else {}
    states = counters.of_site(tx.conn, tx.site_id)
    others = [c for c in tx.config.counters.values() if c.id != counter.id and c.id in states and states[c.id].works]
    return [id for id in gone if id in waited_for and not any(id in other.services for other in others)]
