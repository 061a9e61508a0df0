"""A session or device that ends takes its sockets with it, within two seconds, whoever ended it.

The command line runs beside the server and other processes may serve the same database, so nobody could be told: a look
a second at the revision of accounts, and at the sockets' credentials only when it has moved, when a socket is new, or
when the oldest session has had its time.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

import structlog

from ..house import House
from ..queries import identity
from ..store.ids import token_hash
from ..web.http.auth import SESSION_LASTS

LOOK_EVERY_S = 1

log = structlog.get_logger()


@dataclass
class Leases:
    """What each socket stands on: the hash of a session's or a device's token."""

    held: dict[str, str] = field(default_factory=dict)  # sid -> hash
    fresh: bool = False  # somebody came since the last look

    def take(self, sid: str, token: str | None) -> None:
        """The socket ends when this credential does."""
        if token:
            self.held[sid] = token_hash(token)
            self.fresh = True

    def give_back(self, sid: str) -> None:
        """The socket has gone."""
        self.held.pop(sid, None)


class Watch:
    """Looks after the leases; ``disconnect`` ends a socket by its sid."""

    def __init__(self, house: House, leases: Leases, disconnect: Callable[[str], None]) -> None:
        self._house, self._leases, self._disconnect = house, leases, disconnect
        self._revision: tuple[int, int] | None = None
        self._oldest: datetime | None = None  # when the first of the held sessions began

    def run(self) -> None:
        """Watch for ever; a database that cannot be read now is asked again in a second."""
        while True:
            time.sleep(LOOK_EVERY_S)
            try:
                self.look()
            except Exception:
                log.exception("revocation_check_failed")

    def look(self) -> None:
        """End the sockets whose session or device has ended."""
        if not self._leases.held:
            return
        revision, began_after = identity.accounts_revision(self._house.reader), self._house.clock() - SESSION_LASTS
        expired = self._oldest is not None and self._oldest <= began_after
        if revision == self._revision and not self._leases.fresh and not expired:
            return
        self._leases.fresh = False
        held = dict(self._leases.held)
        try:
            sessions, devices = identity.still_valid(self._house.reader, set(held.values()), began_after)
        except Exception:
            self._leases.fresh = True  # nobody was looked at
            raise
        for sid in (sid for sid, own in held.items() if own not in sessions and own not in devices):
            self._leases.give_back(sid)
            self._disconnect(sid)
        self._revision, self._oldest = revision, min(sessions.values(), default=None)
