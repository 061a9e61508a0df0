"""The figures of a period, and the numbers behind them; the same as files."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from flask import Blueprint, Response, request

from ...domain.errors import Code, QueueError
from ...domain.rights import Act, may
from ...queries.registers import dated_targets
from ...reports import behind, fairness_report, period_csv, period_report, period_xlsx
from ...reports.calendar import Period
from ...reports.export import FORMS
from ...reports.filed import Filed, Write, filed
from ...reports.letter_words import Words
from ...reports.lettering import written_letter
from ...reports.measure_table import MEASURES
from ...reports.period_reader import of_first
from ...reports.period_report import REPORTS
from ...reports.span import Wanted
from ...texts import FALLBACK, language_of
from ..http import period_query
from ..http.endpoint import PREFIX, Asked, endpoint
from ..http.period_figures import Of, ask, beside, file_of_period, of_period, say_in

bp = Blueprint("reports", __name__, url_prefix=f"{PREFIX}/sites/<site>/reports")

PDF = "application/pdf"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@endpoint(bp, "GET", "/waits.json", act=Act.SEE_PERIOD, reply="waits_report", codes=(Code.INVALID,))
def get_waits_report(asked: Asked, site: str) -> Any:
    """How the waits of a period spread, by five minutes."""
    wanted, period = _asked(asked, site)
    period_query.by_nothing()
    return ask(asked.house, site, [period], partial(of_first, partial(period_report.waits, site, wanted, period)))


@endpoint(bp, "GET", "/tickets.json", act=Act.SEE_PERIOD, reply="numbers_behind", codes=(Code.INVALID,))
def get_numbers_behind(asked: Asked, site: str) -> Any:
    """The numbers behind a measure, a hundred a page; of a share within a promise those that broke it."""
    wanted, period = _asked(asked, site)
    measure = period_query.one_of("measure", {m.name: m for m in MEASURES if behind.has(m.name)}, "issued")
    page = period_query.page()
    period_query.by_nothing()
    make = partial(period_report.numbers, site, wanted, period, measure=measure or "", page=page)
    return ask(asked.house, site, [period], partial(of_first, make))


@endpoint(bp, "GET", "/fairness.json", act=Act.SEE_PERIOD, reply="fairness_report", codes=(Code.INVALID,))
def get_fairness(asked: Asked, site: str) -> Any:
    """Overtakes by day and service, and every turn out of order with its reason; at most 92 days."""
    return beside(asked.house, _fairness(asked, site))


@endpoint(bp, "GET", "/fairness.csv", act=Act.SEE_PERIOD, file="text/csv", codes=(Code.INVALID,))
def get_fairness_csv(asked: Asked, site: str) -> Any:
    """The same as a file; ``excel``: as a country's spreadsheets read it."""
    excel = excel_said()
    return _fairness_file(asked, site, "csv", "text/csv", partial(fairness_report.as_csv, lang=language(), excel=excel))


@endpoint(bp, "GET", "/fairness.xlsx", act=Act.SEE_PERIOD, file=XLSX, codes=(Code.INVALID,))
def get_fairness_xlsx(asked: Asked, site: str) -> Any:
    """The same as a spreadsheet."""
    return _fairness_file(asked, site, "xlsx", XLSX, partial(fairness_report.as_xlsx, lang=language()))


def _fairness_file(asked: Asked, site: str, ending: str, mimetype: str, write: Write) -> Response:
    found: Filed = beside(asked.house, filed, _fairness(asked, site), write)
    return file_of(*found, ending, mimetype)


def _fairness(asked: Asked, site: str) -> Any:
    """The question, not yet asked. Raises ``invalid``."""
    house, actor, known = asked.house, asked.actor, asked.house.site(site)
    now = house.clock().astimezone(known.timezone)
    period_query.nothing_but("agency", "service")
    period, limits = period_query.period(now.date()), period_query.wanted(actor.agencies if actor else frozenset())
    if period.days > fairness_report.MOST_DAYS:
        raise QueueError(Code.INVALID, field="to")
    explained = actor is not None and may(actor, Act.SEE_HALL, site)
    wanted = fairness_report.Wanted(limits.agencies, limits.agency, limits.service, explained)
    url = house.reader.url.render_as_string(hide_password=False)
    return partial(fairness_report.read, url, known, house.perform.sites.build, period, wanted, now)


