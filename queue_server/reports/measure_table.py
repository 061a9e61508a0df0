"""The measures of a period, one row each: what is counted, in which unit, from which rows, and by which rule it stands.

Name and meaning in words are texts (``measure_…``, ``means_…`` of ``config/text/measures.toml``); they stand wherever
the number does, in pages, files and ``GET /definitions``.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Unit = Literal["count", "seconds", "share"]
Source = Literal["record", "standard", "f03", "demand", "order", "papers", "booking", "estimate"]


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure. ``table``: whose rows it is made of (``sheet.py``); ``at_counter``: whether it is some counter's.

    ``of_officer``: whether it is some officer's: a wait is nobody's, and who comes is not theirs to choose.
    ``better``: whether more of it is better, or less; None: neither. ``source``: the rule or law that asks for it.
    """

    name: str
    unit: Unit
    table: str
    source: Source
    at_counter: bool = False
    better: Literal["more", "less"] | None = None

    @property
    def of_officer(self) -> bool:
        return self.at_counter and not self.name.startswith("wait")


#: tables whose rows are of no number
NOBODYS = ("refusal", "counter", "booking")


def _spell(name: str, unit: Unit, source: Source = "record", better: Literal["more", "less"] | None = None) -> Measure:
    return Measure(name, unit, "spell", source, at_counter=True, better=better)


MEASURES: tuple[Measure, ...] = (
    Measure("issued", "count", "number", "record"),
    Measure("called", "count", "number", "record", at_counter=True),
    Measure("begun", "count", "number", "record", at_counter=True),
    Measure("served", "count", "number", "record", at_counter=True, better="more"),
    Measure("people", "count", "number", "record", at_counter=True, better="more"),
    Measure("no_show", "count", "number", "record", at_counter=True, better="less"),
    Measure("no_show_share", "share", "number", "record", at_counter=True, better="less"),
    Measure("given_up", "count", "number", "record", better="less"),
    Measure("papers", "count", "number", "papers"),
    Measure("carried", "count", "number", "record", better="less"),
    Measure("refused", "count", "refusal", "demand", better="less"),
    Measure("refused_quota", "count", "refusal", "demand", better="less"),
    Measure("refused_closed", "count", "refusal", "demand", better="less"),
    Measure("refused_interruption", "count", "refusal", "demand", better="less"),
    Measure("missing", "count", "missing", "papers", better="less"),
    _spell("waits", "count"),
    _spell("wait_p50_s", "seconds", better="less"),
    _spell("wait_p90_s", "seconds", better="less"),
    _spell("wait_in_promise", "share", "standard", "more"),
    _spell("wait_in_promise_without", "share", "standard", "more"),
    _spell("walk_p50_s", "seconds", better="less"),
    _spell("walk_p90_s", "seconds", better="less"),
    _spell("service_p50_s", "seconds"),
    _spell("service_p90_s", "seconds"),
    _spell("service_s", "seconds"),
    _spell("service_in_promise", "share", "f03", "more"),
    _spell("service_in_promise_without", "share", "f03", "more"),
    _spell("hold_s", "seconds", better="less"),
    Measure("wait_left_out_s", "seconds", "excused", "standard", at_counter=True),
    Measure("left_out_s", "seconds", "excused", "standard", at_counter=True),
    Measure("open_s", "seconds", "counter", "record", at_counter=True),
    Measure("break_s", "seconds", "counter", "f03", at_counter=True),
    Measure("idle_s", "seconds", "counter", "record", at_counter=True, better="less"),
    Measure("utilisation", "share", "counter", "record", at_counter=True),
    Measure("overtaken", "count", "passing", "order", better="less"),
    Measure("overtook", "count", "passing", "order", better="less"),
    Measure("booked", "count", "booking", "booking"),
    Measure("came", "count", "booking", "booking", better="more"),
    Measure("came_late", "count", "booking", "booking", better="less"),
    Measure("missed", "count", "booking", "booking", better="less"),
    Measure("given_back", "count", "booking", "booking"),
    Measure("foretold", "count", "number", "estimate"),
    Measure("as_told", "share", "number", "estimate", better="more"),
)
BY_NAME = {one.name: one for one in MEASURES}
OF_OFFICERS = tuple(one for one in MEASURES if one.of_officer)

#: of reports of one matter, the measures that their lines and files tell; any other report tells all
_OF_REPORT: Mapping[str, tuple[str, ...]] = {
    "refusals": (
        *("issued", "refused", "refused_quota", "refused_closed", "refused_interruption"),
        *("papers", "missing", "carried"),
    ),
    "interruptions": (
        *("waits", "wait_in_promise", "wait_in_promise_without", "wait_left_out_s", "served", "service_in_promise"),
        *("service_in_promise_without", "left_out_s", "refused_interruption", "carried"),
    ),
}


def measures_of(report: str) -> tuple[Measure, ...]:
    """The measures that a report's files tell."""
    if report == "officers":
        return OF_OFFICERS
    return tuple(BY_NAME[name] for name in _OF_REPORT[report]) if report in _OF_REPORT else MEASURES
