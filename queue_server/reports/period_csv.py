"""A period's report as a file for programs, or for a spreadsheet that reads as Indonesia writes."""

import csv
import io
from collections.abc import Mapping
from typing import Any

from .export import FORMS, safe
from .measure_table import measures_of


def written(report: Mapping[str, Any], lang: str, excel: str | None = None) -> str:
    """Total, targets and lines of the period, then those of the one before. Shares are fractions, times seconds."""
    form, file = FORMS[excel], io.StringIO()
    file.write(form.begins)
    out = csv.writer(file, lineterminator=form.line_end, delimiter=form.delimiter)
    measures = measures_of(report["name"])
    out.writerow(("period", "from", "to", "key", "name", *(one.name for one in measures)))
    for period, figures in (("this", report), ("previous", report["previous"])):
        aims = dict.fromkeys(m.name for m in measures) | {one["measure"]: one["value"] for one in figures["targets"]}
        target = [{"key": "target", "name": None, **aims}] if figures["targets"] else []
        total = [{"key": "total", "name": None, **figures["totals"]}] if figures["totals"] else []
        for row in (*total, *target, *figures["rows"]):
            name = row["name"] and (row["name"].get(lang) or row["name"]["id"])
            head = (period, figures["from"], figures["to"], row["key"], name)
            out.writerow([_cell(one, excel) for one in (*head, *(row[m.name] for m in measures))])
    return file.getvalue()


def _cell(value: object, excel: str | None) -> object:
    if isinstance(value, float):
        return f"{value:.6f}".replace(".", ",") if excel else f"{value:.6f}"
    return safe(value)
