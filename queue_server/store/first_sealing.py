"""What a release before sealing wrote in plain is sealed, once: after an upgrade, or when an old copy was put back."""

from collections.abc import Sequence
from functools import partial
from typing import Any

import structlog
from sqlalchemy import Connection, Engine, Select, select, update
from sqlalchemy.exc import DBAPIError

from ..domain.privacy import Lifetime, lifetime_of
from . import comments
from .access_schema import refused_sign_in
from .booking_schema import booking
from .engine import patiently
from .keyring import MARK, Keyring
from .private import place_of
from .private_schema import private
from .schema import event
from .survey_schema import survey_answer

_AT_ONCE = 200  # rows of a transaction: a millisecond or two

_e, _p, _r, _b, _a = event.c, private.c, refused_sign_in.c, booking.c, survey_answer.c
_ITS = (_p.site == _e.site) & (_p.epoch == _e.epoch) & (_p.revision == _e.revision) & (_p.n == _e.n)
_PLAIN = select(_p.site, _p.epoch, _p.revision, _p.n, _p.name, _p.value, _e.day).join(event, _ITS)
_PLAIN = _PLAIN.where(_p.key.is_(None)).limit(_AT_ONCE)
_ADDRESSES = select(_r.hour, _r.account, _r.address).where(_r.key.is_(None), _r.address != "").limit(_AT_ONCE)
_CODES = select(_b.site, _b.id, _b.day, _b.code_hash).where(_b.code_hash.is_not(None))
_CODES = _CODES.where(_b.code_hash.not_like(f"%{MARK}%")).limit(_AT_ONCE)

_COMMENTS = select(_a.site, _a.id, _a.comment, _a.comment_until).where(comments.PLAIN).limit(_AT_ONCE)

log = structlog.get_logger()


def seal_plain(writer: Engine, ring: Keyring) -> int:
    """Seal whatever lies there in plain; how many rows. Nothing of them stays in a page of the database or its log.

    Each few rows are a transaction of their own: one that is cut short goes on at the next start. Raises OSError if the
    keys cannot be written.
    """
    sealed = 0
    for asked, seal in _WHAT:
        while rows := patiently(partial(_some, writer, asked)):
            with writer.begin() as conn:
                for row in rows:
                    seal(conn, ring, row)
            sealed += len(rows)
    if sealed:
        leave_nothing_behind(writer, whole=True)
        log.info("sealed_what_was_plain", rows=sealed)
    return sealed


def _some(writer: Engine, asked: Select[Any]) -> Sequence[Any]:
    with writer.connect() as conn:
        return conn.execute(asked).all()


def _seal_address(conn: Connection, ring: Keyring, row: Any) -> None:
    sealed = ring.seal_alike("*", row.hour.date(), Lifetime.ADDRESSES, row.address)
    at = (_r.hour == row.hour, _r.account == row.account, _r.address == row.address)
    conn.execute(update(refused_sign_in).where(*at).values(address=sealed.value, key=sealed.key))


def _seal_code(conn: Connection, ring: Keyring, row: Any) -> None:
    marked = ring.mark(row.site, row.day, Lifetime.BOOKINGS, row.code_hash)
    conn.execute(update(booking).where(_b.site == row.site, _b.id == row.id).values(code_hash=marked))


def _seal_text(conn: Connection, ring: Keyring, row: Any) -> None:
    *place, value, day = row
    sealed = ring.seal(row.site, day, lifetime_of(row.name), value, place_of(*place))
    at = (_p.site == row.site, _p.epoch == row.epoch, _p.revision == row.revision, _p.n == row.n, _p.name == row.name)
    conn.execute(update(private).where(*at).values(value=sealed.value, key=sealed.key))


def _seal_comment(conn: Connection, ring: Keyring, row: Any) -> None:
    said = comments.sealed(conn, row.site, row.comment_until - comments.LASTS, row.id, row.comment)
    conn.execute(update(survey_answer).where(_a.id == row.id).values(comment=said))


_WHAT = (
    (_PLAIN, _seal_text),
    (_ADDRESSES, _seal_address),
    (_CODES, _seal_code),
    (_COMMENTS, _seal_comment),
)


def leave_nothing_behind(writer: Engine, *, whole: bool = False) -> None:
    """Empty SQLite's log into the file; ``whole``: and write the file anew, without what earlier releases deleted.

    Whatever is deleted is overwritten anyway (``engine.py``). If somebody is in the way it is left for the next time.
    """
    if writer.dialect.name != "sqlite":
        return
    pooled = writer.raw_connection()
    try:
        cursor = pooled.cursor()
        if whole:
            cursor.execute("VACUUM")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        cursor.close()
    except (DBAPIError, writer.dialect.loaded_dbapi.Error) as error:
        log.warning("log_not_emptied", why=str(error))
    finally:
        pooled.close()
