"""Where a follower stands: its cursor over whole revisions, and the lease of the process that runs it, in one row."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import BindParameter, Connection, and_, bindparam, false, func, or_, select, update

from .leases import in_force, lasting
from .numbers import upsert
from .schema import follower, site

LEASE = timedelta(seconds=15)  # without a sign of life: then another process may go on

Position = tuple[int, int]  # epoch, revision
BEGINNING: Position = (0, 0)  # before everything that ever was

_f, _s = follower.c, site.c
_ME: BindParameter[str] = bindparam("me")
_OWN = (_f.name == bindparam("of_name"), _f.site == bindparam("of_site"))
_HELD = func.coalesce(in_force(_f.until, LEASE), false())
_LOOK = (
    select(_s.epoch, _s.revision, _f.epoch, _f.revision, _f.runner, _HELD)
    .select_from(site.outerjoin(follower, and_(_f.site == _s.id, _f.name == bindparam("of_name"))))
    .where(_s.id == bindparam("of_site"))
)
_TAKE = update(follower).where(*_OWN, or_(_f.runner == _ME, ~_HELD))
_TAKE = _TAKE.values(runner=_ME, fence=_f.fence + 1, until=lasting(LEASE)).returning(_f.epoch, _f.revision, _f.fence)
_MOVE = update(follower).where(*_OWN, _f.fence == bindparam("still"))
_MOVE = _MOVE.values(epoch=bindparam("to_epoch"), revision=bindparam("to_revision"), until=lasting(LEASE))

_RESTART = update(follower).where(*_OWN).values(epoch=BEGINNING[0], revision=BEGINNING[1])
_RESTART = _RESTART.values(runner=_ME, fence=_f.fence + 1, until=lasting(LEASE))


class Overtaken(RuntimeError):
    """Another process has taken the lease meanwhile, and goes on in our place."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a site stands and where a follower does; ``cursor`` None: it has never run there.

    ``held``: whether ``runner`` has the lease now.
    """

    head: Position
    cursor: Position | None
    runner: str | None
    held: bool

    @property
    def behind(self) -> int:
        """How many revisions are still to be read; after a restore as many as the new history has at most."""
        if self.cursor is None or self.cursor[0] != self.head[0]:
            return self.head[1]
        return max(0, self.head[1] - self.cursor[1])


@dataclass(frozen=True, slots=True)
class Lease:
    """What ``take`` gave: where to go on, and the fence that ``move`` must show."""

    cursor: Position
    fence: int


def standing(conn: Connection, name: str, site: str) -> Standing | None:
    """Where a follower stands at a site; None: there is no such site."""
    row = conn.execute(_LOOK, {"of_name": name, "of_site": site}).first()
    if row is None:
        return None
    head_epoch, head_revision, epoch, revision, runner, held = row
    cursor = None if epoch is None else (epoch, revision)
    return Standing((head_epoch, head_revision), cursor, runner, bool(held))


def begin(conn: Connection, name: str, site: str, at: Position) -> None:
    """Let a follower begin after a position, unless it has begun."""
    values = {"name": name, "site": site, "epoch": at[0], "revision": at[1], "fence": 0}
    conn.execute(upsert(conn, follower).values(values).on_conflict_do_nothing())


def take(conn: Connection, name: str, site: str, me: str) -> Lease | None:
    """Take or renew the lease; None if another process has it. Locks the row until the transaction ends."""
    row = conn.execute(_TAKE, {"of_name": name, "of_site": site, "me": me}).first()
    return None if row is None else Lease((row.epoch, row.revision), row.fence)


def move(conn: Connection, name: str, site: str, fence: int, to: Position) -> None:
    """Put the cursor after a revision, and renew the lease. Raises Overtaken if it was taken since."""
    asked = {"of_name": name, "of_site": site, "still": fence, "to_epoch": to[0], "to_revision": to[1]}
    if conn.execute(_MOVE, asked).rowcount != 1:
        raise Overtaken(f"{name} at {site} is run by another process")


def restart(conn: Connection, name: str, site: str, me: str) -> None:
    """Let a follower stand before everything, run by ``me``; whoever runs it now is overtaken."""
    begin(conn, name, site, BEGINNING)
    conn.execute(_RESTART, {"of_name": name, "of_site": site, "me": me})
