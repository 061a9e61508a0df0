"""What stands above and below an official report: whose it is, how it is numbered, to whom it goes, and who signs.

A name and an employee's number are nobody's setting: they are written by the hand that signs, as the number and the
date are, for a report that the hall prints is a draft until then.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

GAPS = ("year", "month")
_GAP = re.compile(r"\{([^{}]*)\}")
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The settings of one hall; None: left out, or left to be written by hand."""

    government: str | None = None
    office: str | None = None
    contact: str | None = None
    number: str | None = None  # with gaps: ``500.16/......./{month}/{year}``
    addressee: str | None = None
    place: str | None = None
    signatory: str | None = None

    def number_on(self, day: date) -> str | None:
        """The document's number as it is printed on a day; the month in Roman numerals, as offices write it."""
        values: Mapping[str, str] = {"year": str(day.year), "month": _ROMAN[day.month - 1]}
        return None if self.number is None else _GAP.sub(lambda gap: values.get(gap[1], gap[0]), self.number)


def unknown_gaps(number: str) -> list[str]:
    """The gaps of a number that nothing fills."""
    return [name for name in _GAP.findall(number) if name not in GAPS]
