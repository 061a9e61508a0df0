"""From which kecamatan visitors come: asked of one visitor in k once the number stands, and tied to nobody.

Answers are rounded as statistical offices round what people say of themselves (HESA, ONS): to the nearest five, and
of fewer than five only that they are fewer. So no difference of two tables shows a single answer.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256

KIND = "origin"  # of such an answer, in the urn
OTHER = "other"  # an answer: none of those that are named
STEP = 5  # answers; what is told is a multiple of it, and fewer are not told
MOST_KM = 5000
MOST_PEOPLE = 10_000_000


@dataclass(frozen=True, slots=True)
class Origins:
    """What a site asks: ``districts`` is id -> name, the likeliest first; none: nobody is asked."""

    one_in: int = 5
    districts: Mapping[str, str] = field(default_factory=dict)


def is_asked(origins: Origins, service: str, day: date, seq: int) -> bool:
    """Whether the visitor with that place in a service's series is the one in k.

    A systematic sample: every k-th number of a series, from a start that differs by service and day, so that neither
    the early nor the late are left out.
    """
    if not origins.districts:
        return False
    start = int.from_bytes(sha256(f"{service}:{day}".encode()).digest()[:4]) % origins.one_in
    return seq % origins.one_in == start


def rounded(answers: int) -> int | None:
    """How many answers are told: the nearest multiple of five; None: fewer than five, perhaps nobody."""
    return None if answers < STEP else (answers + STEP // 2) // STEP * STEP
