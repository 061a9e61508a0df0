"""Which targets held at the end of a period, and which of them its figures reach."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from ..documents.reports import JudgedTarget
from ..domain.targets import is_met
from ..queries.registers import Dated, in_force, target


def judged(dated: Dated, figures: Mapping[str, Any], day: date) -> list[JudgedTarget]:
    """The targets of the day, by measure, each with whether the figures reach it."""
    return [{**target(one, at), "met": is_met(one, figures[one.measure])} for one, at in in_force(dated, day)]


def by_measure(targets: list[JudgedTarget]) -> dict[str, JudgedTarget]:
    """measure -> its target."""
    return {one["measure"]: one for one in targets}
