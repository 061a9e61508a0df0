"""The heartbeat: what every screen hears every ten seconds, so that a lost last message heals by itself."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

import structlog

from ..queries.snapshot import Snapshot
from . import rooms

log = structlog.get_logger()


def document(view: Snapshot, build: str) -> dict[str, Any]:
    """Where the site stands, the server's time and build."""
    return {**view.stamp(), "last_call": view.last_call, "now": view.now.isoformat(), "build": build}


def run(
    sites: Iterable[str],
    read: Callable[[str, Callable[[Snapshot], Any]], Any],
    emit: Callable[[str, Any, str], None],
    build: str,
    sleep: Callable[[float], None],
    clock: Callable[[], datetime],
) -> None:
    """Beat for ever: each second one tenth of a site's sockets."""
    while True:
        slot = int(clock().timestamp()) % rooms.BEATS
        for site in sites:
            try:
                emit("beat", read(site, lambda view: document(view, build)), rooms.beat(site, slot))
            except Exception:
                log.exception("beat_failed", site=site)
        sleep(1)
