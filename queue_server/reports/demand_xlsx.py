"""The study of need as a spreadsheet: figures with pictures, no text is a formula, and what each column means."""

import io
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import xlsxwriter

from .. import formats
from ..documents.demand import Demand
from .demand_words import hour_in_words, months_in_words

Say = Callable[..., str]
_COUNTS = ("asked", "issued", "refused", "refused_quota", "refused_closed", "refused_interruption")
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_DEFINED = (*_COUNTS, "days", "answers", "share", "visits", "distance_km", "population", "visits_per_10000")
_FEW = "<5"
_LINE_PT, _FIRST, _SUMMARY = 15, 34, 110  # a line's height; how many letters wide the first column is, and a summary
_A4 = 9


def written(of: Demand, lang: str, say: Say) -> bytes:
    """The file, in a language."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, _OPTIONS) as book:
        styles = {
            "head": book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}),
            "text": book.add_format({"text_wrap": True, "valign": "top"}),
            "share": book.add_format({"num_format": "0.0%"}),
        }
        _summary(book, of, lang, say, styles)
        _table(book, styles, say("sheet_services"), ("service", *_COUNTS), say, [
            [one["name"].get(lang) or one["name"]["id"], *_counts(one)] for one in of["services"]
        ])  # fmt: skip
        hours = [[hour_in_words(one["hour"]), *_counts(one)] for one in of["hours"]]
        _charted(book, styles, say("sheet_hours"), ("hour", *_COUNTS), say, hours)
        days = [[formats.weekday(one["weekday"], lang), *_counts(one), one["days"]] for one in of["weekdays"]]
        _charted(book, styles, say("sheet_weekdays"), ("weekday", *_COUNTS, "days"), say, days)
        _table(book, styles, say("sheet_cells"), ("weekday", "hour", "issued", "refused"), say, [
            [formats.weekday(one["weekday"], lang), hour_in_words(one["hour"]), one["issued"], one["refused"]]
            for one in of["cells"]
        ])  # fmt: skip
        _origins(book, of, lang, say, styles)
        _table(book, styles, say("sheet_definitions"), ("column", "means"), say, [
            [say(f"col_{name}"), say(f"means_{name}")] for name in _DEFINED
        ], 60)  # fmt: skip
    return file.getvalue()


def _counts(row: Any) -> list[int]:
    return [row[name] for name in _COUNTS]


def _summary(book: Any, of: Demand, lang: str, say: Say, styles: Mapping[str, Any]) -> None:
    page = _page(book, say("sheet_summary"))
    page.set_column(0, 0, _SUMMARY, styles["text"])
    page.write_string(0, 0, say("demand_title"), styles["head"])
    for n, sentence in enumerate(of["summary"][lang], 1):
        page.set_row(n, _height([(sentence, _SUMMARY)]))
        page.write_string(n, 0, sentence)
    page.write_string(len(of["summary"][lang]) + 2, 0, f"{of['site']}, {of['from']} – {of['to']}, {of['made_at']}")


def _page(book: Any, title: str) -> Any:
    """A sheet that is printed as wide as one page."""
    page = book.add_worksheet(title)
    page.set_paper(_A4)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    return page


def _height(texts: Sequence[tuple[str, int]]) -> float:
    """The height of a row of texts, each with its column's width: not every program finds it of itself."""
    return float(_LINE_PT * max(-(-max(len(text), 1) // width) for text, width in texts))


def _table(
    book: Any, styles: Mapping[str, Any], title: str, heads: Sequence[str], say: Say, rows: Sequence[Sequence[Any]],
    width: int = 16,
) -> Any:  # fmt: skip
    page = _page(book, title)
    for column, name in enumerate(heads):
        page.write_string(0, column, say(f"col_{name}"), styles["head"])
    page.set_row(0, _height([(say(f"col_{name}"), width - 4 if n else _FIRST) for n, name in enumerate(heads)]))
    page.set_column(0, 0, _FIRST, styles["text"])
    page.set_column(1, len(heads) - 1, width, styles["text"])
    page.freeze_panes(1, 1)
    for n, row in enumerate(rows, 1):
        page.set_row(n, _height([(str(one), width if at else _FIRST) for at, one in enumerate(row)]))
        for column, value in enumerate(row):
            _write(page, n, column, value, styles["share"] if heads[column] == "share" else None)
    return page


def _write(page: Any, n: int, column: int, value: Any, style: Any) -> None:
    if isinstance(value, int | float):
        page.write_number(n, column, value, style)
    elif value is not None:
        page.write_string(n, column, str(value))


def _charted(
    book: Any, styles: Mapping[str, Any], title: str, heads: Sequence[str], say: Say, rows: Sequence[Sequence[Any]]
) -> None:
    page = _table(book, styles, title, heads, say, rows)
    if not rows:
        return
    chart = book.add_chart({"type": "column", "subtype": "stacked"})
    for column, color in ((2, "#123f70"), (3, "#e0a100")):
        chart.add_series(
            {
                "name": [title, 0, column],
                "categories": [title, 1, 0, len(rows), 0],
                "values": [title, 1, column, len(rows), column],
                "fill": {"color": color},
            }
        )
    chart.set_title({"name": title})
    page.insert_chart(len(rows) + 3, 0, chart)


def _origins(book: Any, of: Demand, lang: str, say: Say, styles: Mapping[str, Any]) -> None:
    found, known = of["origins"], of["districts"]
    heads = ("origin", "answers", "share", "visits", "distance_km", "population", "visits_per_10000")
    rows = [
        [
            one["name"],
            _told(one["answers"]),
            *(one["share"], one["visits"], one["distance_km"], one["population"], one["visits_per_10000"]),
        ]
        for one in found["rows"]
    ]
    rows.append([say("origin_unlisted"), _told(found["unlisted"])])
    rows.append([say("origin_all"), _told(found["answers"])])
    page = _table(book, styles, say("sheet_origins"), heads, say, rows)
    notes = [say("origins_note", n=found["one_in"])]
    if found["months"]:
        notes.append(say("origins_months", months=months_in_words(found["months"], lang)))
    if known["source"] or known["year"]:
        notes.append(say("districts_source", source=known["source"] or "–", year=known["year"] or "–"))
    for n, note in enumerate(notes, len(rows) + 2):
        page.write_string(n, 0, note)


def _told(many: int | None) -> int | str:
    return _FEW if many is None else many
