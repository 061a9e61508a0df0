"""What those who answer for a hall write down beside its days: targets, and how many complaints came."""

from collections.abc import Sequence

from ..domain import complaints, districts, targets
from ..domain.day import local_date
from ..domain.errors import Code, QueueError
from ..domain.events import Kind
from ..domain.rights import Act, require
from ..store import registers
from ..store.transaction import Transaction, record


def set_targets(tx: Transaction, wanted: Sequence[targets.Target], based_on: str | None = None) -> None:
    """Let these be the targets, all of them; the same again changes nothing.

    ``based_on``: the version that was looked at. Raises ``targets_changed`` if it is another by now, and ``invalid``.
    """
    require(tx.actor, Act.SET_TARGETS, tx.site_id)
    last = registers.last_targets(tx.conn, tx.site_id)
    if based_on is not None and based_on != registers.version_of(last):
        raise QueueError(Code.TARGETS_CHANGED)
    written = [one.written() for one in targets.checked(wanted)]
    if written != (last.detail["targets"] if last else []):
        record(tx, Kind.TARGETS_SET, detail=targets.TargetsSet(targets=written))


def count_complaints(tx: Transaction, count: complaints.Count) -> None:
    """Of those that came in a month by one way, so many are in work and done; the same again changes nothing.

    Raises ``forbidden`` for another agency's, and for the hall's from an account with agencies; ``invalid``.
    """
    require(tx.actor, Act.COUNT_COMPLAINTS, tx.site_id, count.agency)
    if count.agency is None and tx.actor.agencies:
        raise QueueError(Code.FORBIDDEN)
    detail = complaints.checked(count, tx.config.agencies, local_date(tx.config, tx.now))
    if count not in [one for one, _ in registers.complaints_of(tx.conn, tx.site_id)]:
        record(tx, Kind.COMPLAINTS_COUNTED, detail=detail)


def set_districts(
    tx: Transaction,
    said: Sequence[districts.District],
    source: str | None,
    year: int | None,
    based_on: str | None = None,
) -> None:
    """Let this be what is known of the kecamatan, all of it; the same again changes nothing.

    ``based_on``: the version that was looked at. Raises ``districts_changed`` if it is another by now, and ``invalid``.
    """
    require(tx.actor, Act.SET_DISTRICTS, tx.site_id)
    last = registers.last_districts(tx.conn, tx.site_id)
    if based_on is not None and based_on != registers.version_of(last):
        raise QueueError(Code.DISTRICTS_CHANGED)
    detail = districts.checked(said, source, year, tx.config.origins.districts)
    if last is None or detail != last.detail:
        record(tx, Kind.DISTRICTS_SET, detail=detail)
