"""A period's report as an official letter: what is said of it, in words and figures that stand in the report itself."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from .. import formats
from ..documents.reports import JudgedTarget, PeriodReport, PeriodRow
from ..domain.letterhead import Letterhead
from ..domain.rounding import percent, under
from ..domain.site import Site
from .by import PAPER
from .calendar import Period
from .judged import by_measure
from .letter_chart import chart
from .letter_words import NONE, Words
from .measure_table import BY_NAME, measures_of

#: what the first page tells
FRONT = (
    *("people", "wait_p50_s", "wait_p90_s", "wait_in_promise", "service_in_promise", "no_show_share", "given_up"),
    *("refused", "utilisation"),
)
#: what the enclosure tells of each line
LINES = (
    *("served", "wait_p50_s", "wait_p90_s", "service_p50_s", "service_in_promise", "no_show", "given_up", "refused"),
)
#: what a report of one matter tells of each line; its first page tells all of its measures
LINES_OF_MATTER = {
    "refusals": ("issued", "refused", "refused_quota", "refused_closed", "refused_interruption", "missing"),
    "interruptions": (
        *("wait_in_promise", "wait_in_promise_without", "wait_left_out_s", "service_in_promise"),
        *("service_in_promise_without", "left_out_s"),
    ),
}
LINES_OF_PAPERS = ("missing",)
LINES_OF_COUNTERS = ("served", "walk_p50_s", "service_p50_s", "service_p90_s", "no_show", "utilisation")
_CHANGED = {
    "count": ("note_up", "note_down"),
    "share": ("note_up_points", "note_down_points"),
    "seconds": ("note_up_minutes", "note_down_minutes"),
}
FEW = 10  # fewer of a service stand out by chance


@dataclass(frozen=True, slots=True)
class Beside:
    """What the letter tells beside the report: the course of both periods, and its services."""

    step: str
    course: Sequence[PeriodRow]
    before: Sequence[PeriodRow]
    services: Sequence[PeriodRow]
    limits: Sequence[str]  # to what the figures are limited, in words


def step_of(period: Period) -> str:
    """By what the letter tells the course, so that two periods have some thirty bars at most."""
    return "day" if period.days <= 8 else "week" if period.days <= 125 else "month"


def letter(site: Site, report: PeriodReport, beside: Beside, words: Words) -> dict[str, Any]:
    """The whole document, as ``letter.typ`` draws it."""
    say = words.say
    this, earlier = span_of(report), span_of(report["previous"])
    made = datetime.fromisoformat(report["made_at"])
    some = bool(report["totals"]["issued"] or report["totals"]["waits"] or report["totals"]["served"])
    return {
        "lang": words.lang,
        "title": _subject(report, this, words),
        "site": site.name,
        **framed(site, made.date(), words, _subject(report, this, words)),
        "lead": [lead(site, report, this, earlier, words), *told_limits(beside, words)],
        "table": table(report, this, earlier, words) if some else None,
        "chart": chart(beside.before, beside.course, beside.step, words, report["targets"]) if some else None,
        "points_title": say("points_title"),
        "points": _points(report, beside, words),
        "closing": say("closing"),
        "foot": foot(site, report, words),
        **_annex(report, this, earlier, words),
    }


def span_of(figures: Any) -> Period:
    """From when to when a report's figures are."""
    return Period(date.fromisoformat(figures["from"]), date.fromisoformat(figures["to"]))


def _subject(report: PeriodReport, this: Period, words: Words) -> str:
    matter = report["name"] if report["name"] in LINES_OF_MATTER else None
    return words.say(f"subject_{matter}" if matter else "subject", period=words.period(this))


def framed(site: Site, made: date, words: Words, subject: str) -> dict[str, Any]:
    """The head, the number and subject, the office that it goes to, and the one that signs."""
    say, head = words.say, site.letterhead
    dots = say("dots")
    place = head.place or dots[:20]
    month = formats.month(made.month, words.lang)
    return {
        "head": {
            "government": head.government,
            "office": head.office or site.owner or site.name,
            "contact": head.contact or ", ".join(one for one in (site.name, site.address) if one),
        },
        "facts": [
            [say("fact_number"), head.number_on(made) or dots, False],
            [say("fact_kind"), say("kind_usual"), False],
            [say("fact_enclosed"), say("enclosed_one"), False],
            [say("fact_about"), subject, True],
        ],
        "place_date": say("signed_on", place=place, month=month, year=made.year),
        "to": _addressed(head, words),
        "signatory": head.signatory or dots,
    }


