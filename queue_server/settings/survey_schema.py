"""How a hall's file says in which words its surveys ask."""

from typing import Annotated, Literal

from pydantic import Field

from queue_server.domain.survey import CostScale as CostScale
from queue_server.domain.survey import Element
from queue_server.settings.site_values import Texts
from queue_server.settings.toml_file import Strict

Wording = Literal["plain", "official"]


class QuestionTable(Strict):
    """One of the nine questions in the office's own words; what it asks about stays."""

    element: Element
    """Which of the nine elements it asks about: ``requirements``, ``procedure``, ``time``, ``cost``, ``product``,
    ``competence``, ``conduct``, ``complaints``, ``facilities``."""
    question: Texts
    """The question."""
    answers: Annotated[list[Texts], Field(min_length=4, max_length=4)]
    """Its four answers, from the worst to the best."""
