"""The record as a spreadsheet for those who check it: one row an entry, times are times, no text is a formula."""

from collections.abc import Iterable
from datetime import datetime
from typing import IO, Any
from zoneinfo import ZoneInfo

import xlsxwriter

from ..documents.audit import AuditEntry
from .audit_csv import COLUMNS, cell

SHEET_ROWS = 1_000_000  # of one sheet: a spreadsheet has 1,048,576
_WIDE = {"at": 20, "reason": 40, "before": 50, "after": 50, "service_name": 30, "who": 22, "kind": 22}


class Book:
    """A file that grows by some entries at a time, and holds none of them in memory."""

    def __init__(self, file: IO[bytes], zone: ZoneInfo) -> None:
        """``zone``: the site's, in which times are told."""
        texts = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
        self._book, self._zone = xlsxwriter.Workbook(file, {"constant_memory": True, **texts}), zone
        self._time = self._book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss", "align": "left"})
        self._bold = self._book.add_format({"bold": True, "bottom": 1})
        self._sheet: Any = None
        self._row = SHEET_ROWS

    def add(self, entries: Iterable[AuditEntry]) -> None:
        """The next rows; a sheet that is full is followed by another."""
        for entry in entries:
            if self._row >= SHEET_ROWS:
                self._begin()
            self._row += 1
            for column, name in enumerate(COLUMNS):
                self._write(column, name, entry)

    def close(self) -> None:
        """Write what is left; a file of no entries has its columns, too."""
        if self._sheet is None:
            self._begin()
        self._book.close()

    def _begin(self) -> None:
        self._sheet, self._row = self._book.add_worksheet(), 0
        for column, name in enumerate(COLUMNS):
            self._sheet.set_column(column, column, _WIDE.get(name, 14))
            self._sheet.write_string(0, column, name, self._bold)
        self._sheet.freeze_panes(1, 1)

    def _write(self, column: int, name: str, entry: AuditEntry) -> None:
        if name == "at":
            at = datetime.fromisoformat(entry["at"]).astimezone(self._zone)
            self._sheet.write_datetime(self._row, column, at.replace(tzinfo=None), self._time)
            return
        value = cell(name, entry.get(name), self._zone)
        if isinstance(value, int):
            self._sheet.write_number(self._row, column, value)
        elif value not in (None, ""):
            self._sheet.write_string(self._row, column, str(value))
