"""What anybody may know of figures: what each means, and a closed month's rows, in which nobody can be found."""

import io
from dataclasses import asdict
from typing import Any

from flask import Blueprint, Response

from ...documents.open_data import OpenData, OpenService
from ...domain.open_beside import beside
from ...domain.open_rows import LEAST, Figures, by_service, figures
from ...domain.rights import Act
from ...house import House
from ...reports import open_data
from ...reports.measure_table import MEASURES
from ...reports.open_data import Month
from ..http.endpoint import PREFIX, Asked, endpoint
from ..http.open_months import closed_month

bp = Blueprint("open_data", __name__, url_prefix=PREFIX)
_UNITS = {
    **{"site": "id", "month": "month", "service": "id", "hour_from": "hour", "hour_to": "hour", "outcome": "word"},
    **{"wait_min": "minutes", "service_min": "minutes", "promise": "word", "foretold": "word"},
    **{"kind": "word", "cause": "word", "verdict": "word", "minutes": "minutes", "count": "count"},
}


@endpoint(bp, "GET", "/definitions", act=Act.PUBLIC, reply="definitions")
def get_definitions(asked: Asked) -> Any:
    """What each measure means, its unit, and which rule asks for it."""
    rows = asked.house.texts.sections["measures"]
    return {
        m.name: {
            "unit": m.unit,
            "title": dict(rows[f"measure_{m.name}"]),
            "formula": dict(rows[f"means_{m.name}"]),
            "source": dict(rows[f"source_{m.source}"]),
        }
        for m in MEASURES
    }


@endpoint(bp, "GET", "/sites/<site>/open-data/<month>.csv", act=Act.PUBLIC, file="text/csv")
def get_open_data_csv(asked: Asked, site: str, month: str) -> Any:
    """A closed month's rows as a file, of which ``queue-server figures`` makes every published figure again."""
    found, file = closed_month(asked.house, site, month), io.StringIO()
    open_data.write(found, file)
    headers = {"Content-Disposition": f'attachment; filename="{site}-{found.written}.csv"'}
    return Response(file.getvalue(), mimetype="text/csv", headers=headers)


@endpoint(bp, "GET", "/sites/<site>/open-data/<month>.json", act=Act.PUBLIC, reply="open_data")
def get_open_data(asked: Asked, site: str, month: str) -> Any:
    """The same rows with their figures, the names of services, and what each column means."""
    return document(asked.house, closed_month(asked.house, site, month))


def document(house: House, found: Month) -> OpenData:
    """A month as a document."""
    meanings = house.texts.sections["performance"]
    return {
        "site": found.site,
        "month": found.written,
        "first_day": found.period.first.isoformat(),
        "last_day": found.period.last.isoformat(),
        "days": found.days,
        "least": LEAST,
        "withheld": not found.rows,
        "columns": {name: {"unit": unit, "meaning": dict(meanings[f"column_{name}"])} for name, unit in _UNITS.items()},
        "figures": asdict(figures(found.rows)),
        "services": [_service(found, id, one) for id, one in by_service([found.rows])],
        "rows": [asdict(row) for row in found.rows],
        "beside": [asdict(row) for row in found.beside],
        "beside_figures": asdict(beside(found.beside)),
    }


def _service(found: Month, id: str, one: Figures) -> OpenService:
    name = found.names.get(id)
    return {"service": id, "name": dict(name) if name else None, **asdict(one)}
