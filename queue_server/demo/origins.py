"""Made-up answers to the question of origin, and the distances that an office may write down; by the usual commands."""

import random
from collections.abc import Iterable
from contextlib import suppress

from ..commands import origins, registering, steering, visitor
from ..domain.districts import District
from ..domain.errors import QueueError
from ..domain.fold import Ticket
from ..domain.origins import OTHER
from ..domain.roles import Actor, Role
from ..domain.site import Site
from ..perform import Performer
from ..store.urn import Urn

_ANSWERS = 0.85  # of those who are asked
_OTHER = 0.06
_NEARER = 0.82  # each kecamatan of the list is named so much less often than the one before
# By road to Rangkasbitung, "Lebak Dalam Angka 2013": old, and said so on the page.
_KM = {
    **{"360214": 1, "360224": 1, "360218": 5, "360211": 9, "360215": 10, "360217": 17, "360206": 20, "360213": 21},
    **{"360212": 27, "360223": 34, "360207": 36, "360204": 38, "360205": 42, "360227": 45, "360225": 47, "360210": 50},
    **{"360208": 58, "360222": 62, "360209": 70, "360228": 77, "360216": 80, "360221": 99, "360201": 100},
    **{"360226": 105, "360202": 127, "360203": 135, "360219": 152, "360220": 160},
}


def say(into: Urn, tickets: Iterable[Ticket], chance: random.Random) -> None:
    """Those of them who are asked say from where they come, or skip it."""
    named = list(into.site.origins.districts)
    weights = [_NEARER**n for n in range(len(named))]
    for one in tickets:
        if not into.site.asks_origin(one.series, one.day, one.seq) or chance.random() > _ANSWERS:
            continue
        [likely] = chance.choices(named, weights)
        origins.tell(into, one.id, OTHER if chance.random() < _OTHER else likely)


def turned_away(perform: Performer, site: Site, many: int) -> None:
    """So many come when the day's numbers are gone, for each service that asks."""
    actor = Actor("demo-supervisor", Role.SUPERVISOR.only, frozenset({site.id}))
    for service in (one.id for one in site.services.values() if one.origin):
        perform(site.id, lambda tx, id=service: steering.set_quota(tx, id, {"total": 0}, "quota is gone"), actor=actor)
        for _ in range(many):
            with suppress(QueueError):  # it is refused, and the refusal is what is wanted
                perform(site.id, lambda tx, id=service: visitor.issue(tx, id), actor=actor)


def write_down(perform: Performer, site: Site) -> None:
    """What is known of how far they are; how many live there is for the office to say."""
    said = [District(id, _KM[id]) for id in site.origins.districts if id in _KM]
    if said:
        actor = Actor("demo-supervisor", Role.SUPERVISOR.only, frozenset({site.id}))
        perform(
            site.id,
            lambda tx: registering.set_districts(tx, said, "Lebak Dalam Angka 2013, periksa sebelum dicetak", 2013),
            actor=actor,
        )
