"""The texts of answers to the survey: each sealed by the key of the day on which it left the urn, as notes are.

Not by that of the day on which it was written: beside a lone answer that day would say whose it is.
"""

from collections import Counter
from collections.abc import Collection
from datetime import date, timedelta

from sqlalchemy import Connection, func, select, update

from ..domain.privacy import DAYS, Lifetime
from .private import ring_of
from .survey_schema import survey_answer

LASTS = timedelta(
    days=DAYS[Lifetime.TEXTS]
)  # from the day on which it left; a site that keeps texts less destroys keys
PLAIN = survey_answer.c.comment.not_like("%\n%")  # as long as none was sealed
_BETWEEN = "\n"  # the id of its key, and what that opens: no comment has one (``domain/plain_text.py``)
_KEY_LETTERS = 12

_a = survey_answer.c
KEY = func.substr(_a.comment, 1, _KEY_LETTERS)  # of one that is sealed


def sealed(conn: Connection, site: str, day: date, id: str, text: str) -> str:
    """What is kept of a comment, in the row of that id. Raises OSError if its key cannot be kept."""
    ring = ring_of(conn)
    if ring is None:
        raise RuntimeError("nobody said where this database's keys lie (keyring.serve)")
    found = ring.seal(site, day, Lifetime.TEXTS, text, _place(site, id))
    return f"{found.key}{_BETWEEN}{found.value}"


def opened(conn: Connection, site: str, id: str, kept: str | None) -> str | None:
    """The comment; None where there is none, or once its key is destroyed or lost."""
    if kept is None or _BETWEEN not in kept:
        return kept
    key, _, value = kept.partition(_BETWEEN)
    ring = ring_of(conn)
    return ring.open(key, value, _place(site, id)) if ring else None


def take_out(conn: Connection, keys: Collection[str]) -> None:
    """Nothing is left of what these keys sealed; the answers stay."""
    own = update(survey_answer).where(~PLAIN, KEY.in_(keys))
    conn.execute(own.values(comment=None, comment_until=None))


def forget(conn: Connection, site: str, today: date) -> None:
    """Delete the texts whose time is over at the latest; the answers stay."""
    over = update(survey_answer).where(_a.site == site, _a.comment_until <= today)
    conn.execute(over.values(comment=None, comment_until=None))


def keys(conn: Connection) -> Counter[str]:
    """The id of a key -> how many comments it sealed."""
    rows = conn.execute(select(KEY, func.count()).where(~PLAIN).group_by(KEY))
    return Counter({row[0]: row[1] for row in rows})


def _place(site: str, id: str) -> str:
    return f"survey/{site}/{id}"
