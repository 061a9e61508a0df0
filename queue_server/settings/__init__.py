"""All configuration, read once at start: frozen, validated, every problem reported at once.

Sources, later ones winning: the packaged defaults, ``--config DIR`` (without it the data folder, once the first run
has made a hall there), the environment.
"""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from queue_server import places
from queue_server.clock import utc_now
from queue_server.domain.site import Site
from queue_server.settings.holiday_files import NO_CALENDAR, Calendar, calendar_for, countries, read_holidays
from queue_server.settings.holiday_schema import DayTable, HolidayTable
from queue_server.settings.server_file import Limits, ServerSettings, read_server
from queue_server.settings.site_checks import doubts
from queue_server.settings.site_document import Document, of_record
from queue_server.settings.site_file import read_site, site_from
from queue_server.settings.site_schema import SiteTable
from queue_server.settings.toml_file import Problem, SettingsError, id_at

T = TypeVar("T")
AHEAD = timedelta(days=150)  # the decree for a year comes out some months before it

__all__ = ["Limits", "Problem", "ServerSettings", "Settings", "SettingsError", "has_hall", "load", "warnings"]


@dataclass(frozen=True, slots=True)
class Settings:
    """What the server was told: the halls it serves and how it runs."""

    sites: Mapping[str, Site]
    server: ServerSettings
    files: Mapping[str, str]  # site -> the file that declares it
    documents: Mapping[str, Document]  # site -> what that file says
    site_of: Callable[[Document], Site]  # from a document of the record
    dated: Mapping[str, tuple[DayTable, ...]]  # holiday file -> the dates it gives, in order
    folder: Path = places.CONFIG  # where all that was read
    began_here: bool = False  # the data folder itself: the first run's hall, of which the record knows more by now


def has_hall(folder: Path) -> bool:
    """Whether a folder holds site files."""
    return any((folder / "sites").glob("*.toml"))


def load(
    config_dir: Path | None,
    data: Path | None = None,
    *,
    anew: bool = False,
    always_open: bool = False,
    environ: Mapping[str, str] | None = None,
) -> Settings:
    """Read everything, or raise :class:`SettingsError` with all that is wrong.

    ``config_dir`` None means the packaged configuration. Where it has no site files, the hall counts that the first run
    made in the folder ``data``; without one, and ``anew``, the malls that ship stand in. ``always_open`` is the demo's:
    hours, days, cutoff and holidays of every site are set aside; quotas stay.
    """
    folder = _folder(config_dir, data)
    place = _place_of_sites(folder, data, anew)
    problems: list[Problem] = []
    read = _read_all(_site_files(place, problems), read_site, problems)
    tables = {file: table for file, (table, _) in read.items()}
    holidays = _read_all(_holiday_files(folder), read_holidays, problems)
    problems += _among(tables, holidays)
    try:
        server = read_server(places.CONFIG / "server.toml", folder / "server.toml", _environment(environ))
    except SettingsError as error:
        raise SettingsError([*problems, *error.problems]) from None
    if problems:
        raise SettingsError(problems)
    site_of = partial(_site, holidays, always_open)  # no lambda: another process may be handed it
    return Settings(
        folder=folder,
        began_here=place is data,
        sites=MappingProxyType({table.id: site_of(table) for table in tables.values()}),
        server=server,
        files=MappingProxyType({table.id: file for file, table in tables.items()}),
        documents=MappingProxyType({table.id: document for table, document in read.values()}),
        site_of=partial(_recorded, holidays, always_open),
        dated=MappingProxyType(
            {file: tuple(sorted(table.day, key=lambda day: day.date)) for file, table in holidays.items()}
        ),
    )


def _recorded(holidays: Mapping[str, HolidayTable], always_open: bool, document: Document) -> Site:
    return _site(holidays, always_open, of_record(document))


def _folder(config_dir: Path | None, data: Path | None) -> Path:
    if config_dir is not None:
        return Path(config_dir)
    return data if data is not None and has_hall(data) else places.CONFIG


