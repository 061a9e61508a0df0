"""``doctor``'s question whether what is personal is kept no longer than it may be, and can be read while it is."""

from collections.abc import Iterator

from ..domain.privacy import NAMED_FOR, months_before
from ..store import accounts, purging
from ..store.keyring import Keyring
from .checks import Patient
from .findings import Finding, ok, warn
from .purging import kept_now

_PURGE = "queue-server purge"


def personal(patient: Patient) -> Iterator[Finding]:
    """Whether the purge is late, and whether every text that is still kept has its key."""
    ring, now = Keyring(patient.keys), patient.clock()
    with patient.reader.connect() as conn, conn.begin():
        kept = kept_now(conn, patient.structures, now)
        believed = purging.is_clock_believed(conn, ring, now)
        late = sum(map(kept.is_late, ring.keys.values())) if believed else 0
        named = len(accounts.to_forget(conn, months_before(now, NAMED_FOR + 1), ()))
        lost, plain = purging.unreadable(conn, ring), purging.plain(conn)
    found = [
        *([] if believed else [warn("purge_clock")]),
        *([warn("purge_late", n=late, command=_PURGE)] if late else []),
        *([warn("purge_accounts", n=named, command=_PURGE)] if named else []),
        *([warn("keys_lost", n=lost, file=patient.keys)] if lost else []),
        *([warn("texts_plain", n=plain)] if plain else []),
    ]
    yield from found or [ok("what is personal is sealed, and nothing is kept beyond its time")]
