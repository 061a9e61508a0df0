"""Which figures of a survey may be told: none of fewer than ten, and no two whose difference would be such a one.

By time: the months of a unit are put together, the first one first, until ten respondents are in them; a period is told
only if it is made of such blocks. So the difference of two periods that are told is made of whole blocks, too.
By unit: what is held back must be ten respondents of two units at least together, or another unit is held back with
them: else the whole less what is told would show it.
"""

from collections.abc import Iterable, Mapping, Sequence

LEAST = 10


def blocks(months: Mapping[str, int]) -> list[frozenset[str]]:
    """month -> respondents, as blocks of at least ten; what has not come to ten yet is in none. Empty months: none."""
    found: list[frozenset[str]] = []
    open_, many = set(), 0
    for month in sorted(month for month, n in months.items() if n):
        open_.add(month)
        many += months[month]
        if many >= LEAST:
            found.append(frozenset(open_))
            open_, many = set(), 0
    return found


def is_told(months: Mapping[str, int], asked: Iterable[str]) -> bool:
    """Whether a unit's figure of the asked months may be told. ``months``: all of the unit that are over."""
    wanted = {month for month in asked if months.get(month)}
    within = [block for block in blocks(months) if block & wanted]
    return bool(wanted) and wanted == frozenset().union(*within)


def held_back(units: Mapping[str, int], untold: Iterable[str]) -> set[str]:
    """Which units of one whole are held back: those that may not be told, and more where these alone would show.

    ``units``: unit -> respondents of the period; ``untold``: those of them that may not be told by themselves.
    """
    hidden = {unit for unit in untold if units.get(unit)}
    rest: Sequence[str] = sorted((u for u, n in units.items() if n and u not in hidden), key=lambda u: (units[u], u))
    while hidden and rest and (len(hidden) < 2 or sum(units[u] for u in hidden) < LEAST):
        hidden.add(rest[0])
        rest = rest[1:]
    return hidden
