"""A period's report as a spreadsheet: numbers are numbers, dates are dates, no text is a formula, all is defined."""

import io
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

import xlsxwriter

from .measure_table import Measure, measures_of

Say = Callable[..., str]  # key, values -> the text in the language of the file
_FORMATS = {"count": "#,##0", "seconds": "#,##0", "share": "0.0%"}
_WIDTH = 14


def written(report: Mapping[str, Any], lang: str, say: Say) -> bytes:
    """The file: figures, those of the period before, what each of them means, and what the file is."""
    file = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(file, options) as book:
        styles = {unit: book.add_format({"num_format": form}) for unit, form in _FORMATS.items()}
        styles["head"] = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        styles["date"] = book.add_format({"num_format": "yyyy-mm-dd", "align": "left"})
        styles["text"] = book.add_format({"text_wrap": True, "valign": "top"})
        measures = measures_of(report["name"])
        _figures(book, (say("sheet_figures"), measures), report, lang, say, styles)
        _figures(book, (say("sheet_previous"), measures), report["previous"], lang, say, styles)
        _definitions(book, measures, say, styles)
        _about(book, report, say, styles)
    return file.getvalue()


def _figures(
    book: Any, what: tuple[str, Sequence[Measure]], figures: Mapping[str, Any], lang: str, say: Say,
    styles: Mapping[str, Any],
) -> None:  # fmt: skip
    title, measures = what
    page = book.add_worksheet(title)
    page.write_row(0, 0, [say("col_key"), say("col_name"), *(say(f"measure_{m.name}") for m in measures)])
    page.set_row(0, 45, styles["head"])
    page.set_column(0, 0, _WIDTH, styles["date"])
    page.set_column(1, 1, 3 * _WIDTH)
    page.set_column(2, 1 + len(measures), _WIDTH)
    page.freeze_panes(1, 2)
    total = [{"key": say("total"), "name": None, **figures["totals"]}] if figures["totals"] else []
    for n, row in enumerate((*figures["rows"], *total), 1):
        _write(page, n, 0, row["key"], styles)
        if row["name"]:
            page.write_string(n, 1, row["name"].get(lang) or row["name"]["id"])
        for column, measure in enumerate(measures, 2):
            if row[measure.name] is not None:
                page.write_number(n, column, row[measure.name], styles[measure.unit])
    aims = {one["measure"]: one["value"] for one in figures["targets"]}
    if aims:
        page.write_string(len(figures["rows"]) + 2, 0, say("target"))
    for column, measure in enumerate(measures, 2):
        if measure.name in aims:
            page.write_number(len(figures["rows"]) + 2, column, aims[measure.name], styles[measure.unit])
    page.autofilter(0, 0, len(figures["rows"]), 1 + len(measures))


def _write(page: Any, n: int, column: int, value: object, styles: Mapping[str, Any]) -> None:
    """A number as a number, a date as a date, anything else as text."""
    if isinstance(value, int):
        page.write_number(n, column, value, styles["count"])
    elif (day := _date(str(value))) is not None:
        page.write_datetime(n, column, day, styles["date"])
    elif value is not None:
        page.write_string(n, column, str(value))


def _date(key: str) -> date | None:
    try:
        return date.fromisoformat(key)
    except ValueError:
        return None


def _definitions(book: Any, measures: Sequence[Measure], say: Say, styles: Mapping[str, Any]) -> None:
    page = book.add_worksheet(say("sheet_definitions"))
    page.write_row(0, 0, [say(f"col_{name}") for name in ("measure", "code", "unit", "means", "source")])
    page.set_row(0, None, styles["head"])
    for column, width in enumerate((30, 26, 12, 80, 60)):
        page.set_column(column, column, width, styles["text"])
    for n, m in enumerate(measures, 1):
        figures = (say(f"measure_{m.name}"), m.name, say(f"unit_{m.unit}"), say(f"means_{m.name}"))
        for column, text in enumerate((*figures, say(f"source_{m.source}"))):
            page.write_string(n, column, text)


def _about(book: Any, report: Mapping[str, Any], say: Say, styles: Mapping[str, Any]) -> None:
    page = book.add_worksheet(say("sheet_about"))
    page.set_column(0, 0, 24)
    page.set_column(1, 1, 40, styles["date"])
    limits = {name: value for name, value in report["filters"].items() if value is not None}
    rows = [
        (say("about_site"), report["site"]),
        (say("about_from"), report["from"]),
        (say("about_to"), report["to"]),
        *([(say("about_days"), report["days"])] if report["days"] is not None else []),
        (say("about_made"), report["made_at"]),
        *((say(f"filter_{name}"), value) for name, value in limits.items()),
        *((say(f"corrected_{one['why']}", n=one["n"]), one["day"]) for one in report["corrected"]),
        *([(say("few_officers", n=report["few"]), None)] if report.get("few") else []),
    ]
    for n, (name, value) in enumerate(rows):
        page.write_string(n, 0, name)
        _write(page, n, 1, value, styles)
