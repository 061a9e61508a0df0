"""Roles, and the identities that have them; what each may do is the table of ``rights.py``."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What an identity is for."""

    OFFICER = "officer"
    FRONT_DESK = "front_desk"  # helps before and between counters
    SUPERVISOR = "supervisor"
    LEADER = "leader"  # sees a hall live, and changes nothing
    ADMIN = "admin"  # accounts, devices, structure
    AUDITOR = "auditor"  # reads everything
    CONTENT = "content"  # notices, media, published facts
    KIOSK = "kiosk"
    DISPLAY = "display"
    VISITOR = "visitor"
    SYSTEM = "system"  # the clock, the command line

    @property
    def only(self) -> frozenset["Role"]:
        """This role and no other."""
        return frozenset({self})


_MIGHTIEST_FIRST = (
    *(Role.SYSTEM, Role.ADMIN, Role.SUPERVISOR, Role.OFFICER),
    *(Role.FRONT_DESK, Role.AUDITOR, Role.LEADER, Role.CONTENT),
)


def in_order(roles: Iterable[Role]) -> list[Role]:
    """Roles as they are listed everywhere, the mightiest first."""
    given = set(roles)
    return [role for role in (*_MIGHTIEST_FIRST, *(r for r in Role if r not in _MIGHTIEST_FIRST)) if role in given]


def mightiest(roles: Iterable[Role]) -> Role:
    """The role that stands for a set of them where there is room for one word."""
    return in_order(roles)[0]


# The roles of people who sign in, as accounts are offered them: from the counter outwards.
OFFERED = (
    *(Role.OFFICER, Role.FRONT_DESK, Role.SUPERVISOR, Role.LEADER),
    *(Role.AUDITOR, Role.CONTENT, Role.ADMIN),
)
STAFF = frozenset(OFFERED)
FIRST = Role.ADMIN.only  # the role of a hall's first account
SITS = Role.OFFICER.only  # has a counter of its own to go to
NAMED = frozenset({Role.OFFICER, Role.SUPERVISOR, Role.ADMIN})  # whom an event names as its officer


@dataclass(frozen=True, slots=True)
class Actor:
    """The one who speaks: an account, a device, a visitor or the system.

    ``sites`` and ``agencies`` limit staff; an account that names none acts at all, tomorrow's too. ``lent``: the
    (site, agency) pairs at whose counters it helps out until the day closes.
    """

    id: str
    roles: frozenset[Role]
    sites: frozenset[str] = frozenset()
    agencies: frozenset[str] = frozenset()
    name: str = ""
    lent: frozenset[tuple[str, str]] = frozenset()

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

    def is_lent(self, site: str, agency: str) -> bool:
        """Whether it is lent to that agency's counters there."""
        return (site, agency) in self.lent


SYSTEM = Actor("system", Role.SYSTEM.only)
