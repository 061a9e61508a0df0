"""How days, times and numbers are written in each language, by the tables of CLDR (Babel).

The one place that knows: pages and slips ask here, and the browser gets names and patterns as texts (:func:`rows`).
"""

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import cache
from itertools import groupby

from babel import Locale
from babel.numbers import format_decimal

from .domain.day_hours import written
from .domain.site import LANGUAGES, WEEKDAYS, Periods, WeekHours

# English here is that of people who write the day before the month.
_LOCALES = {"id": "id", "en": "en_GB", "su": "su"}
_RECENT = timedelta(days=6)  # so long a weekday says which day
_FIELDS = {"E": "{weekday}", "d": "{day}", "M": "{month}", "y": "{year}"}  # of a pattern of CLDR


def clock(at: datetime) -> str:
    """A time of day, in the zone it is given in: ``08.00``, in every language, as on the clocks of the hall."""
    return f"{at:%H.%M}"


def hours(periods: Periods) -> str:
    """The hours of a day: ``08.00–11.30, 13.00–16.00``; the end of a day is ``24.00``."""
    return ", ".join(as_in_file("-".join(ends)) for ends in written(periods))


def as_in_file(period: str) -> str:
    """A period that a site file writes as ``08:00-11:30``; the browser's `period` (`format.js`) does the same."""
    return period.replace(":", ".").replace("-", "–")


def week(days: WeekHours, lang: str) -> str:
    """The hours of a week in few words, neighbouring days with equal hours together; a day without any is left out.

    ``Senin–Kamis 08.00–15.00 · Jumat 08.00–11.30, 13.00–15.00``
    """
    runs = [(held, [*run]) for held, run in groupby(range(7), key=lambda n: days.get(WEEKDAYS[n], ())) if held]
    return " · ".join(f"{_days(run[0], run[-1], lang)} {hours(held)}" for held, run in runs)


def _days(first: int, last: int, lang: str) -> str:
    return weekday(first, lang) if first == last else f"{weekday(first, lang)}–{weekday(last, lang)}"


def long_date(day: date, lang: str) -> str:
    """The whole date: ``Senin, 19 Januari 2026``."""
    names = {"weekday": weekday(day.weekday(), lang), "month": _months(lang, "wide")[day.month]}
    return _pattern(lang).format(**names, day=day.day, year=day.year)


def short_date(day: date, lang: str) -> str:
    """The date for a table, without its year: ``Sen 19 Jan``."""
    return f"{short_weekday(day.weekday(), lang)} {day_and_month(day, lang)}"


def day_and_month(day: date, lang: str) -> str:
    """``19 Jan``."""
    return f"{day.day} {_months(lang, 'abbreviated')[day.month]}"


def month_and_year(day: date, lang: str) -> str:
    """``Jan 2026``."""
    return f"{_months(lang, 'abbreviated')[day.month]} {day.year}"


def full_date(day: date, lang: str) -> str:
    """The date without its weekday: ``19 Januari 2026``."""
    return f"{day.day} {full_month(day, lang)}"


def full_month(day: date, lang: str) -> str:
    """``Januari 2026``."""
    return f"{month(day.month, lang)} {day.year}"


def month(number: int, lang: str) -> str:
    """The name of a month; January is 1."""
    return _months(lang, "wide")[number]


def moment(at: datetime, now: datetime, lang: str) -> str:
    """An instant of the past, in the zone of ``now``: its time today, its weekday within six days, else its date."""
    here = at.astimezone(now.tzinfo)
    if here.date() == now.date():
        return clock(here)
    if now - here < _RECENT:
        return f"{weekday(here.weekday(), lang)} {clock(here)}"
    return day_and_month(here.date(), lang)


def ending(at: datetime, now: datetime, lang: str) -> str:
    """An instant at which something is over, in the zone of ``now``: ``15.00`` today, else ``Sen 19 Jan 15.00``.

    Midnight is the end of the day before it.
    """
    here = at.astimezone(now.tzinfo)
    midnight = is_midnight(here)
    day = day_before(here) if midnight else here.date()
    time = "24.00" if midnight else clock(here)
    return time if day == now.date() else f"{short_date(day, lang)} {time}"


def beginning(at: datetime, now: datetime, lang: str) -> str:
    """An instant from which on something holds, in its own zone: ``15.00`` today, else ``Sen 19 Jan 15.00``.

    With the midnight that begins a day the whole day is meant: ``Sen 19 Jan``.
    """
    if at.date() == now.astimezone(at.tzinfo).date():
        return clock(at)
    return short_date(at.date(), lang) if is_midnight(at) else f"{short_date(at.date(), lang)} {clock(at)}"


def is_midnight(at: datetime) -> bool:
    """Whether a day begins then, in the zone it is given in."""
    return at.hour == at.minute == 0


def day_before(at: datetime) -> date:
    """The day that a midnight ends."""
    return (at - timedelta(days=1)).date()


def weekday(number: int, lang: str) -> str:
    """The name of a weekday; Monday is 0."""
    return str(_locale(lang).days["format"]["wide"][number])


def short_weekday(number: int, lang: str) -> str:
    """The short name of a weekday: ``Sen``."""
    return str(_locale(lang).days["format"]["abbreviated"][number])


def decimal(value: float, lang: str, *, apart: bool = True) -> str:
    """A figure with one decimal: ``1.408,6``, in English ``1,408.6``. Files want no mark there (``apart``)."""
    return format_decimal(value, format="#,##0.0", locale=_locale(lang), group_separator=apart)


def hundredths(value: float, lang: str) -> str:
    """A figure with two decimals: ``87,43``, in English ``87.43``."""
    return format_decimal(value, format="0.00", locale=_locale(lang))


def count(number: int, lang: str) -> str:
    """A whole number with its thousands apart: ``12.345``."""
    return format_decimal(number, locale=_locale(lang))


@cache
def rows() -> Mapping[str, Mapping[str, str]]:
    """What the browser needs to write a date or a figure itself, as rows of texts: key -> language -> text."""
    by_language = {lang: _rows(lang) for lang in LANGUAGES}
    return {key: {lang: by_language[lang][key] for lang in LANGUAGES} for key in by_language[LANGUAGES[0]]}


def _rows(lang: str) -> dict[str, str]:
    pattern = _pattern(lang)
    return {
        **{f"weekday_{key}": weekday(n, lang) for n, key in enumerate(WEEKDAYS)},
        **{f"month_{n}": str(name) for n, name in _months(lang, "wide").items()},
        "long_date": pattern,
        "date_of_year": re.sub(r"[ ,]*\{year\}", "", pattern),
        "thousands_sign": str(_locale(lang).number_symbols["latn"]["group"]),
        "decimal_sign": str(_locale(lang).number_symbols["latn"]["decimal"]),
    }


def _pattern(lang: str) -> str:
    """CLDR's pattern of the full date with our placeholders: ``{weekday}, {day} {month} {year}``."""
    pattern = _locale(lang).date_formats["full"].pattern
    return re.sub(r"([EdMy])\1*", lambda field: _FIELDS[field[1]], pattern)


def _months(lang: str, width: str) -> Mapping[int, str]:
    return _locale(lang).months["format"][width]


@cache
def _locale(lang: str) -> Locale:
    return Locale.parse(_LOCALES[lang])
