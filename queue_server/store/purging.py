"""What is over goes: keys are destroyed, and the rows that nobody can read any more are taken out.

By a clock that is believed only: one that woke in another year must destroy nothing.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import Connection, delete, func, select, update

from ..domain.day import clock_suspect
from ..domain.privacy import DAYS, Lifetime, Lifetimes
from . import comments
from .access_schema import refused_sign_in
from .booking_schema import booking
from .key_file import Key
from .keyring import Keyring
from .private_schema import private
from .refused_sign_ins import ALL
from .schema import event, site
from .survey_schema import survey_answer

_DAY = timedelta(days=1)
_AT_ONCE = 500  # keys named in one statement

_p, _r, _b, _e = private.c, refused_sign_in.c, booking.c, event.c


@dataclass(frozen=True, slots=True)
class Kept:
    """How long what is kept where: each site's lifetimes and its date of today; ``"*"`` is the server's own."""

    lifetimes: Mapping[str, Lifetimes]
    today: Callable[[str], date]

    def is_over(self, key: Key) -> bool:
        """Whether the key is to be destroyed; a site that is served no more keeps nothing longer than the most."""
        kept, today = self.lifetimes.get(key.site, Lifetimes()), self.today(key.site)
        return kept.is_over(key.lifetime, key.day, today) or _is_of_a_wrong_clock(key, today)

    def is_late(self, key: Key) -> bool:
        """Whether it ought to be destroyed for more than a day."""
        kept = self.lifetimes.get(key.site, Lifetimes())
        return kept.is_over(key.lifetime, key.day, self.today(key.site) - 2 * _DAY)


def is_clock_believed(conn: Connection, ring: Keyring, now: datetime) -> bool:
    """Whether the clock stands where it may after what was recorded last, and after the newest key.

    The keys count too: an old copy that was put back knows nothing of the days since. The server's own do not: they
    are made by whatever clock stands there when a password is mistyped.
    """
    last = conn.execute(select(func.max(site.c.last_at, type_=site.c.last_at.type))).scalar()
    days = [key.day for key in ring.keys.values() if key.site != ALL and key.lifetime is not Lifetime.BOOKINGS]
    newest = datetime.combine(max(days) - _DAY, time(), UTC) if days else None
    known = [at for at in (last, newest) if at is not None]
    return not clock_suspect(max(known, default=None), now)


def _is_of_a_wrong_clock(key: Key, today: date) -> bool:
    return key.site == ALL and key.day - today > timedelta(days=DAYS[key.lifetime])


def take_out(conn: Connection, destroyed: Iterable[str]) -> None:
    """Take out the rows that were sealed with keys that are destroyed, lately or long before this copy was put back."""
    ids = sorted(destroyed)
    for n in range(0, len(ids), _AT_ONCE):
        some = ids[n : n + _AT_ONCE]
        conn.execute(delete(private).where(_p.key.in_(some)))
        conn.execute(delete(refused_sign_in).where(_r.key.in_(some)))
        comments.take_out(conn, some)


def take_out_old(conn: Connection, kept: Kept) -> None:
    """Take out what has outlived any key, by a clock that is believed."""
    for of in conn.execute(select(_b.site).distinct()).scalars().all():
        days = kept.lifetimes.get(of, Lifetimes()).days[Lifetime.BOOKINGS]
        old = (_b.site == of, _b.day < kept.today(of) - timedelta(days=days), _b.code_hash.is_not(None))
        conn.execute(update(booking).where(*old).values(code_hash=None))
    oldest = datetime.combine(kept.today("*") - (max(DAYS.values()) + 1) * _DAY, time(), UTC)
    conn.execute(delete(private).where(_p.at < oldest))
    oldest = datetime.combine(kept.today("*") - (DAYS[Lifetime.ADDRESSES] + 1) * _DAY, time(), UTC)
    conn.execute(delete(refused_sign_in).where(_r.hour < oldest))


def unreadable(conn: Connection, ring: Keyring) -> int:
    """How many texts are there whose keys are not, nor were destroyed: the file was lost, or is an older one."""
    rows = conn.execute(select(_p.key, func.count()).where(_p.key.is_not(None)).group_by(_p.key))
    known = {*ring.keys, *ring.destroyed}
    return sum(n for key, n in (*rows, *comments.keys(conn).items()) if key not in known)


def plain(conn: Connection) -> int:
    """How many texts were not sealed: a release before sealing wrote them since the last start."""
    commented = conn.execute(select(func.count()).select_from(survey_answer).where(comments.PLAIN)).scalar_one()
    return commented + conn.execute(select(func.count()).where(_p.key.is_(None))).scalar_one()


def counted(conn: Connection, first: datetime, until: datetime) -> dict[tuple[str, str], tuple[int, datetime]]:
    """(site, name) -> how many texts are kept that were written from ``first`` on and before ``until``; the oldest."""
    oldest = func.min(_p.at, type_=_p.at.type)
    rows = conn.execute(
        select(_p.site, _p.name, func.count(), oldest)
        .where(_p.at >= first, _p.at < until)
        .group_by(_p.site, _p.name)
        .order_by(_p.site, _p.name)
    )
    return {(site_id, name): (n, at) for site_id, name, n, at in rows}
