"""What a letter tells of a period, from one reading of the sheets of its days and of those of the period before."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from .. import formats
from ..documents.reports import PeriodReport
from ..domain.site import Site
from ..queries.registers import Dated
from . import letter as letter_file
from .calendar import Period
from .letter_words import Words
from .next_step import step
from .one_page import Registers, document
from .period_letter import Beside, letter, step_of
from .period_report import names_of, period_rows, report
from .sheet import Sheet
from .span import Wanted


def lettered(
    site: Site, asked: tuple[str, str | None], wanted: Wanted, periods: list[Period], found: list[Sheet],
    made_at: datetime, words: Words, dated: Dated = (),
) -> tuple[PeriodReport, dict[str, Any]]:  # fmt: skip
    """The report ``asked`` for (name, by) and its letter. ``periods``: this one and the one before."""
    whole, earlier = found
    made = report(site.id, *asked, wanted, (periods[0], whole), (periods[1], earlier), made_at, dated)
    return made, letter(site, made, _beside(site, wanted, periods[0], whole, earlier, words), words)


def written_letter(
    site: Site, asked: tuple[str, str | None], wanted: Wanted, periods: list[Period], found: list[Sheet],
    made_at: datetime, words: Words, dated: Dated = (),
) -> tuple[PeriodReport, bytes]:  # fmt: skip
    """The report and its letter as a file."""
    made, paper = lettered(site, asked, wanted, periods, found, made_at, words, dated)
    return made, letter_file.written(paper)


def written_page(
    site: Site, wanted: Wanted, periods: list[Period], found: list[Sheet], made_at: datetime, words: Words,
    kept: Registers, dated: Dated, write: Callable[[Mapping[str, Any]], bytes],
) -> bytes:  # fmt: skip
    """The page of it for who leads, as a file."""
    return write(on_one_page(site, wanted, periods, found, made_at, words, kept, dated)[1])


def on_one_page(
    site: Site, wanted: Wanted, periods: list[Period], found: list[Sheet], made_at: datetime, words: Words,
    kept: Registers, dated: Dated = (),
) -> tuple[PeriodReport, dict[str, Any]]:  # fmt: skip
    """The summary and the page of it for who leads. ``kept``: what the registers tell of the same periods."""
    whole, earlier = found
    made = report(site.id, "summary", None, wanted, (periods[0], whole), (periods[1], earlier), made_at, dated)
    beside = _beside(site, wanted, periods[0], whole, earlier, words)
    stands_out = step(made, beside.services, lambda id: period_rows(whole, replace(wanted, service=id), "hour"))
    return made, document(site, made, beside, kept, stands_out, words)


def _beside(site: Site, wanted: Wanted, period: Period, whole: Sheet, earlier: Sheet, words: Words) -> Beside:
    by = step_of(period)
    return Beside(
        step=by,
        course=period_rows(whole, wanted, by),
        before=period_rows(earlier, wanted, by),
        services=period_rows(whole, wanted, "service"),
        limits=_limits(site, whole, wanted, words),
    )


def _limits(site: Site, whole: Sheet, wanted: Wanted, words: Words) -> list[str]:
    """What the figures are limited to: by what was asked, and by the agencies of who asks."""
    say, found = words.say, list[str]()
    if wanted.agencies:
        named = names_of(whole, "agency")
        mine = ", ".join(_name(named, id, words, site) for id in sorted(wanted.agencies))
        found.append(f"{say('filter_agency')} {mine}")
    for by, id in (("agency", wanted.agency), ("service", wanted.service), ("counter", wanted.counter)):
        if id is not None:
            found.append(f"{say(f'filter_{by}')} {_name(names_of(whole, by), id, words, site)}")
    if wanted.class_ is not None:
        found.append(f"{say('filter_class')} {say(f'class_{wanted.class_}')}")
    if wanted.weekday is not None:
        found.append(f"{say('filter_weekday')} {formats.weekday(wanted.weekday, words.lang)}")
    if wanted.hour is not None:
        found.append(f"{say('filter_hour')} {wanted.hour:02d}.00")
    if wanted.segment is not None:
        found.append(f"{say('filter_segment')} {say(f'segment_{wanted.segment}')}")
    if wanted.outcome is not None:
        found.append(f"{say('filter_outcome')} {say(f'outcome_{wanted.outcome}')}")
    return found


def _name(named: Mapping[Any, Mapping[str, str]], id: str, words: Words, site: Site) -> str:
    known = named.get(id)
    if known is None and id in site.agencies:
        return site.agencies[id].short_name
    return (known.get(words.lang) or known["id"]) if known else id
