"""``doctor``'s questions about lost commits: what was lost (a standby that lagged, an old file), what might be."""

from collections.abc import Iterator
from datetime import timedelta

from sqlalchemy import select, text

from ..domain.events import Kind
from ..store import schema
from .checks import Finding, Patient, ok, warn

_REMEMBERED = timedelta(days=31)


def losses(patient: Patient) -> Iterator[Finding]:
    """Each time within a month that commits were gone which had already been told."""
    e = schema.event.c
    asked = select(e.site, e.at, e.detail).where(e.kind == Kind.RESTORED, e.at > patient.clock() - _REMEMBERED)
    with patient.reader.connect() as conn, conn.begin():
        found = [(r.site, r.at, r.detail["lost"]) for r in conn.execute(asked.order_by(e.at)) if "lost" in r.detail]
    for site, at, lost in found:
        yield warn(
            f"{site}: at {at:%Y-%m-%d %H:%M} UTC the database had lost {lost['known'] - lost['after']} changes or more"
            " (a standby that lagged, or an old file): numbers given in them are void, later ones leave a gap"
        )
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
        yield warn("PostgreSQL waits for no standby (synchronous_standby_names): one that takes over may lag behind")
    elif followed:
        yield ok(f"PostgreSQL waits for its standby ({waited_for})")
