"""When answers leave the urn in which they are sealed, so that nobody can tell whose an answer is.

The urn is a threshold pool mix (Serjantov, Dingledine and Syverson 2002): of each service ten wait, then five of them,
drawn by chance, leave together. Of an answer even one who watched every single commit knows no more than that it is one
of those that waited. When a month is over all that is left leaves; of a service with fewer than five answers in it the
service is struck out, and the agency too where its own are too few: of a lone visitor nothing is left to be found by.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from .survey import Answered

WAIT, LEAVE = 10, 5
FEWEST = 5  # of one service in a month that are told by service


@dataclass(frozen=True, slots=True)
class Sealed:
    """One in the urn: by what it lies there, and what was said. ``kind``: ``survey``, ``rating``, or
    ``origin``, whose ``profile`` is the kecamatan alone."""

    id: str
    kind: str
    said: Answered


def leave_now(waiting: Sequence[Sealed], draw: Callable[[Sequence[Sealed], int], Sequence[Sealed]]) -> list[Sealed]:
    """Those that leave while their month goes on. ``draw``: so many of them, by chance and in the order of chance."""
    left: list[Sealed] = []
    for group in _by_service(waiting).values():
        if len(group) >= WAIT:
            left += draw(group, LEAVE)
    return left


def leave_at_end(waiting: Sequence[Sealed], told_already: Mapping[tuple[str, str], int]) -> list[Sealed]:
    """All of a month that is over, with what is too rare struck out of them.

    ``told_already``: (kind, service) -> how many of the month have left before, with their service.
    """
    left: list[Sealed] = []
    rare: list[Sealed] = []
    for (kind, service), group in _by_service(waiting).items():
        known = told_already.get((kind, service), 0) if service else 0
        (left if len(group) + known >= FEWEST else rare).extend(group)
    agencies = Counter((one.kind, one.said.agency) for one in rare)
    for one in rare:
        enough = agencies[one.kind, one.said.agency] >= FEWEST
        agency = one.said.agency if enough else None
        left.append(replace(one, said=replace(one.said, service=None, agency=agency)))
    return left


def _by_service(waiting: Sequence[Sealed]) -> dict[tuple[str, str], list[Sealed]]:
    found: dict[tuple[str, str], list[Sealed]] = {}
    for one in waiting:
        found.setdefault((one.kind, one.said.service or ""), []).append(one)
    return found
