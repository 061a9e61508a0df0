"""Roles and identities, and the one rule that says who may act where."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum

from .errors import Code, QueueError


class Role(StrEnum):
    """What an identity is for."""

    OFFICER = "officer"
    SUPERVISOR = "supervisor"
    ADMIN = "admin"
    AUDITOR = "auditor"
    CONTENT = "content"
    KIOSK = "kiosk"
    DISPLAY = "display"
    VISITOR = "visitor"
    SYSTEM = "system"  # the clock, the command line

    @property
    def only(self) -> frozenset["Role"]:
        """This role and no other."""
        return frozenset({self})


_MIGHTIEST_FIRST = (Role.SYSTEM, Role.ADMIN, Role.SUPERVISOR, Role.OFFICER, Role.AUDITOR, Role.CONTENT)


def in_order(roles: Iterable[Role]) -> list[Role]:
    """Roles as they are listed everywhere, the mightiest first."""
    given = set(roles)
    return [role for role in (*_MIGHTIEST_FIRST, *(r for r in Role if r not in _MIGHTIEST_FIRST)) if role in given]


def mightiest(roles: Iterable[Role]) -> Role:
    """The role that stands for a set of them where there is room for one word."""
    return in_order(roles)[0]


STAFF = frozenset({Role.OFFICER, Role.SUPERVISOR, Role.ADMIN, Role.AUDITOR, Role.CONTENT})
WORKS = frozenset({Role.OFFICER, Role.SUPERVISOR})  # may have a counter open
SITS = frozenset({Role.OFFICER})  # has a counter of its own to go to
OVERSEES = frozenset({Role.SUPERVISOR})  # sees to a whole hall, and acts at other people's counters
NAMED = WORKS | {Role.ADMIN}  # whom an event names as its officer
WATCHES = STAFF - {Role.OFFICER}  # may follow a whole hall live


@dataclass(frozen=True, slots=True)
class Actor:
    """The one who speaks: an account, a device, a visitor or the system.

    ``sites`` and ``agencies`` limit staff; an account that names none acts at all, tomorrow's too.
    """

    id: str
    roles: frozenset[Role]
    sites: frozenset[str] = frozenset()
    agencies: frozenset[str] = frozenset()
    name: str = ""

    def has(self, roles: Collection[Role]) -> bool:
        """Whether this identity has one of these roles."""
        return not self.roles.isdisjoint(roles)

    @property
    def role(self) -> Role:
        """The mightiest of its roles: what it is called where there is one word."""
        return mightiest(self.roles) if len(self.roles) > 1 else next(iter(self.roles))

    def at(self, site: str) -> bool:
        """Whether this identity belongs to the site."""
        return site in self.sites or Role.SYSTEM in self.roles or (not self.sites and self.has(STAFF))

    def for_agency(self, agency: str) -> bool:
        """Whether this identity may act for the agency."""
        return not self.agencies or agency in self.agencies


SYSTEM = Actor("system", Role.SYSTEM.only)


def can_hold(actor: Actor, site: str, agency: str) -> bool:
    """Whether this identity may have a counter of the agency open."""
    return actor.has(WORKS) and actor.at(site) and actor.for_agency(agency)


def require(actor: Actor, site: str, agency: str | None = None) -> None:
    """Raises ``QueueError(forbidden)`` if the actor acts at a foreign site or for a foreign agency."""
    if not actor.at(site) or (agency is not None and not actor.for_agency(agency)):
        raise QueueError(Code.FORBIDDEN)


def require_whole(actor: Actor, site: str) -> None:
    """What concerns the whole site: raises ``QueueError(forbidden)`` also for an account limited to some agencies."""
    require(actor, site)
    if actor.agencies:
        raise QueueError(Code.FORBIDDEN)