def excel_said() -> str | None:
    """As which country's spreadsheets read a file; None: as programs do. Raises ``invalid``."""
    excel = request.args.get("excel") or None
    if excel not in FORMS:
        raise QueueError(Code.INVALID, field="excel")
    return excel


@endpoint(bp, "GET", "/<name>.json", act=Act.SEE_PERIOD, reply="period_report", codes=(Code.INVALID,))
def get_report(asked: Asked, site: str, name: str) -> Any:
    """The figures of a period, in all and line by line, beside those of the period before."""
    return of_period(asked.house, site, _of(asked, site, name))


@endpoint(bp, "GET", "/<name>.csv", act=Act.SEE_PERIOD, file="text/csv", codes=(Code.INVALID,))
def get_report_csv(asked: Asked, site: str, name: str) -> Any:
    """The same figures; ``excel``: as a country's spreadsheets read them."""
    excel = excel_said()
    write = partial(period_csv.written, lang=language(), excel=excel)
    return file_of(*file_of_period(asked.house, site, _of(asked, site, name), write), "csv", "text/csv")


@endpoint(bp, "GET", "/<name>.xlsx", act=Act.SEE_PERIOD, file=XLSX, codes=(Code.INVALID,))
def get_report_xlsx(asked: Asked, site: str, name: str) -> Any:
    """The same figures as a spreadsheet, with what each of them means."""
    lang = language()
    write = partial(period_xlsx.written, lang=lang, say=say_in(asked.house, lang))
    return file_of(*file_of_period(asked.house, site, _of(asked, site, name), write), "xlsx", XLSX)


@endpoint(bp, "GET", "/<name>.pdf", act=Act.SEE_PERIOD, file=PDF, codes=(Code.INVALID,))
def get_report_pdf(asked: Asked, site: str, name: str) -> Any:
    """The same figures as an official letter on A4, with the site's head, number and room for a signature."""
    house, known, lang = asked.house, asked.house.site(site), language()
    by, (wanted, period) = _by(asked, name), _asked(asked, site)
    both, now = [period, period.before()], house.clock().astimezone(known.timezone)
    words, dated = Words(lang, say_in(house, lang)), house.read(site, dated_targets)
    make = partial(written_letter, known, (name, by), wanted, both, made_at=now, words=words, dated=dated)
    report, content = ask(house, site, both, make)
    return file_of(report, content, "pdf", PDF)


def _by(asked: Asked, name: str) -> str | None:
    """By what the lines of a report are told. Raises ``not_found`` for one that there is not, and ``invalid``."""
    if name not in REPORTS:
        asked.house.refuse_unknown()
    return period_query.by(REPORTS[name])


def _of(asked: Asked, site: str, name: str) -> Of:
    return name, _by(asked, name), *_asked(asked, site)


def _asked(asked: Asked, site: str) -> tuple[Wanted, Period]:
    today = asked.house.clock().astimezone(asked.house.site(site).timezone).date()
    actor = asked.actor
    return period_query.wanted(actor.agencies if actor else frozenset()), period_query.period(today)


def language() -> str:
    """The language of a file."""
    return language_of(request.args.get("lang")) or FALLBACK


def file_of(named: Mapping[str, Any], content: bytes, ending: str, mimetype: str) -> Response:
    """A file to be kept, named by what is in it. ``named``: as ``reports/filed.py`` has it, or the whole report."""
    name = f"{named['site']}-{named.get('name', 'fairness')}-{named['from']}-{named['to']}.{ending}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, mimetype=mimetype, headers=headers)
