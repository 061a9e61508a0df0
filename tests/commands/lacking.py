"""What the machine does about missing papers, and how it looks at them."""

from datetime import date
from typing import Any

from hypothesis import strategies as st

from tests.world.hall import Hall
from tests.world.model import PAPERS, Model, Visitor


def lacked(verb: str, here: Visitor | None, data: st.DataObject) -> dict[str, Any]:
    """What a hold or a finish says of papers: none, or all of the service's list; other verbs say nothing."""
    if verb not in ("hold", "finish"):
        return {}
    return {"missing": data.draw(st.sampled_from([(), PAPERS[here.service if here else "kk-akta"]]))}


def papers_are_the_model_s(hall: Hall, model: Model, day: date) -> None:
    """The papers that were missing, and the numbers that ended while their holders fetched some."""
    told = {t.number: (t.papers, t.outcome == "papers") for t in hall.tickets() if t.day == day}
    assert told == {v.number: (v.papers, v.lapsed) for v in model.visitors}
