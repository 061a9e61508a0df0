"""The answers as a spreadsheet in the usual layout (*pengolahan data SKM*), with formulas whose total is the index."""

import io
from collections.abc import Sequence
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from ..domain.survey import ELEMENTS, OFFICIAL, Answered

_FIRST = 3  # the row of the first answer, counted from 0
_BEFORE = ("No", "Layanan", "Instansi", "Saluran", "Skala biaya", "Jenis kelamin", "Umur", "Pendidikan", "Pekerjaan")
_COMMENTS = "Saran/Masukan"


def written(answers: Sequence[Answered], title: str) -> bytes:
    """The file: one row a respondent, whole answers first; only these are in the sums. No text is a formula."""
    file = io.BytesIO()
    texts = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    book = xlsxwriter.Workbook(file, texts)
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    two = book.add_format({"num_format": "0.00", "bold": True})
    sheet = book.add_worksheet("Pengolahan SKM")
    sheet.write_string(0, 0, title, book.add_format({"bold": True}))
    heads = [*_BEFORE, *(f"U{n} {OFFICIAL[key]}" for n, key in enumerate(ELEMENTS, 1)), "Lengkap", _COMMENTS]
    for column, name in enumerate(heads):
        sheet.write_string(_FIRST - 1, column, name, bold)
    sheet.set_column(0, 0, 22)
    sheet.set_column(1, len(heads), 15)
    sheet.freeze_panes(_FIRST, 1)
    rows = sorted(answers, key=lambda one: not one.valid)  # the order within is that of chance
    for n, one in enumerate(rows):
        _row(sheet, _FIRST + n, n + 1, one)
    _foot(sheet, _FIRST + len(rows), sum(one.valid for one in rows), two, bold)
    book.close()
    return file.getvalue()


def _row(sheet: Any, row: int, number: int, one: Answered) -> None:
    sheet.write_number(row, 0, number)
    for column, text in enumerate((one.service, one.agency, one.channel, one.cost_scale, *one.profile), 1):
        sheet.write_string(row, column, text or "–")
    for column, value in enumerate(one.values, len(_BEFORE)):
        if value is not None:
            sheet.write_number(row, column, value)
    sheet.write_string(row, len(_BEFORE) + len(ELEMENTS), "ya" if one.valid else "tidak")
    if one.comment:
        sheet.write_string(row, len(_BEFORE) + len(ELEMENTS) + 1, one.comment)


def _foot(sheet: Any, row: int, valid: int, two: Any, bold: Any) -> None:
    """Sums, means (NRR), weighted means by exactly 1/9, the index; as formulas, so that anybody can follow them."""
    for n, name in enumerate(("Jumlah nilai per unsur", "N (jawaban lengkap)", "NRR", "NRR tertimbang (1/9)", "IKM")):
        sheet.write_string(row + 1 + n, 0, name, bold)
    if not valid:
        sheet.write_string(row + 5, 1, "Belum ada data")
        return
    first, last = len(_BEFORE), len(_BEFORE) + len(ELEMENTS) - 1
    for column in range(first, last + 1):
        name = xl_col_to_name(column)
        sheet.write_formula(row + 1, column, f"=SUM({name}{_FIRST + 1}:{name}{_FIRST + valid})")
        sheet.write_number(row + 2, column, valid)
        sheet.write_formula(row + 3, column, f"={name}{row + 2}/{name}{row + 3}", two)
        sheet.write_formula(row + 4, column, f"={name}{row + 4}/9", two)
    span = f"{xl_col_to_name(first)}{row + 5}:{xl_col_to_name(last)}{row + 5}"
    sheet.write_formula(row + 5, 1, f"=ROUND(SUM({span})*25,2)", two)
