"""The lines of a list of booked places, as other systems and people write them, or what is wrong with each."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal

from .bookings import MOST_LETTERS, normalise_code
from .site import GROUP_MOST

MOST = 2000  # lines of a list
SHORTEST_CODE = 4
_ABOVE = 10  # lines of titles that may stand above a heading
Cell = str | int | float | bool | datetime | date | time | timedelta | None
Fault = Literal[
    "unreadable",
    "no_header",
    "no_lines",
    "too_many_lines",
    "broken_line",
    "date_missing",
    "date_unknown",
    "date_past",
    "date_too_far",
    "time_missing",
    "time_unknown",
    "closed_then",
    "service_missing",
    "unknown_service",
    "not_booked",
    "class_not_offered",
    "code_missing",
    "code_unknown",
    "code_rounded",
    "code_twice",
    "people_unknown",
]

_NAMES = {  # what a column may be called
    "date": ("date", "tanggal", "tgl", "hari", "tanggal kedatangan", "tanggal booking", "day"),
    "time": ("time", "jam", "waktu", "pukul", "slot", "jam kedatangan", "sesi"),
    "service": ("service", "layanan", "jenis layanan", "jenis", "pelayanan"),
    "code": ("code", "kode", "kode booking", "kode pesanan", "kode antrean", "nomor permohonan", "no permohonan"),
    "people": ("people", "orang", "jumlah", "jumlah orang", "jumlah pemohon", "pemohon"),
}
_COLUMN = {name: column for column, names in _NAMES.items() for name in names}
_ORDER = ("date", "time", "service", "code", "people")  # of a list without a heading
_NAMED = [
    "jan",
    "feb peb",
    "mar",
    "apr",
    "mei may",
    "jun",
    "jul",
    "agu ags aug agt",
    "sep",
    "okt oct",
    "nov nop",
    "des dec",
]
_MONTHS = {name: n for n, names in enumerate(_NAMED, 1) for name in names.split()}
_EXCEL_EPOCH = date(1899, 12, 30)
_EXCEL_DAYS = (36526, 73050)  # 2000 to 2099
_EXACT = 10**15  # a spreadsheet keeps fifteen digits of a number; of a longer code the rest is lost
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_LOCAL = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})")
_WORDS = re.compile(r"(?:[a-z']+,? +)?(\d{1,2})[- ]([a-z]{3})[a-z]*[- ](\d{4})")
_TIME_IN = re.compile(r"[ Tt]\d{1,2}[:.]\d{2}.*$")  # what stands behind a date in one cell
_CLOCK = re.compile(r"(\d{1,2})[:.](\d{2})(?:[:.]\d{2}(?:\.\d+)?)? *(am|pm)?(?: *(?:wib|wita|wit))?")


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of a line of a file; ``sheet``: of a workbook."""

    line: int
    cells: Sequence[Cell]
    sheet: str | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, and in which line; line 0: with the file as a whole."""

    line: int
    reason: Fault
    sheet: str | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A booked place as a list names it; ``service`` as it is written there."""

    line: int
    sheet: str | None
    day: date
    at: time
    service: str
    code: str
    people: int


@dataclass(frozen=True, slots=True)
class Listed:
    """What a file holds; ``doubled``: lines that say the same as one before."""

    lines: tuple[Line, ...]
    problems: tuple[Problem, ...]
    doubled: int = 0
    ignored: tuple[str, ...] = ()  # sheets without a heading that we know
    empty: tuple[date, str] | None = None  # the day and service of a list that is its heading alone


class _Wrong(Exception):
    def __init__(self, reason: Fault) -> None:
        super().__init__(reason)
        self.reason: Fault = reason


