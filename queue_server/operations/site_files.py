"""Whether the site files say what is in force: a hall that is edited on screen has a file that does not know it."""

from collections.abc import Iterator

from ..domain.structure import digest_of
from ..store import structures
from ..store.structure import site_row
from ..store.structures import Version
from .checks import Finding, Patient, ok, warn


def files(patient: Patient) -> Iterator[Finding]:
    """Which site file is not in force, and how to see the difference."""
    other = 0
    for site, document in patient.settings.documents.items():
        holds, late = _in_force(patient, site)
        for version in late:
            other += 1
            yield warn(
                f"{site}: version {version.version} of the structure was to take effect on {version.from_day} and did"
                " not, since this release does not accept it: save it again on the page of services and hours"
            )
        if not patient.settings.began_here and holds is not None and holds.digest != digest_of(document):
            other += 1
            file = patient.settings.files[site]
            yield warn(
                f"{site}: {file} is not what is in force (version {holds.version}, of {holds.at:%Y-%m-%d}, by "
                f"{holds.source}): queue-server structure diff {file}; then structure apply, or export over it"
            )
    if not other:
        yield ok("every site file says what is in force")


def _in_force(patient: Patient, site: str) -> tuple[Version | None, list[Version]]:
    """The version that holds, and those that should have taken effect by now."""
    with patient.reader.connect() as conn, conn.begin():
        row = site_row(conn, site)
        if row is None:
            return None, []
        waiting = structures.pending(conn, site)
        late = [one for one in waiting if one.from_day and row.day and one.from_day <= row.day]
        return structures.version(conn, site, row.structure), late
