"""``doctor``'s question whether what is personal is kept no longer than it may be, and can be read while it is."""

import os
from collections.abc import Iterator
from pathlib import Path

from ..domain.privacy import NAMED_FOR, months_before
from ..store import accounts, purging, urn
from ..store.key_file import lock_of
from ..store.keyring import Keyring
from ..store.urn_keys import FOLDER, UrnKeys
from .checks import Patient
from .findings import Finding, bad, ok, warn
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
        answers = sum(urn.lost(conn, UrnKeys(patient.data), site) for site in patient.settings.sites)
    shut = _in_the_way(ring.file, patient.data)
    found = [
        *([] if believed else [warn("purge_clock")]),
        *([warn("purge_late", n=late, command=_PURGE)] if late else []),
        *([warn("purge_accounts", n=named, command=_PURGE)] if named else []),
        *([warn("keys_lost", n=lost, file=patient.keys)] if lost else []),
        *([warn("texts_plain", n=plain)] if plain else []),
        *([warn("answers_lost", n=answers)] if answers else []),
        *([bad("keys_unwritable", file=shut, command=f"chown --reference={patient.data} {shut}")] if shut else []),
    ]
    yield from found or [ok("what is personal is sealed, and nothing is kept beyond its time")]


def _in_the_way(file: Path, data: Path) -> Path | None:
    """What the server may not write of that which a new key needs: then no note, reason or code is taken in."""
    whole = os.R_OK | os.W_OK
    needed = {file.parent: whole | os.X_OK, lock_of(file): whole, file: os.R_OK, data / FOLDER: whole | os.X_OK}
    user = data.stat().st_uid  # the server's: doctor may be asked by root, who may do anything
    return next((path for path, mode in needed.items() if path.exists() and not _may(path, mode, user)), None)


def _may(path: Path, mode: int, user: int) -> bool:
    if os.geteuid() == user:
        return os.access(path, mode)
    stat = path.stat()
    return (stat.st_mode >> (6 if stat.st_uid == user else 0)) & mode == mode