def foot(site: Site, report: PeriodReport, words: Words, key: str = "foot") -> str:
    """Of how many numbers it tells, and when it was made."""
    made = datetime.fromisoformat(report["made_at"])
    return words.say(
        key,
        n=words.count(report["totals"]["issued"] or report["totals"]["called"] or 0),
        day=formats.full_date(made.date(), words.lang),
        time=made,
        zone=made.astimezone(site.timezone).tzname(),
    )


def _addressed(head: Letterhead, words: Words) -> list[str]:
    return [words.say("to_whom", who=head.addressee), words.say("to_where")] if head.addressee else []


def lead(site: Site, report: PeriodReport, this: Period, earlier: Period, words: Words) -> str:
    """The period in three sentences."""
    say, now, was = words.say, report["totals"], report["previous"]["totals"]
    name = words.period(this)
    if not (now["issued"] or now["served"] or now["waits"]):
        return say("lead_nothing", period=name, site=site.name)
    key = "lead_day" if this.first == this.last else "lead_people"
    said = [say(key, period=name, days=words.count(report["days"]), site=site.name, n=words.count(now["people"]))]
    if (minutes := under(now["wait_p50_s"])) is not None:
        n, before = words.count(minutes), under(was["wait_p50_s"])
        if before is None:
            said.append(say("lead_wait", n=n))
        else:
            than = {"n": n, "by": words.count(abs(minutes - before)), "before": words.period(earlier)}
            said.append(say(f"lead_wait_{_way(minutes, before)}", **than))
    if (share := percent(now["service_in_promise"])) is not None:
        said.append(say("lead_promise", n=share))
    return " ".join(said)


def _way(now: int, before: int) -> str:
    return "same" if now == before else "more" if now > before else "less"


def told_limits(beside: Beside, words: Words) -> list[str]:
    """To what the figures are limited, if they are."""
    return [words.say("lead_limits", limits="; ".join(beside.limits))] if beside.limits else []


def table(
    report: PeriodReport, this: Period, earlier: Period, words: Words, names: Sequence[str] = ()
) -> dict[str, Any]:
    """The figures of the first page, or those named, beside those of the period before."""
    say = words.say
    now: Mapping[str, Any] = report["totals"]
    was: Mapping[str, Any] = report["previous"]["totals"]
    aims = by_measure(report["targets"])
    rows = [
        [
            *(
                say(f"row_{name}" if name in FRONT else f"measure_{name}"),
                words.figure(name, now[name]),
                words.figure(name, was[name]),
            ),
            *([words.target(aims[name]) if name in aims else NONE] if aims else []),
            _reached(aims[name], words) if name in aims else _note(name, now, was, words),
        ]
        for name in names or _front(report)
        if now[name] is not None or was[name] is not None
    ]
    head = [say("col_measure_name"), words.period(this), words.period(earlier)]
    return {"head": [*head, *([say("col_target")] if aims else []), say("col_note")], "rows": rows}


def _front(report: PeriodReport) -> Sequence[str]:
    return [m.name for m in measures_of(report["name"])] if report["name"] in LINES_OF_MATTER else FRONT


def _reached(aim: JudgedTarget, words: Words) -> str:
    if aim["met"] is None:
        return NONE
    return words.say("target_met" if aim["met"] else "target_missed")


def _note(name: str, now: Mapping[str, Any], was: Mapping[str, Any], words: Words) -> str:
    """How it changed; of refusals how many were the quota's."""
    if name == "refused" and now["refused_quota"]:
        return words.say("note_quota", n=words.count(now["refused_quota"]))
    unit = BY_NAME[name].unit
    seen = {"count": lambda v: v, "share": percent, "seconds": under}[unit]
    shown, before = seen(now[name]), seen(was[name])
    if shown is None or before is None:
        return NONE
    if shown == before:
        return words.say("note_same")
    more, less = _CHANGED[unit]
    return words.say(more if shown > before else less, n=words.count(abs(shown - before)))


