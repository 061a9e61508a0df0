"""The structure in force at each site, as the record says: versions of a document, and what this process made of them.

The site's row names the version in force. A command that has taken that row, and a query that reads it in its snapshot,
ask here for the site by that version: a process that knows an older one loads the newer before any rule runs.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, bindparam, func, select, update

from ..domain import carry, levers
from ..domain.levers import Levers
from ..domain.site import Site
from . import schema
from .structure import former

Document = Mapping[str, Any]  # the keys of a site file, as JSON has them
Build = Callable[[Document], Site]
Faults = Callable[[Document], list[tuple[str, str]]]  # (key, reason) of all that is wrong with a document

_v = schema.structure.c
_ONE = select(_v.document).where(_v.site == bindparam("of"), _v.version == bindparam("at"))
_MOST_TO_COME = 20
_PENDING = (_v.in_force_at.is_(None), _v.replaced_by.is_(None))


@dataclass(frozen=True, slots=True)
class Version:
    """One saved structure; ``from_day`` None: at once. Times in UTC."""

    version: int
    based_on: int
    from_day: date | None
    source: str  # "file", "screen" or "shell"
    digest: str
    by: str
    at: datetime
    epoch: int
    revision: int
    in_force_at: datetime | None
    in_force_day: date | None
    replaced_by: int | None
    document: Document

    @property
    def pending(self) -> bool:
        """Whether it is still to take effect."""
        return self.in_force_at is None and self.replaced_by is None


VERSION_COLUMNS = tuple(getattr(_v, name) for name in Version.__dataclass_fields__)


class Structures(Mapping[str, Site]):
    """The sites that are served here, each at the version in force that this process heard of last."""

    def __init__(
        self, declared: Mapping[str, Site], build: Build | None = None, faults: Faults = lambda document: []
    ) -> None:
        """``declared``: as the site files say, which holds until a version is in the record."""
        self._declared, self._build, self.faults = dict(declared), build, faults
        self._known: dict[str, tuple[tuple[int, int], Site]] = {}  # site -> (epoch, version), what was made of it
        self._today: dict[str, tuple[Site, Levers, Site]] = {}  # site -> its structure, levers, what they make
        self._to_come: dict[str, Site | None] = {}  # digest of a document that waits for its day -> what it makes

    def apart(self) -> "Structures":
        """The same for another thread: what that learns of a snapshot stays with it."""
        other = Structures(self._declared, self._build, self.faults)
        other._known, other._today, other._to_come = dict(self._known), dict(self._today), dict(self._to_come)
        return other

    def __getitem__(self, id: str) -> Site:
        """The site as this process knows it, today's levers with it; KeyError for one that is not served here."""
        known = self._known.get(id)
        site = known[1] if known else self._declared[id]
        today = self._today.get(id)
        return today[2] if today and today[0] is site else site

    def on(self, site: Site, kept: Levers, day: date | None) -> Site:
        """A site's structure with the levers of a day; the same value again while nothing changes."""
        held = levers.standing(kept, day)
        if not held:
            self._today.pop(site.id, None)
            return site
        today = self._today.get(site.id)
        if today is None or today[0] is not site or today[1] != held:
            today = self._today[site.id] = (site, held, levers.applied(site, held, day))
        return today[2]

    def __iter__(self) -> Iterator[str]:
        """The ids of the sites that are served here."""
        return iter(self._declared)

    def __len__(self) -> int:
        """How many there are."""
        return len(self._declared)

    def built(self, document: Document) -> Site:
        """The site that a document describes. Raises what the builder raises for one that is not in order."""
        if self._build is None:
            raise LookupError("nobody here makes a site of a document")
        return self._build(document)

    @property
    def build(self) -> Build | None:
        """What makes a site of a document, for a process that has its own structures."""
        return self._build

    def to_come(self, version: "Version") -> Site | None:
        """The site that a version will make of a hall on its day; None for one that this release does not accept."""
        if version.digest not in self._to_come:
            if len(self._to_come) >= _MOST_TO_COME:
                self._to_come.clear()
            faulty = bool(self.faults(version.document))
            self._to_come[version.digest] = None if faulty else self.built(version.document)
        return self._to_come[version.digest]

    def at(self, conn: Connection, id: str, epoch: int, version: int) -> Site | None:
        """The site at the version that its row names; None for one that is not served here."""
        if id not in self._declared:
            return None
        key, known = (epoch, version), self._known.get(id)
        if known and known[0] == key:
            return known[1]
        document = conn.execute(_ONE, {"of": id, "at": version}).scalar() if version else None
        if document is None:
            return self._declared[id]  # before its first version
        site = self.built(document)
        site = replace(site, former=former(conn, site))
        self.learn(id, epoch, version, site)
        return site

    def learn(self, id: str, epoch: int, version: int, site: Site) -> None:
        """Remember what is in force, unless something newer is known: a snapshot may be of a moment ago."""
        known = self._known.get(id)
        if known is None or known[0] <= (epoch, version):
            self._known[id] = ((epoch, version), site)


