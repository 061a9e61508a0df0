"""The figures of a period, their definitions, and the numbers behind them; the same as files."""

from typing import Any

from flask import Blueprint, Response, request

from ...documents.reports import PeriodReport
from ...domain.errors import Code, QueueError
from ...domain.rights import Act
from ...house import House
from ...reports import behind, period_csv, period_report, period_xlsx
from ...reports.calendar import Period
from ...reports.export import FORMS
from ...reports.measure_table import MEASURES
from ...reports.period_report import REPORTS
from ...reports.span import Wanted, joined_sheets
from ...texts import FALLBACK, fill, language_of
from ..http import period_query
from ..http.endpoint import PREFIX, Asked, endpoint

bp = Blueprint("reports", __name__, url_prefix=f"{PREFIX}/sites/<site>/reports")
of_all = Blueprint("definitions", __name__, url_prefix=PREFIX)

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@endpoint(of_all, "GET", "/definitions", act=Act.PUBLIC, reply="definitions")
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


@endpoint(bp, "GET", "/waits.json", act=Act.SEE_PERIOD, reply="waits_report", codes=(Code.INVALID,))
def get_waits_report(asked: Asked, site: str) -> Any:
    """How the waits of a period spread, by five minutes."""
    wanted, period = _asked(asked, site)
    return ask(asked.house, site, [period], lambda found: period_report.waits(site, wanted, period, found[0]))


@endpoint(bp, "GET", "/tickets.json", act=Act.SEE_PERIOD, reply="numbers_behind", codes=(Code.INVALID,))
def get_numbers_behind(asked: Asked, site: str) -> Any:
    """The numbers behind a measure, a hundred a page; of a share within a promise those that broke it."""
    wanted, period = _asked(asked, site)
    measure = period_query.one_of("measure", {m.name: m for m in MEASURES if behind.has(m.name)}, "issued")
    page = period_query.page()
    return ask(
        *(asked.house, site, [period]),
        lambda found: period_report.numbers(site, wanted, period, found[0], measure or "", page),
    )


@endpoint(bp, "GET", "/<name>.json", act=Act.SEE_PERIOD, reply="period_report", codes=(Code.INVALID,))
def get_report(asked: Asked, site: str, name: str) -> Any:
    """The figures of a period, in all and line by line, beside those of the period before."""
    return _report(asked, site, name)


@endpoint(bp, "GET", "/<name>.csv", act=Act.SEE_PERIOD, file="text/csv", codes=(Code.INVALID,))
def get_report_csv(asked: Asked, site: str, name: str) -> Any:
    """The same figures; ``excel``: as a country's spreadsheets read them."""
    excel = request.args.get("excel") or None
    if excel not in FORMS:
        raise QueueError(Code.INVALID, field="excel")
    report = _report(asked, site, name)
    return _file(report, "csv", "text/csv", period_csv.written(report, _language(), excel))


@endpoint(bp, "GET", "/<name>.xlsx", act=Act.SEE_PERIOD, file=XLSX, codes=(Code.INVALID,))
def get_report_xlsx(asked: Asked, site: str, name: str) -> Any:
    """The same figures as a spreadsheet, with what each of them means."""
    report, lang = _report(asked, site, name), _language()
    words = asked.house.texts.section("common", "measures")[lang]

    def say(key: str, **values: object) -> str:
        return fill(words[key], values)

    return _file(report, "xlsx", XLSX, asked.house.off_hub(period_xlsx.written, report, lang, say))


def _report(asked: Asked, site: str, name: str) -> PeriodReport:
    if name not in REPORTS:
        asked.house.refuse_unknown()
    wanted, period = _asked(asked, site)
    return of_period(asked.house, site, name, period_query.by(REPORTS[name]), wanted, period)


def of_period(house: House, site: str, name: str, by: str | None, wanted: Wanted, period: Period) -> PeriodReport:
    """A period's report and that of the one before; made beside the hub."""
    both, now = [period, period.before()], house.clock().astimezone(house.site(site).timezone)

    def make(found: Any) -> PeriodReport:
        shown, before = zip(both, map(joined_sheets, found), strict=True)
        return period_report.report(site, name, by, wanted, shown, before, now)

    return ask(house, site, both, make)


def ask(house: House, site: str, periods: list[Period], make: Any) -> Any:
    """What is made of the sheets of some periods."""
    known, structures = house.site(site), house.perform.sites
    return house.periods.ask(house.reader, known, structures, house.off_hub, periods, make)


def _asked(asked: Asked, site: str) -> tuple[Wanted, Period]:
    today = asked.house.clock().astimezone(asked.house.site(site).timezone).date()
    actor = asked.actor
    return period_query.wanted(actor.agencies if actor else frozenset()), period_query.period(today)


def _language() -> str:
    return language_of(request.args.get("lang")) or FALLBACK


def _file(report: PeriodReport, ending: str, mimetype: str, content: str | bytes) -> Response:
    name = f"{report['site']}-{report['name']}-{report['from']}-{report['to']}.{ending}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, mimetype=mimetype, headers=headers)