def _points(report: PeriodReport, beside: Beside, words: Words) -> list[str]:
    """What stands out among the services, and how much disruptions took; of one matter what concerns it."""
    every = {"waits": _of_waits, "refusals": _of_refusals, "interruptions": _of_interruptions}
    matter = report["name"] if report["name"] in LINES_OF_MATTER else None
    tellers = [tell for name, tell in every.items() if matter in (None, name)]
    return [said for tell in tellers for said in tell(report, beside, words)]


def _of_waits(report: PeriodReport, beside: Beside, words: Words) -> list[str]:
    say, found = words.say, list[str]()
    waits = [one for one in beside.services if (one["waits"] or 0) >= FEW and one["wait_p90_s"] is not None]
    if len(waits) > 1:
        worst = max(waits, key=lambda one: one["wait_p90_s"] or 0)
        n = words.count(under(worst["wait_p90_s"]))
        found.append(say("point_wait", service=words.row("service", worst), n=n))
    kept = [one for one in beside.services if (one["served"] or 0) >= FEW and one["service_in_promise"] is not None]
    if len(kept) > 1:
        worst = min(kept, key=lambda one: one["service_in_promise"] or 0)
        n = percent(worst["service_in_promise"])
        found.append(say("point_promise", service=words.row("service", worst), n=n))
    return found


def _of_refusals(report: PeriodReport, beside: Beside, words: Words) -> list[str]:
    refusing = [one for one in beside.services if one["refused"]]
    if not refusing:
        return []
    worst = max(refusing, key=lambda one: one["refused"] or 0)
    n, quota = words.count(worst["refused"]), words.count(worst["refused_quota"] or 0)
    return [words.say("point_refused", service=words.row("service", worst), n=n, quota=quota)]


def _of_interruptions(report: PeriodReport, beside: Beside, words: Words) -> list[str]:
    if not (left_out := report["totals"]["left_out_s"]):
        return []
    share = percent(report["totals"]["service_in_promise_without"])
    return [words.say("point_left_out", n=formats.decimal(left_out / 3600, words.lang), share=share)]


def _annex(report: PeriodReport, this: Period, earlier: Period, words: Words) -> dict[str, Any]:
    """Every line, every measure, what was put right afterwards, and what everything means."""
    say, by = words.say, report["by"]
    now: Mapping[str, Any] = report["totals"]
    was: Mapping[str, Any] = report["previous"]["totals"]
    parts = []
    if by and report["rows"]:
        matter = LINES_OF_MATTER.get(report["name"])
        columns = matter or (LINES_OF_COUNTERS if by == "counter" else LINES)
        columns = LINES_OF_PAPERS if by == PAPER else columns
        said = [say(f"measure_{name}" if matter else f"col_{name}") for name in columns]
        head = [say(f"per_{by}").capitalize(), *said]
        listed: list[Mapping[str, Any]] = [*report["rows"]]
        rows = [[words.row(by, one), *(words.cell(name, one[name]) for name in columns)] for one in listed]
        rows.append([say("total"), *(words.cell(name, now[name]) for name in columns)])
        parts.append({"title": say("annex_part", by=say(f"per_{by}")), "head": head, "rows": rows})
    aims = by_measure(report["targets"])
    exact = [
        [
            *(say(f"measure_{m.name}"), words.exact(m, now[m.name]), words.exact(m, was[m.name])),
            *([words.exact(m, aims[m.name]["value"]) if m.name in aims else NONE] if aims else []),
        ]
        for m in measures_of(report["name"])
    ]
    head = [say("col_measure_name"), words.period(this), words.period(earlier), *([say("col_target")] if aims else [])]
    parts.append({"title": say("annex_all"), "head": head, "rows": exact})
    return {
        "annex_title": say("annex_title"),
        "annex": parts,
        "corrected_title": say("annex_corrected"),
        "corrected": [_correction(one, words) for one in report["corrected"]],
        "definitions_title": say("annex_definitions"),
        "definitions": [
            {"name": say(f"measure_{m.name}"), "means": say(f"means_{m.name}"), "source": say(f"source_{m.source}")}
            for m in measures_of(report["name"])
        ],
    }


def _correction(one: Any, words: Words) -> str:
    day = formats.full_date(date.fromisoformat(one["day"]), words.lang)
    why = one["why"]
    return f"{day}: {words.say(f'corrected_{why}', n=one['n'])}"
