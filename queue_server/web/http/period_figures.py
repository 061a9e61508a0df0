"""A period's figures as somebody asks for them: of one hall, or of several beside one another."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from ...documents.reports import PeriodReport
from ...domain.errors import Code, QueueError
from ...domain.rights import Act, may, require
from ...domain.roles import Actor
from ...house import House
from ...queries.registers import dated_targets
from ...reports import period_report
from ...reports.calendar import Period
from ...reports.filed import Filed, Write, filed
from ...reports.period_report import filters
from ...reports.span import Wanted
from ...texts import Say
from . import period_query
from .query_values import text

Of = tuple[str, str | None, Wanted, Period]  # the report's name, by what its lines are, its limits, its period


def of_period(house: House, site: str, of: Of) -> PeriodReport:
    """A period's report and that of the one before; made beside the server."""
    report: PeriodReport = ask(house, site, *_made(house, site, of))
    return report


def file_of_period(house: House, site: str, of: Of, write: Write) -> Filed:
    """The same as a file, which is made there too."""
    both, make = _made(house, site, of)
    found: Filed = ask(house, site, both, partial(filed, make, write))
    return found


def _made(house: House, site: str, of: Of) -> tuple[list[Period], Any]:
    name, by, wanted, period = of
    both, now = [period, period.before()], house.clock().astimezone(house.site(site).timezone)
    dated = house.read(site, dated_targets)
    return both, partial(period_report.of_sheets, site, name, by, wanted, both, now, dated)


def ask(house: House, site: str, periods: list[Period], make: Any) -> Any:
    """What is made of the sheets of some periods. ``make``: a function of a module, with its arguments."""
    known, structures = house.site(site), house.perform.sites
    return house.periods.ask(house.reader, known, structures, house.off_hub, periods, make)


def beside(house: House, make: Callable[..., Any], *given: Any) -> Any:
    """What a function of a module makes of what it is given, where periods are read: a file is made there."""
    return house.periods.run(house.off_hub, partial(make, *given))


def say_in(house: House, lang: str) -> Callable[..., str]:
    """The texts of reports and their files, in a language."""
    return Say(house.texts.section("common", "period", "measures", "letter")[lang])


def compared(house: House, actor: Actor) -> Any:
    """What the address asks of the halls. Raises ``invalid``, ``not_found``, and ``forbidden`` for another's hall."""
    said = text("sites")
    sites = list(dict.fromkeys(said.split(","))) if said else [id for id in house.perform.sites if _may(actor, id)]
    for id in sites:
        require(actor, Act.SEE_PERIOD, house.site(id).id)
    if not sites:
        raise QueueError(Code.INVALID, field="sites")
    today = house.clock().astimezone(house.site(sites[0]).timezone).date()
    period, wanted = period_query.period(today), period_query.wanted(actor.agencies)
    period_query.by_nothing()  # the halls are its lines
    return _compared(house, sites, period, wanted)


def _may(actor: Actor, site: str) -> bool:
    return may(actor, Act.SEE_PERIOD, site)


def _compared(house: House, sites: list[str], period: Period, wanted: Wanted) -> Any:
    reports = [of_period(house, id, ("summary", None, wanted, period)) for id in sites]
    return {
        "from": period.first.isoformat(),
        "to": period.last.isoformat(),
        "made_at": reports[0]["made_at"],
        "filters": filters(wanted),
        "sites": [_line(house, one) for one in reports],
        "previous": {
            "from": reports[0]["previous"]["from"],
            "to": reports[0]["previous"]["to"],
            "sites": [_line(house, {"site": one["site"], **one["previous"]}) for one in reports],
        },
    }


def _line(house: House, figures: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "site": figures["site"],
        "name": house.site(figures["site"]).short_name,
        "days": figures["days"],
        "totals": figures["totals"],
        "targets": figures["targets"],
    }
