"""Tells an enrolled screen what somebody wants of it: from the record, whichever process it is connected to."""

import threading
from collections import deque
from collections.abc import Callable
from typing import Any

import structlog

from ..documents.devices import Ask
from ..domain.events import Kind
from ..domain.fold import Event
from . import rooms

log = structlog.get_logger()


def asked(event: Event) -> list[tuple[str, Ask]]:
    """(device, what it is told) of an event; of most, nothing. A screen that is revoked is told as it is cut off."""
    detail = event.detail
    if event.kind == Kind.DEVICE_ASKED:
        return [(detail["device"], {"id": event.revision, "act": detail["act"], "test": detail.get("test")})]
    return []


class DevicePublisher:
    """One worker for all devices: what it is handed goes out in that order, to the screens of this process."""

    def __init__(self, emit: Callable[[str, Any, str], None]) -> None:
        self._emit = emit
        self._due: deque[tuple[str, Ask]] = deque()
        self._wake = threading.Event()

    def put(self, events: list[Event]) -> None:
        """Take over a commit's events; returns at once."""
        for event in events:
            self._due.extend(asked(event))
        if self._due:
            self._wake.set()

    def run(self) -> None:
        """Tell for ever."""
        while True:
            self._wake.wait()
            self._wake.clear()
            while self._due:
                device, ask = self._due.popleft()
                try:
                    self._emit("ask", ask, rooms.device(device))
                except Exception:
                    log.exception("ask_failed", act=ask["act"])
