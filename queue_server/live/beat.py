"""The heartbeat: what every screen hears every ten seconds, so that a lost last message heals by itself."""

import time
from collections.abc import Callable, Iterable
from itertools import cycle
from typing import Any

import structlog

from ..documents.board import Beat
from ..queries.snapshot import Snapshot
from . import rooms

log = structlog.get_logger()


def document(view: Snapshot, build: str) -> Beat:
    """Where the site stands, the server's time and build."""
    return {**view.stamp(), "last_call": view.last_call, "now": view.now.isoformat(), "build": build}


def run(
    sites: Iterable[str],
    read: Callable[[str, Callable[[Snapshot], Any]], Any],
    emit: Callable[[str, Any, str], None],
    build: str,
    sleep: Callable[[float], None],
) -> None:
    """Beat for ever: each second one tenth of a site's sockets, in turn, whatever the wall clock does."""
    due = time.monotonic()
    for slot in cycle(range(rooms.BEATS)):
        for site in sites:
            try:
                emit("beat", read(site, lambda view: document(view, build)), rooms.beat(site, slot))
            except Exception:
                log.exception("beat_failed", site=site)
        due += 1
        late = time.monotonic() - due
        sleep(max(-late, 0))
        due += max(late - 1, 0)  # after a pause (a sleeping machine) the missed ones are not made up for
