"""A closed month as a document: its rows, what they come to, and what each column means."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from itertools import chain, repeat
from typing import Any

from ..documents.open_data import OpenData, OpenService
from ..domain.open_beside import beside
from ..domain.open_rows import LEAST, Figures, by_service, figures
from .open_data import Month, each

UNITS = {
    **{"site": "id", "month": "month", "service": "id", "hour_from": "hour", "hour_to": "hour", "outcome": "word"},
    **{"wait_min": "minutes", "service_min": "minutes", "promise": "word", "foretold": "word"},
    **{"kind": "word", "cause": "word", "verdict": "word", "minutes": "minutes", "count": "count"},
}
Meanings = Mapping[str, Mapping[str, str]]  # column -> language -> what it means


def document(found: Month, meanings: Meanings) -> OpenData:
    """A month for everybody."""
    return {
        "site": found.site,
        "month": found.written,
        "first_day": found.period.first.isoformat(),
        "last_day": found.period.last.isoformat(),
        "days": found.days,
        "least": LEAST,
        "withheld": not found.rows,
        "columns": {name: {"unit": unit, "meaning": dict(meanings[name])} for name, unit in UNITS.items()},
        "figures": asdict(figures(found.rows)),
        "services": [_service(found, id, one) for id, one in by_service([found.rows])],
        "rows": _rows(found.rows),
        "beside": _rows(found.beside),
        "beside_figures": asdict(beside(found.beside)),
    }


def written(found: Month, meanings: Meanings) -> bytes:
    """The document as the API writes any."""
    return f"{json.dumps(document(found, meanings), separators=(',', ':'))}\n".encode()


def _rows(rows: Any) -> Any:
    return [*chain.from_iterable(repeat(row, n) for row, n in each(rows))]


def _service(found: Month, id: str, one: Figures) -> OpenService:
    name = found.names.get(id)
    return {"service": id, "name": dict(name) if name else None, **asdict(one)}
