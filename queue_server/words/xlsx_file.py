"""Sheets as workbooks, for those who review in a spreadsheet: a row for each text, the column to fill is coloured."""

import io
from collections.abc import Iterable

import xlsxwriter

from ..booking_lists.unreadable import Unreadable as NoList
from ..booking_lists.xlsx_file import rows_of_xlsx
from .po_file import Unreadable
from .review import LANGUAGES, Reviewed, Row

HEADINGS = ("Kunci", "Bahasa Indonesia", "English", "Basa Sunda", "Diperiksa oleh", "Tanda")
_WIDTHS = (30, 55, 55, 55, 22, 40)
_SAID = {"en": 2, "su": 3}
_MOST_ROWS = 20_000
_CHANGED = "bahasa Indonesianya berubah; dahulu: "


def write(rows: Iterable[Row], language: str) -> bytes:
    """A sheet that goes out, named by its language."""
    file = io.BytesIO()
    plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    with xlsxwriter.Workbook(file, plain) as book:
        page = book.add_worksheet(language)
        bold = book.add_format({"bold": True, "bottom": 1})
        cell = book.add_format({"text_wrap": True, "valign": "top"})
        to_fill = book.add_format({"text_wrap": True, "valign": "top", "bg_color": "#FFF7DC"})
        changed = book.add_format({"text_wrap": True, "valign": "top", "bold": True, "font_color": "#9C1518"})
        for column, (heading, width) in enumerate(zip(HEADINGS, _WIDTHS, strict=True)):
            page.set_column(column, column, width)
            page.write_string(0, column, heading, bold)
        n = 0
        for n, row in enumerate(rows, 1):
            mark = "" if row.was is None else _CHANGED + row.was
            said = (row.key, row.source, row.english, row.sundanese, row.checked_by, mark)
            for column, text in enumerate(said):
                ours = column in (_SAID[language], 4)
                page.write_string(n, column, text, changed if column == 5 else to_fill if ours else cell)
        page.freeze_panes(1, 1)
        page.autofilter(0, 0, n, len(HEADINGS) - 1)
    return file.getvalue()


def read(data: bytes) -> tuple[str, list[Reviewed]]:
    """The language and rows of a sheet; one marked as changed is signed by nobody until its mark is emptied.

    Raises Unreadable.
    """
    try:
        sheets = [rows for rows in rows_of_xlsx(data, _MOST_ROWS) if rows]
    except NoList:
        raise Unreadable("no workbook (XLSX) of texts") from None
    found = [rows for rows in sheets if rows[0].sheet in LANGUAGES]
    if len(found) != 1:
        raise Unreadable(f"needs one sheet that is named {' or '.join(LANGUAGES)}, as it went out")
    head, *rows = found[0]
    headings = [str(cell or "").strip() for cell in head.cells][: len(HEADINGS)]
    if tuple(headings) != HEADINGS:
        raise Unreadable(f"line 1: its headings are no longer {', '.join(HEADINGS)}")
    return head.sheet, [_row(one.line, [*one.cells, *[None] * 6], head.sheet) for one in rows if any(one.cells)]


def _row(line: int, cells: list, language: str) -> Reviewed:
    key, source, english, sundanese, name, mark = (str(cell or "").strip() for cell in cells[:6])
    said = sundanese if language == "su" else english
    return Reviewed(key, source, said, "" if mark.startswith(_CHANGED) else name, line)
