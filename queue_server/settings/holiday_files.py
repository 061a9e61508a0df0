"""Which days a site rests: the country's calculated calendar, corrected by dated files.

Governments decree holidays and joint leave (*cuti bersama*) year by year, and lunar dates are only estimates until
then; so what stands in ``holidays/*.toml`` always wins over the calculation. Later files win over earlier ones, and
a day that names its sites wins over one for all.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import holidays as calculated

from queue_server.domain.site import Holiday
from queue_server.settings.holiday_schema import DayTable, HolidayTable
from queue_server.settings.site_schema import DateTable
from queue_server.settings.toml_file import Problem, SettingsError, parse, read

NO_CALENDAR = "there is no calendar {!r}; Indonesia is 'ID'"
FIRST_YEAR, LAST_YEAR = 1970, 2200  # outside, a broken clock speaks and no calendar answers


def countries() -> frozenset[str]:
    """Name the countries whose calendar can be calculated, by ISO code."""
    return frozenset(calculated.list_supported_countries())


def read_holidays(path: Path) -> HolidayTable:
    """Read and check one holiday file; raise :class:`SettingsError` with all its problems."""
    file = str(path)
    table = parse(HolidayTable, read(path), file)
    found = [Problem(file, key, reason) for key, reason in _mistakes(table)]
    if found:
        raise SettingsError(found)
    return table


def _mistakes(table: HolidayTable) -> Iterator[tuple[str, str]]:
    if table.country not in countries():
        yield "country", f"there is no calendar of {table.country!r}; Indonesia is 'ID'"
    first: dict[tuple[date, str], int] = {}
    for i, day in enumerate(table.day):
        if day.closed and day.hours:
            yield f"day[{i}].hours", "a closed day has no hours; write closed = false"
        for site in day.sites or ["*"]:
            seen = first.setdefault((day.date, site), i)
            if seen != i:
                yield f"day[{i}].date", f"{day.date} is already given by day[{seen}]"


@dataclass(slots=True)
class Calendar(Mapping[date, Holiday]):
    """The special days of one site. Looking one up answers for any year; iterating walks the years of ``years``.

    Calculated years are worked out when first asked for and kept: to its readers it is a constant.
    """

    country: str | None
    given: Mapping[date, Holiday]
    whole_years: frozenset[int]
    years: tuple[int, ...]
    _known: dict[int, Mapping[date, Holiday]] = field(default_factory=dict, compare=False, repr=False)

    def __getitem__(self, day: date) -> Holiday:
        """Return what is special about ``day``; KeyError on an ordinary one."""
        found = self.given.get(day)
        return found if found is not None else self._year(day.year)[day]

    def __iter__(self) -> Iterator[date]:
        """Walk the special days of ``years``, and every given day besides, in order."""
        days = set(self.given).union(*(self._year(year) for year in self.years))
        return iter(sorted(days))

    def __len__(self) -> int:
        """Count what iterating would give."""
        return sum(1 for _ in self)

    def is_estimate(self, year: int) -> bool:
        """Whether the country's joint leave of that year is not known: no file lists it, nor does the calculation."""
        if self.country is None or year in self.whole_years:
            return False
        kind = type(calculated.country_holidays(self.country))
        return "government" in kind.supported_categories and not calculated.country_holidays(
            self.country, years=year, categories={"government"}
        )

    def _year(self, year: int) -> Mapping[date, Holiday]:
        if year not in self._known:
            self._known[year] = dict(self._calculate(year))
        return self._known[year]

    def _calculate(self, year: int) -> Iterator[tuple[date, Holiday]]:
        if self.country is None or year in self.whole_years or not FIRST_YEAR <= year <= LAST_YEAR:
            return
        for day, name in _national(self.country, year).items():
            yield day, Holiday(day, name)


def _national(country: str, year: int) -> Mapping[date, str]:
    """Calculate a country's holidays and official joint leave, named in its own language."""
    kind = type(calculated.country_holidays(country))
    wanted = {"public", "government"} & set(kind.supported_categories)
    return calculated.country_holidays(
        country, years=year, expand=False, language=kind.default_language, categories=wanted or None
    )


def calendar_for(
    site: str,
    country: str | None,
    tables: Iterable[HolidayTable],
    years: Iterable[int],
    dates: Iterable[DateTable] = (),
) -> Calendar:
    """Gather the special days of one site; ``dates`` are what the hall itself decided, and win.

    ``country`` None means the site keeps no holidays: only days that name the site itself then count.
    """
    tables = list(tables)
    of_country = [table for table in tables if table.country == country]
    shared = [day for table in of_country for day in table.day if day.sites is None]
    own = [day for table in tables for day in table.day if day.sites is not None and site in day.sites]
    return Calendar(
        country=country,
        given={day.date: _holiday(day) for day in [*shared, *own]} | {day.date: _own(day) for day in dates},
        whole_years=frozenset(year for table in of_country for year in table.whole_years),
        years=tuple(years),
    )


def _holiday(day: DayTable) -> Holiday:
    return Holiday(day.date, day.name, day.closed, day.hours, "file")


def _own(day: DateTable) -> Holiday:
    return Holiday(day.date, day.name, day.closed, day.hours, "hall", day.source)