def read(sheets: Iterable[Sequence[Row]], service: str | None = None, day: date | None = None) -> Listed:
    """The lines of all sheets that have a heading which we know; ``service``: of lines that name none.

    A heading alone is a list without bookings, if the service and the ``day`` are said.
    """
    lines: list[Line] = []
    problems: list[Problem] = []
    ignored: list[str] = []
    filled = [sheet for sheet in ([row for row in rows if not _blank(row)] for rows in sheets) if sheet]
    headed = [(sheet, heading) for sheet in filled if (heading := _heading(sheet, service is not None))]
    if not headed:
        return Listed((), (Problem(filled[0][0].line if filled else 0, "no_header" if filled else "no_lines"),))
    ignored = [sheet[0].sheet or "" for sheet in filled if not _heading(sheet, service is not None)]
    rows = [(row, columns) for sheet, (columns, skip) in headed for row in sheet[skip:]]
    if len(rows) > MOST:
        return Listed((), (Problem(rows[MOST][0].line, "too_many_lines", rows[MOST][0].sheet),))
    for row, columns in rows:
        try:
            lines.append(_line(row, columns, service))
        except _Wrong as wrong:
            problems.append(Problem(row.line, wrong.reason, row.sheet))
    if not rows and service and day:
        return Listed((), (), ignored=tuple(ignored), empty=(day, service))
    if not rows:
        problems.append(Problem(0, "no_lines"))
    once, twice = _once(lines)
    return Listed(tuple(once), tuple(problems + twice), len(lines) - len(once) - len(twice), tuple(ignored))


def _once(lines: Sequence[Line]) -> tuple[list[Line], list[Problem]]:
    """Each line once; a code that stands twice on a day with something else is nobody's."""
    seen: dict[tuple[date, str], Line] = {}
    twice: list[Problem] = []
    for one in lines:
        first = seen.setdefault((one.day, normalise_code(one.code)), one)
        said = [(each.at, each.service.casefold(), each.people) for each in (first, one)]
        if said[0] != said[1]:
            twice.append(Problem(one.line, "code_twice", one.sheet))
    return list(seen.values()), twice


def _blank(row: Row) -> bool:
    return all(cell is None or (isinstance(cell, str) and not _plain(cell)) for cell in row.cells)


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).replace("\ufeff", "").split())


def _heading(sheet: Sequence[Row], may_lack_service: bool) -> tuple[dict[str, int], int] | None:
    """(column -> its place, how many lines are above the list) of a sheet; None if it is no list of bookings.

    Without a heading the columns stand in the order of the contract, if the first cell is a date.
    """
    needed = {"date", "code"} | (set() if may_lack_service else {"service"})
    for above, row in enumerate(sheet[:_ABOVE]):
        named = _named(row)
        if needed <= named.keys():
            return named, above + 1
    try:
        _date(sheet[0].cells[0] if sheet[0].cells else None)
    except _Wrong:
        return None
    return {column: place for place, column in enumerate(_ORDER)}, 0


def _named(row: Row) -> dict[str, int]:
    """column -> its place, of those that are named in a line."""
    found: dict[str, int] = {}
    for place, cell in enumerate(row.cells):
        words = _plain(re.sub(r"[_*:.]+", " ", cell)).casefold() if isinstance(cell, str) else ""
        if words in _COLUMN:
            found.setdefault(_COLUMN[words], place)
    return found


def _line(row: Row, columns: dict[str, int], service: str | None) -> Line:
    def cell(column: str) -> Cell:
        place = columns.get(column, len(row.cells))
        return row.cells[place] if place < len(row.cells) else None

    when = cell("date")
    at = _time(cell("time") if "time" in columns else _clock_of(when))
    named = _plain(str(cell("service") or "")) or service
    day, code = _date(when), _code(cell("code"))
    if not named:
        raise _Wrong("service_missing")
    return Line(row.line, row.sheet, day, at, named, code, _people(cell("people")))


def _clock_of(when: Cell) -> Cell:
    """The time of a cell that holds both."""
    if isinstance(when, datetime):
        return when.time()
    if (number := _number(when)) is not None:  # days, as a spreadsheet counts them, and a part of one
        return number if number % 1 else None
    found = _TIME_IN.search(_plain(when)) if isinstance(when, str) else None
    return found[0][1:] if found else None


