"""Whether the site files say what is in force: a hall that is edited on screen has a file that does not know it."""

from collections.abc import Iterator

from ..domain.structure import digest_of
from ..store import structures
from ..store.structure import site_row
from ..store.structures import Version
from .checks import Patient
from .findings import Finding, ok, warn


def files(patient: Patient) -> Iterator[Finding]:
    """Which site file is not in force, and how to see the difference."""
    other = 0
    for site, document in patient.settings.documents.items():
        holds, late = _in_force(patient, site)
        for version in late:
            other += 1
            yield warn("files_late", site=site, version=version.version, day=version.from_day)
        if not patient.settings.began_here and holds is not None and holds.digest != digest_of(document):
            other += 1
            file = patient.settings.files[site]
            about = {"site": site, "file": file, "version": holds.version, "day": f"{holds.at:%Y-%m-%d}"}
            how = f"queue-server structure diff {file}"
            yield warn("files_differ", **about, source=holds.source, command=how)
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
