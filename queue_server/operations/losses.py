"""``doctor``'s question about what the database has lost: a standby that lagged, an old file put back by hand."""

from collections.abc import Iterator
from datetime import timedelta

from sqlalchemy import select

from ..store import schema
from .checks import Finding, Patient, ok, warn

_REMEMBERED = timedelta(days=31)


def losses(patient: Patient) -> Iterator[Finding]:
    """Each time within a month that commits were gone which had already been told."""
    e = schema.event.c
    asked = select(e.site, e.at, e.detail).where(e.kind == "restored", e.at > patient.clock() - _REMEMBERED)
    with patient.reader.connect() as conn, conn.begin():
        found = [(r.site, r.at, r.detail["lost"]) for r in conn.execute(asked.order_by(e.at)) if "lost" in r.detail]
    for site, at, lost in found:
        yield warn(
            f"{site}: at {at:%Y-%m-%d %H:%M} UTC the database had lost {lost['known'] - lost['after']} changes or more"
            " (a standby that lagged, or an old file): numbers given in them are void, later ones leave a gap"
        )
    if not found:
        yield ok("the database has lost nothing that was told")
