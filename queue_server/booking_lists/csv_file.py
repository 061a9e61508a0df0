"""The lines of a CSV file as spreadsheets of this country write it: semicolons, byte order marks, old encodings."""

import codecs
import csv
import io

from ..domain.booking_lines import MOST, Row
from .unreadable import Unreadable

_SEPARATORS = ";,\t|"
_ENCODED = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_MOST_ROWS = MOST + 1000  # with lines that say nothing
_MOST_CELLS = 60


def rows_of_csv(data: bytes) -> list[Row]:
    """The rows, with the lines at which they begin. Raises Unreadable."""
    text = _text(data)
    if "\0" in text:
        raise Unreadable
    lines = text.splitlines(keepends=True)
    first = lines[0].strip().lower() if lines else ""
    skip = first.startswith("sep=") and len(first) == 5
    separator = first[4] if skip else _separator(lines)
    reader = csv.reader(io.StringIO("".join(lines[skip:]), newline=""), delimiter=separator, strict=True)
    rows: list[Row] = []
    begins = 1 + skip
    try:
        for cells in reader:
            rows.append(Row(begins, cells[:_MOST_CELLS]))
            begins = reader.line_num + 1 + skip
            if len(rows) > _MOST_ROWS:
                raise Unreadable("too_many_lines", rows[-1].line)
    except csv.Error:
        raise Unreadable("broken_line", begins) from None
    return rows


def _text(data: bytes) -> str:
    """The file's text; what is no UTF-8 was written by an old Windows."""
    for mark, encoding in _ENCODED:
        if data.startswith(mark):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError:
                raise Unreadable from None
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _separator(lines: list[str]) -> str:
    """The one that stands most often in the first lines."""
    head = "".join(lines[:5])
    return max(_SEPARATORS, key=head.count)
