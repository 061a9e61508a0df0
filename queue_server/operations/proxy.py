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
from .checks import Finding, Patient, bad, warn

FILE = "proxy.json"
_AGAIN = timedelta(minutes=1)  # a flood of refused requests is one line in the log and one write a minute
_REMEMBERED = timedelta(days=1)
_MOST = 300  # characters that are kept of what a client wrote

log = structlog.get_logger()

_SAID = {
    Lack.PROTO: "a proxy serves {said} but does not send X-Forwarded-Proto: nobody can sign in or act through it"
    " (nginx: proxy_set_header X-Forwarded-Proto $scheme)",
    Lack.TRUST: "a proxy for {said} is not named in [server] trusted_proxies: nobody can sign in or act through it",
    Lack.HOST: "pages of {said} are refused, since they ask for another host: a stranger's page, or a proxy that does"
    " not pass the Host on (nginx: proxy_set_header Host $http_host)",
    Lack.NAME: "visitors come through a proxy as {said}, but QUEUE_PUBLIC_URL is not set: a kiosk that does not come"
    " through it prints another address (QUEUE_PUBLIC_URL={said})",
}


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
        line = f"{_SAID[lack].format(said=said)}; last seen {at:%Y-%m-%d %H:%M} UTC"
        yield bad(line) if lack in (Lack.PROTO, Lack.TRUST) else warn(line)
