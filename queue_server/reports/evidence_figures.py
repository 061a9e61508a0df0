"""The figures of an evidence pack, as files: letter, spreadsheet and tables of one reading of the sheets."""

from collections.abc import Sequence
from datetime import datetime

from ..domain.site import Site
from ..queries.registers import Dated
from . import evidence, letter, period_csv, period_report, period_xlsx
from .calendar import Period
from .letter_words import Words
from .lettering import lettered
from .sheet import Sheet
from .span import Wanted


def files(
    site: Site, both: list[Period], now: datetime, words: Words, dated: Dated, found: list[Sheet]
) -> Sequence[evidence.File]:
    """The period's figures, and those of the one before beside them."""
    say, lang = words.say, words.lang
    report, paper = lettered(site, ("services", "service"), Wanted(), both, found, now, words, dated)
    this, earlier = zip(both, found, strict=True)
    by_month = period_report.report(site.id, "activity", "month", Wanted(), this, earlier, now, dated)
    return [
        ("figures.pdf", say("evidence_figures_pdf"), letter.written(paper)),
        ("figures.xlsx", say("evidence_figures_xlsx"), period_xlsx.written(report, lang, say)),
        ("figures-by-service.csv", say("evidence_by_service"), period_csv.written(report, lang).encode()),
        ("figures-by-month.csv", say("evidence_by_month"), period_csv.written(by_month, lang).encode()),
        ("fairness.csv", say("evidence_fairness"), evidence.fairness(report, lang)),
        ("out-of-order.csv", say("evidence_turns"), evidence.out_of_order(this[1].dims.turns, site.timezone)),
    ]
