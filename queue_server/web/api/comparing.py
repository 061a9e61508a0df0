"""The figures of several halls beside one another, or of an agency over its halls."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, request

from ...domain.errors import Code, QueueError
from ...domain.rights import Act
from ...reports import period_csv, period_xlsx
from ...reports.export import FORMS
from ..http.endpoint import PREFIX, Asked, endpoint
from ..http.period_figures import beside, compared, say_in
from .reports import XLSX, language

bp = Blueprint("comparing", __name__, url_prefix=f"{PREFIX}/reports")


@endpoint(bp, "GET", "/compare.json", act=Act.SEE_PERIOD, reply="comparison", codes=(Code.INVALID,))
def get_comparison(asked: Asked) -> Any:
    """The figures of the halls that are named (``sites``, left out: all of the caller's), each with its own targets."""
    return _asked(asked)


@endpoint(bp, "GET", "/compare.csv", act=Act.SEE_PERIOD, file="text/csv", codes=(Code.INVALID,))
def get_comparison_csv(asked: Asked) -> Any:
    """The same as a file, a line a hall; ``excel``: as a country's spreadsheets read it."""
    excel = request.args.get("excel") or None
    if excel not in FORMS:
        raise QueueError(Code.INVALID, field="excel")
    found = as_report(_asked(asked))
    return _file(found, "csv", "text/csv", period_csv.written(found, language(), excel))


@endpoint(bp, "GET", "/compare.xlsx", act=Act.SEE_PERIOD, file=XLSX, codes=(Code.INVALID,))
def get_comparison_xlsx(asked: Asked) -> Any:
    """The same as a spreadsheet, with what each figure means."""
    found, lang = as_report(_asked(asked)), language()
    content = beside(asked.house, period_xlsx.written, found, lang, say_in(asked.house, lang))
    return _file(found, "xlsx", XLSX, content)


def _asked(asked: Asked) -> Any:
    return compared(asked.house, asked.actor)


def as_report(found: Mapping[str, Any]) -> dict[str, Any]:
    """The comparison as files write a report: a line a hall, and nothing in all, for medians do not add up."""
    sites = [one["site"] for one in found["sites"]]
    return {
        **{"site": ", ".join(sites), "name": "compare", "by": "site", "corrected": [], "made_at": found["made_at"]},
        **{"filters": found["filters"], "days": max(one["days"] for one in found["sites"])},
        **_lines(found),
        "previous": _lines(found["previous"]),
    }


def _lines(found: Mapping[str, Any]) -> dict[str, Any]:
    rows = [{"key": one["site"], "name": {"id": one["name"]}, **one["totals"]} for one in found["sites"]]
    return {"from": found["from"], "to": found["to"], "totals": None, "targets": [], "rows": rows}


def _file(found: Mapping[str, Any], ending: str, mimetype: str, content: Any) -> Response:
    name = f"compare-{found['from']}-{found['to']}.{ending}"
    return Response(content, mimetype=mimetype, headers={"Content-Disposition": f'attachment; filename="{name}"'})
