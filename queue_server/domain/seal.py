"""The seal of a closed day: SHA-256 over the seal of the day before and every event of its own, in their order.

A day's digest, once it was seen, tells later whether anything of that day, or of a day before it, was altered,
dropped, added or reordered. Notes, reasons and addresses are kept apart from the record and are no part of it: they
are purged, and every seal holds.

A day is over in the record where an event of another day stands: until then whatever is entered late, from an
outage's paper or as a correction, is the day's own; what is recorded later is of the later day. A day that a
supervisor goes back to is sealed once more, from there on.
"""

import hashlib
import json
from datetime import UTC, datetime, timedelta

from .fold import Event

BEGINNING = ""  # in the place of a digest before the first
_SINCE = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def line(event: Event) -> bytes:
    """An event as it is sealed: ASCII that is the same whichever database keeps it, and after a restore.

    Every field counts. A field that a later release adds stands here only where it has a value, so that older days
    keep their digests.
    """
    place = [event.site, event.epoch, event.revision, event.n]
    when = [(event.at - _SINCE) // _MICROSECOND, event.day.isoformat(), event.clock_suspect]
    what = [event.kind, event.ticket, event.counter, event.service, event.officer, event.by, event.detail]
    return json.dumps([*place, *when, *what], sort_keys=True, separators=(",", ":")).encode() + b"\n"


class Sealing:
    """A day's digest while it is worked out, event by event; ``count``: how many there were so far."""

    def __init__(self, previous: str) -> None:
        """``previous``: the digest of the day before, as hexadecimal; ``BEGINNING`` for the first."""
        self._hash, self.count = hashlib.sha256(f"{previous}\n".encode()), 0

    def add(self, event: Event) -> None:
        """The next event of the day."""
        self._hash.update(line(event))
        self.count += 1

    @property
    def digest(self) -> str:
        """The digest of all that was added, as hexadecimal."""
        return self._hash.hexdigest()
