"""The published list of why staff act out of the usual order: a word of it is kept as long as the record.

A text in somebody's own words may be about a person, so it lies apart and is purged by its lifetime; the word of this
list that comes with it lies in the event, and says nothing of anybody. Source: the contract, part 2.
"""

from collections.abc import Mapping
from typing import Literal, NotRequired, TypedDict, get_args

ReasonCode = Literal[
    # called, sent back or served before their turn
    "back",  # after a call that was missed
    "complete",  # of papers
    "helped",  # goes first; why, is nobody's business
    "short_question",
    "sent_here",  # by another counter
    "came_late",
    "called_wrongly",
    # set aside, or given up for its holder
    "fetches_papers",
    "stepped_out",
    "left",
    "two_numbers",
    "wrong_number",  # of another service than they came for
    # a counter is left, or changes hands
    "shift_ended",
    "shift_change",
    "called_away",
    "trouble",  # with equipment or system
    "officer_gone",
    "colleague_asked",
    # too late for a booking
    "held_up",
    "our_fault",
    "wrong_time",
    # today's levers
    "long_queue",
    "few_officers",
    "supplies",
    "as_usual",  # the structure speaks again
    # numbers outside the hours
    "clock_wrong",
    "no_holiday",
    "extra_service",
    # a hall gives up for the day; the causes of interruptions, too (``interruption.py``)
    "disruption",
    "power",
    "network",
    "central_system",
    "equipment",
    "staff",
]
REASON_CODES: tuple[ReasonCode, ...] = get_args(ReasonCode)


class Reasoned(TypedDict):
    """What was done for a reason (``events.REASONED``) may say it by a word of the list."""

    reason_code: NotRequired[ReasonCode]


def own_words(code: str | None, text: str | None, words: Mapping[str, str]) -> str | None:
    """What a reason's text says beyond its word; None if it is that word, in any language (``words``: language -> it).

    >>> own_words("left", "Pengunjung pergi", {"id": "Pengunjung pergi", "en": "The visitor has left"}) is None
    True
    """
    return None if code is not None and text in words.values() else text
