"""The evidence pack: a period's figures, fairness, interruptions, acts, seals, complaints and survey in one ZIP."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import Any

from flask import Blueprint, Response

from ...domain.audit import kinds_of
from ...domain.errors import Code, QueueError
from ...domain.rights import Act
from ...domain.survey_period import quarter
from ...house import House
from ...queries.audit import Asked as Acts
from ...queries.audit_walk import whole
from ...queries.followups import closed_quarters, followups, publications
from ...queries.interruptions import register
from ...queries.registers import complaints, dated_targets
from ...queries.seals import seals
from ...queries.snapshot import Snapshot
from ...reports import evidence, evidence_figures
from ...reports.calendar import Period
from ...reports.letter_words import Words
from ..http import period_query
from ..http.endpoint import PREFIX, Asked, endpoint, give_way
from ..http.period_figures import ask, say_in
from .reports import language
from .survey_files import report_docx

bp = Blueprint("evidence", __name__, url_prefix=f"{PREFIX}/sites/<site>/reports")

ZIP = "application/zip"
Say = Callable[..., str]


@endpoint(bp, "GET", "/evidence.zip", act=Act.SEE_EVIDENCE, file=ZIP, codes=(Code.INVALID,))
def get_evidence(asked: Asked, site: str) -> Any:
    """The evidence of a period, at most a year; nobody is named in it."""
    house, known, lang = asked.house, asked.house.site(site), language()
    now = house.clock().astimezone(known.timezone)
    period_query.nothing_but()
    period = period_query.period(now.date())
    if period.days > evidence.MOST_DAYS:
        raise QueueError(Code.INVALID, field="to")
    say = say_in(house, lang)
    files = [
        *_figures(asked, site, period, lang),
        *_record(asked, site, period, lang),
        *_survey(house, site, period, say),
    ]
    made = f"{now:%Y-%m-%d %H.%M %Z}"
    about = say("evidence_about", site=known.name, first=period.first, last=period.last, made=made)
    content = house.off_hub(evidence.pack, files, about)
    name = f"{site}-evidence-{period.first}-{period.last}.zip"
    return Response(content, mimetype=ZIP, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _figures(asked: Asked, site: str, period: Period, lang: str) -> list[evidence.File]:
    house, known = asked.house, asked.house.site(site)
    words, both = Words(lang, say_in(house, lang)), [period, period.before()]
    now = house.clock().astimezone(known.timezone)
    dated = house.read(site, dated_targets)
    make = partial(evidence_figures.files, known, both, now, words, dated)
    found: list[evidence.File] = ask(house, site, both, make)
    return found


def _record(asked: Asked, site: str, period: Period, lang: str) -> list[evidence.File]:
    house, zone, say = asked.house, asked.house.site(site).timezone, say_in(asked.house, lang)
    first, last = period.first, period.last
    happened = house.texts.section("audit")[lang]
    acts = [entry for group in evidence.GROUPS for entry in _acts(asked, site, group, first, last)]
    days = [first + timedelta(days=n) for n in range(period.days)]
    broken = house.read(site, lambda view: register(view, first, last, named=False))["interruptions"]
    sealed = house.read(site, lambda view: seals(view, days))
    counted = house.read(site, lambda view: complaints(view, f"{first:%Y-%m}", f"{last:%Y-%m}", frozenset()))
    return [
        ("acts.csv", say("evidence_acts"), house.off_hub(evidence.audit, acts, happened, zone)),
        ("seals.csv", say("evidence_seals"), evidence.seals(sealed)),
        ("interruptions.csv", say("evidence_interruptions"), evidence.interruptions(broken, zone)),
        ("complaints.csv", say("evidence_complaints"), evidence.complaints(counted["complaints"])),
    ]


def _survey(house: House, site: str, period: Period, say: Say) -> list[evidence.File]:
    """The quarters that ended within the period and are closed, and the registers of what was done and made known."""

    def look(view: Snapshot) -> Any:
        latest = {one["quarter"]: one for one in reversed(closed_quarters(view))}
        return latest, followups(view)["followups"], publications(view)["publications"]

    latest, done, published = house.read(site, look)
    mine = {name: one for name, one in sorted(latest.items()) if period.first <= quarter(name).ends <= period.last}
    papers = {name: report_docx(house, site, quarter(name)) for name in mine}
    return [
        ("survey.csv", say("evidence_survey_figures"), evidence.survey_figures(mine.values())),
        ("survey-followups.csv", say("evidence_followups"), evidence.followups(done)),
        ("survey-publications.csv", say("evidence_publications"), evidence.publications(published)),
        *((f"survey-{name}.docx", say("evidence_survey", quarter=name), paper) for name, paper in papers.items()),
    ]


def _acts(asked: Asked, site: str, group: str, first: date, last: date) -> list[Any]:
    wanted = Acts(first, last, kinds_of(group))
    steps = whole(lambda query: asked.house.read(site, query), give_way, asked.actor, wanted)
    return [entry for entries in steps for entry in entries]
