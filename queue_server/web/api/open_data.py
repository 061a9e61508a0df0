"""What anybody may know of figures: what each means, and a closed month's rows, in which nobody can be found."""

from typing import Any

from flask import Blueprint

from ...domain.rights import Act
from ...reports.measure_table import MEASURES
from ..http.compress import packed_before
from ..http.endpoint import PREFIX, Asked, endpoint
from ..http.open_months import closed_month

bp = Blueprint("open_data", __name__, url_prefix=PREFIX)


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
    answer = packed_before(closed_month(asked.house, site, month).files.csv, "text/csv", asked.house.off_hub)
    answer.headers["Content-Disposition"] = f'attachment; filename="{site}-{month}.csv"'
    return answer


@endpoint(bp, "GET", "/sites/<site>/open-data/<month>.json", act=Act.PUBLIC, reply="open_data")
def get_open_data(asked: Asked, site: str, month: str) -> Any:
    """The same rows with their figures, the names of services, and what each column means."""
    return packed_before(closed_month(asked.house, site, month).files.json, "application/json", asked.house.off_hub)
