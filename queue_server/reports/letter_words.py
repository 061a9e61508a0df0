"""How an official report writes figures, dates and what a period is called: as the pages do, in one language."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from .. import formats
from ..documents.reports import JudgedTarget
from ..domain.rounding import percent, under
from ..domain.targets import BETTER
from .calendar import Period
from .measure_table import BY_NAME, Measure

Say = Callable[..., str]  # key, values -> the text in the language of the report
NONE = "–"


@dataclass(frozen=True, slots=True)
class Words:
    """One language."""

    lang: str
    say: Say

    def count(self, n: int | None) -> str:
        """A whole number."""
        return NONE if n is None else formats.count(n, self.lang)

    def figure(self, measure: str, value: Any) -> str:
        """A value as it is told to people: times rounded as on every page."""
        if value is None:
            return NONE
        unit = BY_NAME[measure].unit
        if unit == "share":
            return self.say("per_cent", n=percent(value))
        return self.count(value) if unit == "count" else self.say("minutes_under", n=self.count(under(value)))

    def exact(self, measure: Measure, value: Any) -> str:
        """A value as it was reckoned: whole seconds, shares with a decimal."""
        if value is None:
            return NONE
        if measure.unit == "share":
            return self.say("per_cent", n=formats.decimal(value * 100, self.lang))
        seconds = f" {self.say('unit_seconds')}" if measure.unit == "seconds" else ""
        return self.count(value) + seconds

    def target(self, one: JudgedTarget) -> str:
        """What was set for a measure: at most, or at least."""
        value = one["value"]
        if value is None:
            return NONE
        if one["measure"].endswith("_s"):
            return self.say("target_minutes", n=self._short(value / 60))
        return self.say(
            "target_at_least" if BETTER[one["measure"]] == "more" else "target_at_most", n=self._short(value * 100)
        )

    def _short(self, value: float) -> str:
        rounded = round(value, 1)
        return self.count(int(rounded)) if rounded == int(rounded) else formats.decimal(rounded, self.lang)

    def cell(self, measure: str, value: Any) -> str:
        """A value under a heading that names its unit."""
        if value is None:
            return NONE
        if measure in ("wait_p50_s", "wait_p90_s"):
            return self.count(under(value))
        if BY_NAME[measure].unit == "seconds":
            return formats.decimal(value / 60, self.lang)
        return self.figure(measure, value)

    def period(self, one: Period) -> str:
        """What a period is called: a year, a month, a day, or from when to when."""
        if one.months == 12 and one.first.month == 1:
            return str(one.first.year)
        if one.months == 1:
            return formats.full_month(one.first, self.lang)
        if one.first == one.last:
            return formats.long_date(one.first, self.lang)
        return f"{formats.full_date(one.first, self.lang)} – {formats.full_date(one.last, self.lang)}"

    def step(self, by: str, key: str) -> str:
        """What a day, week or month is called where there is little room."""
        day = date.fromisoformat(key)
        return formats.month_and_year(day, self.lang) if by == "month" else formats.day_and_month(day, self.lang)

    def row(self, by: str, row: Any) -> str:
        """What a line of a report is of."""
        key, name = row["key"], row["name"]
        if name:
            return name.get(self.lang) or name["id"]
        if by == "weekday":
            return formats.weekday(key, self.lang)
        if by == "hour":
            return f"{key:02d}.00"
        if by == "day":
            return formats.short_date(date.fromisoformat(key), self.lang) + f" {key[:4]}"
        if by in ("week", "month"):
            return self.step(by, key)
        if by == "class":
            return self.say(f"class_{key}")
        if by == "outcome":
            return self.say(f"outcome_{key}")
        return self.say(f"segment_{key or 'none'}") if by == "segment" else str(key)