def ahead(conn: Connection, site: str, known: Structures, declared: Site, first_day: date) -> list[carry.Ahead]:
    """The structures that hold from a day to come on: the present one, and those that wait for their day."""
    every = [carry.Ahead(first_day, declared)]
    for version in pending(conn, site):
        site_then = known.to_come(version)
        if version.from_day is not None and site_then is not None:
            if version.from_day <= first_day:
                every.clear()
            every.append(carry.Ahead(max(first_day, version.from_day), site_then))
    return every


def save(conn: Connection, site: str, new: Version) -> None:
    """Write one version."""
    values = {name: getattr(new, name) for name in Version.__dataclass_fields__}
    conn.execute(schema.structure.insert().values(site=site, **values))


def next_version(conn: Connection, site: str) -> int:
    """The number that the next version has: in the order of saving, from 1."""
    return (conn.execute(select(func.max(_v.version)).where(_v.site == site)).scalar() or 0) + 1


def version(conn: Connection, site: str, number: int) -> Version | None:
    """One version, by its number."""
    row = conn.execute(select(*VERSION_COLUMNS).where(_v.site == site, _v.version == number)).first()
    return Version(*row) if row else None


def pending(conn: Connection, site: str) -> list[Version]:
    """What is still to take effect, in the order of its days."""
    asked = select(*VERSION_COLUMNS).where(_v.site == site, *_PENDING).order_by(_v.from_day, _v.version)
    return [Version(*row) for row in conn.execute(asked)]


def versions(conn: Connection, site: str) -> list[Version]:
    """Every version there ever was, the latest first."""
    asked = select(*VERSION_COLUMNS).where(_v.site == site).order_by(_v.version.desc())
    return [Version(*row) for row in conn.execute(asked)]


def on_day(conn: Connection, site: str, day: date) -> Version | None:
    """The version that a service day ended with; None if the record knows none that early."""
    asked = select(*VERSION_COLUMNS).where(_v.site == site, _v.in_force_day <= day).order_by(_v.version.desc()).limit(1)
    row = conn.execute(asked).first()
    return Version(*row) if row else None


def was_applied(conn: Connection, site: str, digest: str) -> bool:
    """Whether a file of this content was applied before."""
    asked = select(_v.version).where(_v.site == site, _v.digest == digest, _v.source != "screen").limit(1)
    return conn.execute(asked).first() is not None


def take_effect(conn: Connection, site: str, number: int, day: date | None, now: datetime) -> None:
    """A version is in force from now on, from this service day."""
    where = (_v.site == site, _v.version == number)
    conn.execute(update(schema.structure).where(*where).values(in_force_at=now, in_force_day=day or now.date()))


def replace_pending(conn: Connection, site: str, older: int, newer: int) -> None:
    """A version never takes effect, since another stands for it."""
    where = (_v.site == site, _v.version == older)
    conn.execute(update(schema.structure).where(*where).values(replaced_by=newer))
