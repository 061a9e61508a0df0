"""Targets: what a hall sets itself for a measure, from a day on, until it sets another.

Only a measure that does not grow with the period has one: a share, a median, a 90th percentile. All of them are set
together, so that the record tells at every moment which held.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypedDict

from .errors import Code, QueueError

#: what may have a target, and whether more of it is better or less (``reports/measure_table.py`` says the same)
BETTER: Mapping[str, Literal["more", "less"]] = {
    "wait_p50_s": "less",
    "wait_p90_s": "less",
    "wait_in_promise": "more",
    "wait_in_promise_without": "more",
    "walk_p50_s": "less",
    "walk_p90_s": "less",
    "service_in_promise": "more",
    "service_in_promise_without": "more",
    "no_show_share": "less",
}
MOST = 200
MOST_SECONDS = 24 * 3600


class TargetsSet(TypedDict):
    """``targets``: ``[measure, from, value]``, all that hold or will; no value: from that day on it has none."""

    targets: list[list[str | float | None]]


@dataclass(frozen=True, slots=True)
class Target:
    """From a day on; ``value`` in seconds, or from 0 to 1; None: from then on there is none."""

    measure: str
    begins: date
    value: float | None

    def written(self) -> list[str | float | None]:
        """As its event tells it."""
        return [self.measure, self.begins.isoformat(), self.value]


def read(listed: Iterable[Sequence[str | float | None]]) -> list[Target]:
    """Those of an event."""
    return [Target(str(one[0]), date.fromisoformat(str(one[1])), _number(one[2])) for one in listed]


def _number(value: str | float | None) -> float | None:
    return None if value is None else float(value) if isinstance(value, str) else value


def in_order(targets: Iterable[Target]) -> list[Target]:
    """By measure, in the order of the table, then by day."""
    order = list(BETTER)
    return sorted(targets, key=lambda one: (order.index(one.measure), one.begins))


def checked(targets: Sequence[Target]) -> list[Target]:
    """The same in order. Raises ``invalid`` with the place of the first that cannot be."""
    if len(targets) > MOST:
        raise QueueError(Code.INVALID, field="targets", most=MOST)
    seen = set[tuple[str, date]]()
    for n, one in enumerate(targets):
        if one.measure not in BETTER:
            raise QueueError(Code.INVALID, field=f"targets.{n}.measure", reason="no_target")
        if not 2000 <= one.begins.year < 2200 or (one.measure, one.begins) in seen:
            raise QueueError(Code.INVALID, field=f"targets.{n}.from", reason="same_day_twice")
        if one.value is not None and not _is_possible(one.measure, one.value):
            raise QueueError(Code.INVALID, field=f"targets.{n}.value", reason="no_such_value")
        seen.add((one.measure, one.begins))
    return in_order(targets)


def _is_possible(measure: str, value: float) -> bool:
    if measure.endswith("_s"):
        return 0 < value <= MOST_SECONDS and value == int(value)
    return 0 <= value <= 1


def in_force(targets: Iterable[Target], day: date) -> dict[str, Target]:
    """measure -> the target that holds on a day."""
    held: dict[str, Target] = {}
    for one in in_order(targets):
        if one.begins <= day:
            held[one.measure] = one
    return {measure: one for measure, one in held.items() if one.value is not None}


def is_met(target: Target, value: float | None) -> bool | None:
    """Whether a figure reaches it; None: there is no figure, or no target."""
    if value is None or target.value is None:
        return None
    return value >= target.value if BETTER[target.measure] == "more" else value <= target.value
