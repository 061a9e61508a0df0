"""A file of ``holidays/`` as it stands on disk: what differs from the calculated calendar of a country."""

from datetime import date

from queue_server.settings.site_values import Ids, Line, Periods, Year
from queue_server.settings.toml_file import Strict


class DayTable(Strict):
    """One date that differs, for every hall that keeps the country's holidays or for those named."""

    date: date
    """The day, without quotes: ``2026-12-24``."""
    name: Line
    """What the day is called on the screens."""
    closed: bool = True
    """``false``: the hall is open that day."""
    hours: Periods | None = None
    """Hours of that day; without them, those of its weekday."""
    sites: Ids | None = None
    """Ids of the halls that it concerns; without it, all."""


class HolidayTable(Strict):
    """A file of ``holidays/``: what differs from the calculated calendar of a country."""

    country: str = "ID"
    """The calendar that it corrects."""
    whole_years: list[Year] = []
    """Years that stand here in full: nothing is calculated for them."""
    day: list[DayTable] = []
    """The dates."""
