"""What the running server has noticed of the proxy in front of it, kept beside the data for ``doctor``."""

import contextlib
import json
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import structlog

from ..serving.origin import Lack
from .checks import Patient
from .findings import Finding, bad, warn

FILE = "proxy.json"
_AGAIN = timedelta(minutes=1)  # a flood of refused requests is one line in the log and one write a minute
_REMEMBERED = timedelta(days=1)
_MOST = 300  # characters that are kept of what a client wrote

_TEXTS = {
    Lack.PROTO: "proxy_silent",
    Lack.TRUST: "proxy_untrusted",
    Lack.HOST: "proxy_host",
    Lack.NAME: "proxy_name",
}

log = structlog.get_logger()


@dataclass
class Watch:
    """Hears from the door what is lacking. Begins with nothing: the proxy may have been put right meanwhile."""

    data: Path
    clock: Callable[[], datetime]
    last_told: dict[Lack, datetime] = field(default_factory=dict)
    noted: dict[str, dict[str, str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        with contextlib.suppress(OSError):
            (self.data / FILE).unlink(missing_ok=True)

    def __call__(self, lack: Lack, said: str) -> None:
        """Note it, and say it in the log."""
        now = self.clock()
        if lack in self.last_told and now - self.last_told[lack] < _AGAIN:
            return
        self.last_told[lack] = now
        if lack is not Lack.NAME:
            log.warning("proxy_lacks", lack=lack.value, said=said[:_MOST])
        self.noted[lack.value] = {"at": now.isoformat(), "said": said[:_MOST]}
        fresh = self.data / f"{FILE}.{os.getpid()}"
        with contextlib.suppress(OSError):
            fresh.write_text(json.dumps(self.noted))
            fresh.replace(self.data / FILE)


def proxy(patient: Patient) -> Iterator[Finding]:
    """What the proxy in front lacks, as the running server last noticed it."""
    try:
        noted = json.loads((patient.data / FILE).read_text())
        found = [(Lack(key), datetime.fromisoformat(v["at"]), str(v["said"])) for key, v in noted.items()]
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return
    for lack, at, said in found:
        if patient.clock() - at > _REMEMBERED:
            continue
        tell = bad if lack in (Lack.PROTO, Lack.TRUST) else warn
        yield tell(_TEXTS[lack], said=said, at=f"{at:%Y-%m-%d %H:%M}")
