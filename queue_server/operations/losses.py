"""``doctor``'s questions about lost commits: what was lost (a standby that lagged, an old file), what might be."""

from collections.abc import Iterator
from datetime import timedelta

from sqlalchemy import select, text

from ..domain.events import Kind
from ..store import schema
from .checks import Patient
from .findings import Finding, ok, warn

_REMEMBERED = timedelta(days=31)


def losses(patient: Patient) -> Iterator[Finding]:
    """Each time within a month that commits were gone which had already been told."""
    e = schema.event.c
    asked = select(e.site, e.at, e.detail).where(e.kind == Kind.RESTORED, e.at > patient.clock() - _REMEMBERED)
    with patient.reader.connect() as conn, conn.begin():
        found = [(r.site, r.at, r.detail["lost"]) for r in conn.execute(asked.order_by(e.at)) if "lost" in r.detail]
    for site, at, lost in found:
        gone = lost["known"] - lost["after"]
        yield warn("losses", site=site, at=f"{at:%Y-%m-%d %H:%M}", n=gone)
    if not found:
        yield ok("the database has lost nothing that was told")


def standby(patient: Patient) -> Iterator[Finding]:
    """Whether a standby of PostgreSQL's may take over without the last commits."""
    if patient.file is not None:
        return
    with patient.reader.connect() as conn, conn.begin():
        followed = conn.execute(text("SELECT count(*) FROM pg_stat_replication")).scalar_one()
        waited_for = conn.execute(text("SHOW synchronous_standby_names")).scalar_one()
    if followed and not waited_for:
        yield warn("standby")
    elif followed:
        yield ok(f"PostgreSQL waits for its standby ({waited_for})")
