"""A period on one page for who leads, as PDF and as DOCX."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from flask import Blueprint, Response

from ...domain.errors import Code
from ...domain.rights import Act
from ...queries.leaders import Limits, kept
from ...queries.registers import dated_targets
from ...reports import letter, one_page_docx
from ...reports.letter_words import Words
from ...reports.lettering import written_page
from ...reports.one_page import Registers, dates
from ...reports.span import Wanted
from ..http import period_query
from ..http.endpoint import PREFIX, Asked, endpoint
from ..http.period_figures import ask, say_in
from .reports import PDF, language

bp = Blueprint("leaders", __name__, url_prefix=f"{PREFIX}/sites/<site>/reports")

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@endpoint(bp, "GET", "/summary.pdf", act=Act.SEE_PERIOD, file=PDF, codes=(Code.INVALID,))
def get_summary_pdf(asked: Asked, site: str) -> Any:
    """The period on one page, with what to do next; a draft, with room for decisions and a signature."""
    return _paper(asked, site, PDF, "pdf", letter.one_page)


@endpoint(bp, "GET", "/summary.docx", act=Act.SEE_PERIOD, file=DOCX, codes=(Code.INVALID,))
def get_summary_docx(asked: Asked, site: str) -> Any:
    """The same page, to be finished in a word processor."""
    return _paper(asked, site, DOCX, "docx", one_page_docx.written)


def _paper(asked: Asked, site: str, kind: str, ending: str, write: Callable[[Mapping[str, Any]], bytes]) -> Response:
    house, known, lang = asked.house, asked.house.site(site), language()
    now = house.clock().astimezone(known.timezone)
    wanted = period_query.wanted(asked.actor.agencies if asked.actor else frozenset())
    period = period_query.period(now.date())
    period_query.by_nothing()
    both, words = [period, period.before()], Words(lang, say_in(house, lang))
    narrow = wanted != Wanted(wanted.agencies, wanted.agency, wanted.service)
    limits = Limits(wanted.agencies, wanted.agency, wanted.service, narrow)
    registers, dated = house.read(
        site, lambda view: (Registers(*kept(view, house.urn_keys, [*map(dates, both)], limits)), dated_targets(view))
    )
    how = partial(written_page, made_at=now, words=words, kept=registers, dated=dated, write=write)
    content = ask(house, site, both, partial(how, known, wanted, both))
    name = f"{site}-summary-{period.first}-{period.last}.{ending}"
    return Response(content, mimetype=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})
