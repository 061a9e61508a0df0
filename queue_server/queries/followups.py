"""The registers of a survey, as anybody may read them, and the quarters that are closed."""

from datetime import date
from typing import Any

from ..documents.survey import ClosedQuarter, Followup, Followups, Publication, Publications
from ..domain.events import Kind
from ..domain.followups import state
from ..domain.survey import ELEMENTS
from ..store import survey
from .snapshot import Snapshot
from .survey import survey_day


def followups(view: Snapshot) -> Followups:
    """What is done, the latest period first."""
    today = survey_day(view)
    found = [_followup(one, today) for one in _standing(view, Kind.FOLLOWUP_SET)]
    found.sort(key=lambda one: (ELEMENTS.index(one["element"]), one["due"], one["id"]))
    found.sort(key=lambda one: one["period"], reverse=True)
    return {"site": view.site.id, "followups": found}


def publications(view: Snapshot) -> Publications:
    """Where results were published, the latest first."""
    found: list[Publication] = [
        {**{"proof": None}, **one}  # type: ignore[typeddict-item]  # as the record has it
        for one in _standing(view, Kind.PUBLICATION_SET)
    ]
    found.sort(key=lambda one: (one["period"], one["day"], one["id"]), reverse=True)
    return {"site": view.site.id, "publications": found}


def closed_quarters(view: Snapshot) -> list[ClosedQuarter]:
    """Every closing, the latest first: what was frozen is told for ever, beside what came after it."""
    return [
        {
            "quarter": one.detail["quarter"],
            "version": one.detail["version"],
            "closed_at": one.at.isoformat(),
            "result": one.detail["result"],
        }
        for one in reversed(survey.register(view.conn, view.site.id, (Kind.SURVEY_CLOSED,)))
    ]


def _standing(view: Snapshot, kind: Kind) -> list[dict[str, Any]]:
    known = {one.detail["id"]: dict(one.detail) for one in survey.register(view.conn, view.site.id, (kind,))}
    return list(known.values())


def _followup(said: dict[str, Any], today: date) -> Followup:
    done = said.get("done")
    stands = state(date.fromisoformat(said["due"]), date.fromisoformat(done) if done else None, today)
    return {**{"agency": None, "done": None, "proof": None}, **said, "state": stands}  # type: ignore[typeddict-item]
