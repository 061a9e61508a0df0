"""By which words a service is found: its own, its agency's, and how people say it (``config/search.toml``).

A browser compares them with what somebody types (``pages/travel/search.js``).
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from ... import places
from ...domain.site import Service, Site

_APART = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What is known of how people say things."""

    ignored: frozenset[str]
    same: tuple[tuple[str, ...], ...]


@cache
def vocabulary() -> Vocabulary:
    """Read once for a process."""
    table: dict[str, Any] = tomllib.loads((places.CONFIG / "search.toml").read_text(encoding="utf-8"))
    same = tuple(tuple(plain(phrase) for phrase in group) for group in table["same"])
    return Vocabulary(frozenset(map(plain, table["ignored"])), same)


def plain(text: str) -> str:
    """Small letters without accents, one space between words: ``KTP-él`` is ``ktp el``."""
    bare = unicodedata.normalize("NFKD", text.lower()).encode("ascii", "ignore").decode()
    return _APART.sub(" ", bare).strip()


def words_of(site: Site, service: Service) -> list[str]:
    """Every word by which the service is found, in the order of the alphabet."""
    said = f" {' '.join(map(plain, _said(site, service)))} "
    known = [group for group in vocabulary().same if any(f" {phrase} " in said for phrase in group)]
    found = {*said.split(), *(word for group in known for phrase in group for word in phrase.split())}
    return sorted(found - vocabulary().ignored)


def _said(site: Site, service: Service) -> Iterator[str]:
    agency, facts = site.agencies[service.agency], service.published
    yield from service.name.values()
    yield from (agency.name, agency.short_name, *agency.task.values(), *facts.search)
    yield from (facts.product or {}).values()
