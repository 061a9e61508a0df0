"""How far the kecamatan are and how many live there, as an office writes it down for the study of need.

All of them are set together, so that the record tells at every moment which figures held; the source and the year of
the figures stand beside them, and each writing has the time of its event.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import TypedDict

from .errors import Code, QueueError
from .origins import MOST_KM, MOST_PEOPLE
from .plain_text import one_line
from .privacy import refuse_identity_number

MOST = 100
MOST_LETTERS = 200  # of the source
_FIRST_YEAR, _LAST_YEAR = 1990, 2199


class DistrictsSet(TypedDict):
    """``districts``: ``[id, km by road, inhabitants]``; null: not known. ``source``, ``year``: of these figures."""

    districts: list[list[str | float | int | None]]
    source: str | None
    year: int | None


@dataclass(frozen=True, slots=True)
class District:
    """One of them; None: not known."""

    id: str
    distance_km: float | None = None
    population: int | None = None


def checked(said: Sequence[District], source: str | None, year: int | None, known: Collection[str]) -> DistrictsSet:
    """As its event tells it; a district of which nothing is known is left out.

    Raises ``invalid`` with the field: a district that the site does not name, or twice; a figure that cannot be.
    """
    seen = set[str]()
    for n, one in enumerate(said):
        if one.id not in known or one.id in seen:
            raise QueueError(Code.INVALID, field=f"districts.{n}.id", reason="unknown_district")
        if one.distance_km is not None and not 0 <= one.distance_km <= MOST_KM:
            raise QueueError(Code.INVALID, field=f"districts.{n}.distance_km", reason="no_such_figure")
        if one.population is not None and not 0 < one.population <= MOST_PEOPLE:
            raise QueueError(Code.INVALID, field=f"districts.{n}.population", reason="no_such_figure")
        seen.add(one.id)
    if year is not None and not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise QueueError(Code.INVALID, field="year", reason="no_such_figure")
    text = one_line("source", source, MOST_LETTERS) if source else None
    if text:
        refuse_identity_number("source", text)
    some = [one for one in said if one.distance_km is not None or one.population is not None]
    return {"districts": [[one.id, one.distance_km, one.population] for one in some], "source": text, "year": year}


def read(listed: Iterable[Sequence[str | float | int | None]]) -> dict[str, District]:
    """id -> what an event tells of it."""
    found = {}
    for id, km, people in listed:
        distance = None if km is None else float(km)
        found[str(id)] = District(str(id), distance, None if people is None else int(people))
    return found
