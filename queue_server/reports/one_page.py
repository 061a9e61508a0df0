"""A period on one page for who leads, the regent and the head of the office: what to do next, and the figures.

Every figure is the period report's own, or a register's; the sentence on what to do next is a rule's
(``next_step.py``). PDF (``one_page.typ``) and DOCX (``one_page_docx.py``) are drawn of the same document.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from .. import formats
from ..documents.reports import PeriodReport
from ..documents.survey import Ikm
from ..domain.site import Site
from ..queries.leaders import Dates, Kept
from .calendar import Period
from .letter_chart import chart
from .letter_words import NONE, Words
from .next_step import Step
from .period_letter import FRONT, Beside, foot, framed, lead, span_of, table, told_limits

#: the figures that count, of the report
FIGURES = (
    *("people", "wait_p50_s", "wait_p90_s", "wait_in_promise", "service_in_promise", "no_show_share", "refused"),
)


@dataclass(frozen=True, slots=True)
class Registers:
    """What the registers tell of this period and of the one before."""

    now: Kept
    before: Kept


def dates(period: Period) -> Dates:
    """A period, as the registers are asked for it."""
    return Dates(period.first, period.last, period.months is not None)


def document(
    site: Site, report: PeriodReport, beside: Beside, kept: Registers, found: Step | None, words: Words
) -> dict[str, Any]:
    """The whole page, as both forms draw it."""
    say, this, earlier = words.say, span_of(report), span_of(report["previous"])
    made = datetime.fromisoformat(report["made_at"])
    about = say("one_about", period=words.period(this))
    frame = framed(site, made.date(), words, about)
    some = bool(report["totals"]["issued"] or report["totals"]["waits"] or report["totals"]["served"])
    shown = table(report, this, earlier, words, FIGURES)
    shown["rows"] += [*_registers(kept, this, len(shown["head"]), words), _lost(report, len(shown["head"]), words)]
    return {
        "lang": words.lang,
        "title": about,
        "site": site.name,
        **{name: frame[name] for name in ("head", "to", "place_date", "signatory")},
        "kind": say("one_kind"),
        "about": about,
        "number": f"{say('fact_number')}: {frame['facts'][0][1]}",
        "lead": [lead(site, report, this, earlier, words), *told_limits(beside, words)],
        "next": {"title": say("next_title"), "said": _next(found, earlier, words), "rule": say("next_rule")},
        "table": shown if some or len(shown["rows"]) > 1 else None,
        "chart": chart(beside.before, beside.course, beside.step, words, report["targets"]) if some else None,
        "asked": say("one_asked"),
        "foot": foot(site, report, words, "one_foot"),
    }


def _next(found: Step | None, earlier: Period, words: Words) -> str:
    """What to look into, where, because of which figure, and what that figure is there."""
    say = words.say
    if found is None:
        return say("next_nothing")
    where = say("next_everywhere")
    if found.service is not None:
        service = words.row("service", found.service)
        where = say("next_service", service=service)
        if found.hour is not None:
            begins = int(str(found.hour["key"]))
            where = say("next_hour", service=service, first=f"{begins:02d}", last=f"{begins + 1:02d}")
    name = say(f"row_{found.measure}" if found.measure in FRONT else f"measure_{found.measure}")
    now = words.figure(found.measure, found.value)
    if found.target is not None:
        why = say("next_target", measure=name, now=now, target=words.target(found.target))
    else:
        before = words.figure(found.measure, found.before)
        why = say("next_before", measure=name, now=now, period=words.period(earlier), before=before)
    sentences = [say(f"next_{found.family}", where=where), why]
    row: Any = found.hour or found.service
    if row is not None:
        sentences.append(say("next_there", there=words.figure(found.measure, row[found.measure])))
    return " ".join(sentences)


def _registers(kept: Registers, this: Period, columns: int, words: Words) -> list[list[str]]:
    """The lines of what is no measure: satisfaction, complaints, interruptions."""
    rows = list[list[str]]()
    if kept.now.ikm is not None:
        rows.append(_satisfaction(kept.now.ikm, kept.before.ikm, this, columns, words))
    complained = [one.complaints for one in (kept.now, kept.before)]
    if any(complained):
        cells = [NONE if one is None else _complaints(*one, words) for one in complained]
        counts = [None if one is None else one[0] for one in complained]
        rows.append(_row(words.say("row_complaints"), cells, _changed(counts, words), columns))
    broken = [one.interruptions for one in (kept.now, kept.before)]
    if broken[0] is not None:
        cells = [words.count(one) for one in broken]
        rows.append(_row(words.say("row_interruptions"), cells, _changed(broken, words), columns))
    return rows


def _lost(report: PeriodReport, columns: int, words: Words) -> list[str]:
    """How much service time confirmed interruptions took."""
    spent = [one["totals"]["left_out_s"] for one in (report, report["previous"])]
    cells = [NONE if one is None else _hours(one, words) for one in spent]
    return _row(words.say("row_left_out"), cells, NONE, columns)


def _hours(seconds: int, words: Words) -> str:
    return words.say("hours_told", n=formats.decimal(seconds / 3600, words.lang) if seconds else words.count(0))


def _row(name: str, cells: Sequence[str], note: str, columns: int) -> list[str]:
    return [name, *cells, *[NONE] * (columns - 4), note]


def _complaints(received: int, done: int, words: Words) -> str:
    return words.say("complaints_done", n=words.count(received), done=words.count(done))


def _changed(values: Sequence[int | None], words: Words) -> str:
    now, before = values
    if now is None or before is None:
        return NONE
    if now == before:
        return words.say("note_same")
    return words.say("note_up" if now > before else "note_down", n=words.count(abs(now - before)))


def _satisfaction(now: Ikm, was: Ikm | None, this: Period, columns: int, words: Words) -> list[str]:
    of = _months(now)
    name = words.say("row_ikm") if of == this else words.say("row_ikm_of", period=words.period(of))
    cells = [_index(now, words), _index(was, words) if was is not None else NONE]
    a, b = (None if one is None or one["ikm"] is None else round(one["ikm"] * 100) for one in (was, now))
    note = NONE
    if a is not None and b is not None:
        changed = formats.hundredths(abs(b - a) / 100, words.lang)
        note = words.say("note_same") if a == b else words.say("note_up" if b > a else "note_down", n=changed)
    return _row(name, cells, note, columns)


def _months(one: Ikm) -> Period:
    return Period(date.fromisoformat(one["period"]["from"]), date.fromisoformat(one["period"]["to"]))


def _index(one: Ikm, words: Words) -> str:
    if one["ikm"] is None:
        return words.say("ikm_withheld" if one["withheld"] else "ikm_nobody")
    index = formats.hundredths(one["ikm"], words.lang)
    return words.say("ikm_told", ikm=index, letter=str(one["letter"]), n=words.count(one["n"]))
