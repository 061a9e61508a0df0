"""``queue-server privacy breach``: of whom which data may be out, and the letters about it (UU 27/2022, article 46)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, func, select

from ..domain.privacy import FIELDS, Field
from ..store import comments, schema
from ..store.keyring import Keyring
from ..store.private_schema import private
from ..store.survey_schema import survey_answer, survey_mark, survey_urn
from ..store.urn_keys import UrnKeys

WITHIN = timedelta(hours=72)  # three times 24 hours from when it was known: to those concerned, and to the authority

_p, _a = private.c, survey_answer.c


@dataclass(frozen=True, slots=True)
class Concerned:
    """One kind of data that lay there: how many entries, and of how many of them the key is still there."""

    field: Field
    entries: int
    readable: int


def concerned(conn: Connection, ring: Keyring, urn_keys: UrnKeys, first: datetime, until: datetime) -> list[Concerned]:
    """What was written in that time and is still there; without the keys nobody reads what is sealed.

    Names, passwords and rights of accounts are all that were there by its end, whenever they were made.
    """
    found = {
        **_sealed(conn, ring, first, until),
        **_comments(conn, ring, first, until),
        **_survey(conn, urn_keys, first, until),
        **_others(conn, first, until),
    }
    return [
        Concerned(field, *(sum(found.get(place, (0, 0))[n] for place in field.where) for n in (0, 1)))
        for field in FIELDS
        if any(found.get(place, (0, 0))[0] for place in field.where)
    ]


def _sealed(conn: Connection, ring: Keyring, first: datetime, until: datetime) -> Mapping[str, tuple[int, int]]:
    found: dict[str, tuple[int, int]] = {}
    asked = select(_p.name, _p.key, func.count()).where(_p.at >= first, _p.at < until).group_by(_p.name, _p.key)
    for name, key, n in conn.execute(asked):
        entries, readable = found.get(f"private.{name}", (0, 0))
        opens = key is None or key in ring.keys
        found[f"private.{name}"] = (entries + n, readable + (n if opens else 0))
    return found


def _comments(conn: Connection, ring: Keyring, first: datetime, until: datetime) -> Mapping[str, tuple[int, int]]:
    """Of the survey: by the day on which they came to lie among the others, all that is known of their time."""
    ends = (_a.comment_until >= first.date() + comments.LASTS, _a.comment_until < until.date() + comments.LASTS)
    kept = conn.execute(select(comments.KEY).where(*ends)).scalars().all()
    return {"survey_answer.comment": (len(kept), sum(key in ring.keys for key in kept))}


def _survey(conn: Connection, keys: UrnKeys, first: datetime, until: datetime) -> Mapping[str, tuple[int, int]]:
    """Marks, and answers that are not mixed yet: all that is known of their time is the month."""
    months = (f"{first:%Y-%m}", f"{until - timedelta(microseconds=1):%Y-%m}")
    found: dict[str, tuple[int, int]] = {}
    for place, table in (("survey_mark.mark", survey_mark), ("survey_urn.sealed", survey_urn)):
        of = select(table.c.month, func.count()).where(table.c.month.between(*months)).group_by(table.c.month)
        counted = {row[0]: row[1] for row in conn.execute(of)}
        readable = sum(n for month, n in counted.items() if keys.get(month) is not None)
        found[place] = (sum(counted.values()), readable)
    return found


def _others(conn: Connection, first: datetime, until: datetime) -> Mapping[str, tuple[int, int]]:
    t, a, s, r, b = schema.ticket.c, schema.account.c, schema.session.c, schema.refused_sign_in.c, schema.booking.c
    asked = {
        "ticket.token_hash": (t.issued_at >= first, t.issued_at < until),
        "account.name": (a.created_at < until, a.password_hash != ""),
        "account.password_hash": (a.created_at < until, a.password_hash != ""),
        "session.id_hash": (s.created_at >= first, s.created_at < until),
        "refused_sign_in.address": (r.hour >= first, r.hour < until, r.address != ""),
        "booking.code_hash": (b.slot >= first, b.code_hash.is_not(None)),
    }
    counts = {place: conn.execute(select(func.count()).where(*where)).scalar_one() for place, where in asked.items()}
    return {place: (n, n) for place, n in counts.items()}


def instants(first: date, last: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """From the beginning of a day to the end of another, by the clock of a zone."""
    return datetime.combine(first, time(), zone), datetime.combine(last + timedelta(days=1), time(), zone)
