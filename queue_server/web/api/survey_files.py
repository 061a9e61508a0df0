"""The survey's files for staff: the answers as a spreadsheet, the report as a document that they finish in Word."""

from typing import Any

from flask import Blueprint, Response

from ...domain.errors import Code
from ...domain.rights import Act
from ...domain.survey_period import Months, asked
from ...house import House
from ...queries import followups, survey, survey_results
from ...reports import skm_docx, skm_xlsx
from ..http.endpoint import PREFIX, Asked, endpoint
from ..http.period_figures import beside
from ..http.period_query import day_of

bp = Blueprint("survey_files", __name__, url_prefix=f"{PREFIX}/sites/<site>/reports")

_OFFICE = "application/vnd.openxmlformats-officedocument."
XLSX, DOCX = f"{_OFFICE}spreadsheetml.sheet", f"{_OFFICE}wordprocessingml.document"


@endpoint(bp, "GET", "/skm.xlsx", act=Act.SEE_SURVEY, file=XLSX, codes=(Code.INVALID,))
def get_answers_xlsx(asked: Asked, site: str) -> Any:
    """The answers of whole months that are over, in the order of chance, with formulas that lead to the index."""
    house = asked.house
    months = _months(house, site)
    agencies = asked.actor.agencies
    found = house.read_aside(site, lambda view: survey.respondents(view, house.urn_keys, months))
    mine = [one for one in found if not agencies or one.agency in agencies]
    title = f"{house.site(site).name}, {months.begins} – {months.ends}"
    return _file(beside(house, skm_xlsx.written, mine, title), XLSX, f"{site}-skm-{months.first}-{months.last}.xlsx")


@endpoint(bp, "GET", "/skm.docx", act=Act.SEE_SURVEY, file=DOCX, codes=(Code.INVALID,))
def get_report_docx(asked: Asked, site: str) -> Any:
    """The report in the usual chapters, in Indonesian, as a draft."""
    months = _months(asked.house, site)
    return _file(report_docx(asked.house, site, months), DOCX, f"{site}-skm-{months.first}-{months.last}.docx")


def report_docx(house: House, site: str, months: Months) -> bytes:
    """The report of some months that are over."""

    def look(view: Any) -> Any:
        found = survey_results.results(view, house.urn_keys, months)
        return found, followups.followups(view)["followups"], followups.publications(view)["publications"]

    texts = house.texts.section("common", "survey", "ikm")["id"]
    made: bytes = beside(house, skm_docx.written, house.site(site), *house.read_aside(site, look), texts)
    return made


def _months(house: House, site: str) -> Months:
    of = house.read(site, lambda view: survey.cells(view, house.urn_keys))
    return asked(day_of("from"), day_of("to", last=True), of.today, of.months)


def _file(content: bytes, kind: str, name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, mimetype=kind, headers=headers)
