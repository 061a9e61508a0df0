"""The study of need: its figures, a spreadsheet of them, and a draft that the office finishes in Word."""

from typing import Any

from flask import Blueprint, Response

from ...documents.demand import Demand
from ...domain.errors import Code
from ...domain.rights import Act
from ...reports import demand_docx, demand_xlsx
from ..http.demand_figures import of_period, say_in
from ..http.endpoint import PREFIX, Asked, endpoint
from ..http.period_figures import beside
from .reports import XLSX, language

bp = Blueprint("demand", __name__, url_prefix=f"{PREFIX}/sites/<site>/reports")

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@endpoint(bp, "GET", "/demand.json", act=Act.SEE_PERIOD, reply="demand", codes=(Code.INVALID,))
def get_demand(asked: Asked, site: str) -> Any:
    """Requests of a period by service, weekday and hour, refusals, and from where visitors came."""
    return of_period(asked.house, site, asked.actor)


@endpoint(bp, "GET", "/demand.xlsx", act=Act.SEE_PERIOD, file=XLSX, codes=(Code.INVALID,))
def get_demand_xlsx(asked: Asked, site: str) -> Any:
    """The same figures as a spreadsheet, with what each of them means."""
    house, lang = asked.house, language()
    found = of_period(house, site, asked.actor)
    return _file(found, XLSX, "xlsx", beside(house, demand_xlsx.written, found, lang, say_in(house, lang)))


@endpoint(bp, "GET", "/demand.docx", act=Act.SEE_PERIOD, file=DOCX, codes=(Code.INVALID,))
def get_demand_docx(asked: Asked, site: str) -> Any:
    """The study in the usual chapters, in Indonesian, as a draft."""
    house = asked.house
    found, say = of_period(house, site, asked.actor), say_in(house, "id")
    return _file(found, DOCX, "docx", beside(house, demand_docx.written, house.site(site), found, say))


def _file(found: Demand, kind: str, ending: str, content: bytes) -> Response:
    name = f"{found['site']}-demand-{found['from']}-{found['to']}.{ending}"
    return Response(content, mimetype=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})
