"""Whether the last closed days are as they were sealed: ``verify``, of a few days at every look."""

from collections.abc import Iterator

from ..store.transaction import ALL_SITES
from . import sealing
from .checks import Patient
from .findings import Finding, bad, ok

_DAYS = 2  # of each hall: a day has some thousand events


def seals(patient: Patient) -> Iterator[Finding]:
    """Which of the last days was altered, or has lost its seal; with ``--full`` every day."""
    well, count = True, 0
    for site in (*patient.settings.sites, ALL_SITES):
        named = "server" if site == ALL_SITES else site
        with patient.reader.connect() as conn, conn.begin():
            asked = sealing.verify(conn, site) if patient.full else sealing.verify_last(conn, site, _DAYS)
            found = list(asked)
            missing = [one.day for one in sealing.unsealed(conn, site) if one.missing]
        count += len(found)
        for day in (one.seal.day for one in found if one.why is not None):
            well = False
            yield bad("seals_altered", site=named, day=day, command=f"queue-server verify --from {day} --to {day}")
        for day in missing:
            well = False
            yield bad("seals_missing", site=named, day=day, command="queue-server verify")
    if well:
        yield ok(f"{count} closed days are as they were sealed")