def _place_of_sites(folder: Path, data: Path | None, anew: bool) -> Path:
    if has_hall(folder):
        return folder
    if data is not None and has_hall(data):
        return data
    return places.CONFIG if anew else folder


def warnings(settings: Settings, today: date | None = None) -> list[Problem]:
    """List what works but will trouble somebody: for ``queue-server check``."""
    day = today or utc_now().date()
    return [*_of_sites(settings, day), *_of_dates(settings), *_of_years(settings, day)]


def _of_years(settings: Settings, today: date) -> Iterator[Problem]:
    """A year, this one or one that comes soon, whose joint leave nobody has written down: halls open when they rest."""
    for year in sorted({today.year, (today + AHEAD).year}):
        calendars = [site.holidays for site in settings.sites.values() if isinstance(site.holidays, Calendar)]
        for country in sorted({str(one.country) for one in calendars if one.is_estimate(year)}):
            why = "its holidays are an estimate without joint leave (cuti bersama): write this file once it is decreed"
            yield Problem(f"holidays/{country}-{year}.toml", "whole_years", why)


def _of_dates(settings: Settings) -> Iterator[Problem]:
    """A slip in a site's name, and its hall gives numbers on a day that it is shut."""
    known = ", ".join(settings.sites)
    for file, days in settings.dated.items():
        for day in days:
            for site in sorted(set(day.sites or ()) - set(settings.sites)):
                yield Problem(file, f"day {day.date}", f"there is no site {site!r}; there is {known}")


def _of_sites(settings: Settings, today: date) -> list[Problem]:
    return [
        Problem(settings.files[site.id], key, reason, id_at(key, _ids(site)))
        for site in settings.sites.values()
        for key, reason in doubts(site, today)
    ]


def _ids(site: Site) -> dict[str, list[dict[str, str]]]:
    """The ids of a site's tables, in the order of its file."""
    tables = {"agencies": site.agencies, "services": site.services, "counters": site.counters}
    return {name: [{"id": id} for id in rows] for name, rows in tables.items()}


def _environment(environ: Mapping[str, str] | None) -> Mapping[str, str]:
    return os.environ if environ is None else environ


def _site_files(folder: Path, problems: list[Problem]) -> list[Path]:
    files = sorted((folder / "sites").glob("*.toml"))
    if not files:
        problems.append(Problem(str(folder / "sites"), "", "there is no site file (*.toml) here"))
    return files


def _holiday_files(folder: Path) -> list[Path]:
    """The packaged calendar first, the site's own corrections after it."""
    folders = dict.fromkeys([places.CONFIG / "holidays", folder / "holidays"])
    return [file for place in folders for file in sorted(place.glob("*.toml"))]


def _read_all(files: Iterable[Path], reader: Callable[[Path], T], problems: list[Problem]) -> dict[str, T]:
    """Read every file, gathering the problems of all instead of stopping at the first."""
    tables: dict[str, T] = {}
    for file in files:
        try:
            tables[str(file)] = reader(file)
        except SettingsError as error:
            problems += error.problems
    return tables


def _among(tables: Mapping[str, SiteTable], holidays: Mapping[str, HolidayTable]) -> list[Problem]:
    """Find what is wrong between files that are each in order."""
    problems = []
    first: dict[str, str] = {}
    for file, table in tables.items():
        seen = first.setdefault(table.id.lower(), file)
        if seen != file:
            problems.append(Problem(file, "id", f"{table.id!r} is already the id of the site in {seen}"))
        if table.holidays is not None and table.holidays not in countries():
            problems.append(Problem(file, "holidays", NO_CALENDAR.format(table.holidays)))
    return problems


def _site(holidays: Mapping[str, HolidayTable], always_open: bool, table: SiteTable) -> Site:
    this_year = utc_now().year
    years = (this_year - 1, this_year, this_year + 1)
    calendar = calendar_for(table.id, table.holidays, holidays.values(), years, table.dates)
    return site_from(table, calendar, always_open=always_open)