def _number(cell: Cell) -> float | None:
    """A number, or a text that is one; a comma is what people here write for a point. A workbook may say 1e999."""
    if isinstance(cell, bool):
        return None
    if isinstance(cell, int | float):
        return float(cell) if abs(cell) < _EXACT else None
    text = _plain(cell) if isinstance(cell, str) else ""
    return float(text.replace(",", ".")) if re.fullmatch(r"\d{1,15}(?:[.,]\d{1,15})?", text, re.ASCII) else None


def _date(cell: Cell) -> date:
    """A day: as ISO, as people here write it, as a spreadsheet counts it."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    if cell is None or (isinstance(cell, str) and not _plain(cell)):
        raise _Wrong("date_missing")
    number = _number(cell)
    if number is not None:
        if not _EXCEL_DAYS[0] <= number <= _EXCEL_DAYS[1]:
            raise _Wrong("date_unknown")
        return _EXCEL_EPOCH + timedelta(days=int(number))
    text = _plain(str(cell)).lower()
    text = _TIME_IN.sub("", text)
    try:
        if found := _ISO.fullmatch(text):
            return date(*map(int, found.groups()))
        if found := _LOCAL.fullmatch(text):
            day, month, year = map(int, found.groups())
            return date(year, month, day)
        if (found := _WORDS.fullmatch(text)) and found[2] in _MONTHS:
            return date(int(found[3]), _MONTHS[found[2]], int(found[1]))
    except ValueError:
        pass
    raise _Wrong("date_unknown")


def _time(cell: Cell) -> time:
    """A time of day; of a span its beginning."""
    if isinstance(cell, datetime):
        cell = cell.time()
    if isinstance(cell, time):
        return cell.replace(second=0, microsecond=0, tzinfo=None)
    if isinstance(cell, timedelta):
        cell = cell.total_seconds() / 86400
    if cell is None or (isinstance(cell, str) and not _plain(cell)):
        raise _Wrong("time_missing")
    text = _plain(str(cell)).lower() if isinstance(cell, str) else ""
    found = _CLOCK.fullmatch(re.split(r" *(?:-|\u2013|s/d|sd|sampai) *", text)[0])
    if found:
        hour, minute = int(found[1]), int(found[2])
        if found[3]:
            if not 1 <= hour <= 12:
                raise _Wrong("time_unknown")
            hour = hour % 12 + (12 if found[3] == "pm" else 0)
        if hour > 23 or minute > 59:
            raise _Wrong("time_unknown")
        return time(hour, minute)
    number = _number(cell)
    # 9.3 may be what a spreadsheet made of 9.30: it is refused rather than read as a seventh of the day after.
    if number is None or not (0 <= number < 1 or _EXCEL_DAYS[0] <= number <= _EXCEL_DAYS[1]):
        raise _Wrong("time_unknown")
    minutes = round(number % 1 * 1440)
    return time(minutes // 60 % 24, minutes % 60)


def _code(cell: Cell) -> str:
    """A code as text; a number that a spreadsheet made of it, if no digit was lost."""
    if isinstance(cell, bool | date | time | timedelta):
        raise _Wrong("code_unknown")
    if isinstance(cell, int | float):
        if not cell >= 0:  # nor is what is no number at all
            raise _Wrong("code_unknown")
        if cell >= _EXACT:
            raise _Wrong("code_rounded")
        if cell != int(cell):
            raise _Wrong("code_unknown")
        cell = str(int(cell))
        if len(cell) < SHORTEST_CODE:  # its zeros may be lost
            raise _Wrong("code_unknown")
    text = _plain(cell or "").lstrip("'")
    if re.fullmatch(r"\d[.,]?\d*e\+?\d+", text, re.IGNORECASE):
        raise _Wrong("code_rounded")
    code = normalise_code(text)
    if not code:
        raise _Wrong("code_missing")
    if not SHORTEST_CODE <= len(code) <= MOST_LETTERS or not code.isalnum():
        raise _Wrong("code_unknown")
    return text


def _people(cell: Cell) -> int:
    if cell is None or (isinstance(cell, str) and not _plain(cell)):
        return 1
    number = _number(cell)
    if number is None or number != int(number) or not 1 <= number <= GROUP_MOST:
        raise _Wrong("people_unknown")
    return int(number)
