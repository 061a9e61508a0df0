"""The rows of a workbook (XLSX), read by openpyxl: as little of it as a list needs, so that no file can be too much."""

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from ..domain.booking_lines import MOST, Cell, Row
from .unreadable import Unreadable

_MOST_UNPACKED = 12_000_000  # bytes: two thousand lines have a fiftieth of that
_MOST_PARTS = 300
_MOST_SHEETS = 20
_MOST_ROWS = MOST + 1000  # with lines that say nothing
_MOST_CELLS = 60
_ZEROS = re.compile(r"0+")  # the format of a number that is shown with its leading zeros


def rows_of_xlsx(data: bytes, most: int = _MOST_ROWS) -> list[list[Row]]:
    """The rows of each sheet, ``most`` at the most. Raises Unreadable, also for a file that unpacks to too much."""
    import openpyxl

    _refuse_bomb(data)
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        return [list(_rows(sheet, most)) for sheet in book.worksheets[:_MOST_SHEETS] if hasattr(sheet, "iter_rows")]
    except Unreadable:
        raise
    except Exception:  # whatever a broken or hostile file makes of a library: it is no list
        raise Unreadable from None


def _refuse_bomb(data: bytes) -> None:
    """By what the archive says of itself, and by what it unpacks to: the one may lie."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > _MOST_UNPACKED:
                raise Unreadable
            left = _MOST_UNPACKED
            for part in parts:
                with archive.open(part) as unpacked:
                    while piece := unpacked.read(min(65536, left + 1)):
                        left -= len(piece)
                        if left < 0:
                            raise Unreadable
    except Unreadable:
        raise
    except Exception:  # a broken archive has many: of zip, of each way to pack, of names
        raise Unreadable from None


def _rows(sheet: Any, most: int) -> Iterator[Row]:
    name = str(sheet.title)
    sheet.reset_dimensions()  # a file may say that it has a million rows
    for n, cells in enumerate(sheet.iter_rows(max_row=most + 1, max_col=_MOST_CELLS), 1):
        if n > most:
            raise Unreadable("too_many_lines", n)
        yield Row(n, [_cell(one) for one in cells], name)


def _cell(cell: Any) -> Cell:
    value = cell.value
    if isinstance(value, int) and not isinstance(value, bool) and _ZEROS.fullmatch(str(cell.number_format or "")):
        return str(value).zfill(len(cell.number_format))  # a code of which the sheet shows the zeros
    return value if isinstance(value, Cell) else str(value)
