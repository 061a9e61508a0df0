"""The record as a file for those who check it: one row an entry."""

import csv
import io
import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from ..documents.audit import AuditEntry
from .export import FORMS, Form, safe

COLUMNS = (
    *("at", "day", "epoch", "revision", "n", "kind", "who", "what", "roles", "officer", "about"),
    *("number", "service", "service_name", "counter", "counter_name", "device", "address", "browser"),
    *("reason_code", "reason", "noted", "before", "after", "count", "clock_suspect"),
)


def cells(entry: AuditEntry, zone: ZoneInfo, form: Form = FORMS[None]) -> list[object]:
    """One row, safe for a spreadsheet; times in the site's zone, what was before and after as JSON."""
    return [safe(cell(name, entry.get(name), zone, form)) for name in COLUMNS]


def cell(name: str, value: Any, zone: ZoneInfo, form: Form = FORMS[None]) -> object:
    """What stands in a column; a spreadsheet may still take it for a formula."""
    if name == "at":
        local = datetime.fromisoformat(value).astimezone(zone)
        return local.strftime(form.time) if form.time else local.isoformat(timespec="milliseconds")
    if name == "roles":
        return " ".join(value)
    if isinstance(value, bool):
        return "yes" if value else ""
    return json.dumps(value, ensure_ascii=False, sort_keys=True) if isinstance(value, dict) else value


def lines(found: Iterable[list[AuditEntry]], zone: ZoneInfo, form: Form = FORMS[None]) -> Iterator[str]:
    """The file, some entries at a time."""
    yield form.begins + _written([list(COLUMNS)], form)
    for entries in found:
        yield _written([cells(one, zone, form) for one in entries], form)


def _written(rows: Iterable[list[object]], form: Form) -> str:
    file = io.StringIO()
    csv.writer(file, lineterminator=form.line_end, delimiter=form.delimiter).writerows(rows)
    return file.getvalue()
