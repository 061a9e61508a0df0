"""``doctor``'s question to the running server: which enrolled screens of today does it not hear any more?"""

import http.client
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

from prometheus_client.parser import text_string_to_metric_families

from ..domain.absence import Place
from ..interfaces import is_loopback
from ..queries.alarms import absent
from ..queries.snapshot import reading
from ..reach import ANYWHERE
from .checks import Patient
from .findings import Finding, ok, warn
from .presence import Listening, listens_on

_SEEN = "antrean_screen_last_seen_seconds"
_WITHIN_S = 5


def screens(patient: Patient) -> Iterator[Finding]:
    """Whether every enrolled screen that was there today is there."""
    running = listens_on(patient.data)
    if running is None:
        return  # nobody hears anything; another line says so
    server = patient.settings.server
    try:
        heard = _heard(_figures(running, server.metrics_token))
    except (OSError, http.client.HTTPException) as error:
        yield warn("screens_unheard", why=error)
        return
    now, silent = patient.clock(), 0
    for site in patient.settings.sites.values():
        with reading(patient.reader, patient.structures, site.id, now) as view:
            gone = absent(view, {place: at for place, at in heard.items() if place.site == site.id})
        for _, since, due, name in gone:
            if due <= now:
                silent += 1
                last = since.astimezone(site.timezone)
                yield warn("screen_silent", site=site.id, name=name, last=f"{last:%H:%M}")
    if heard and not silent:
        yield ok(f"every enrolled screen that was heard today still is ({len(heard)})")


def _figures(running: Listening, token: str | None) -> str:
    """The server's figures, asked for on this machine, past any proxy. Raises OSError if they cannot be had."""
    host = running.host
    if host in ANYWHERE:
        host = "::1" if ":" in host else "127.0.0.1"
    line = http.client.HTTPConnection(host, running.port, timeout=_WITHIN_S)
    try:
        line.request("GET", "/metrics", headers={"Authorization": f"Bearer {token}"} if token else {})
        answer = line.getresponse()
        text = answer.read().decode()
    finally:
        line.close()
    if answer.status == http.client.FORBIDDEN and not is_loopback(host):
        raise PermissionError(f"it listens on {host} only, where it tells its figures to whoever knows metrics_token")
    if answer.status != http.client.OK:
        raise OSError(f"it answered {answer.status}")
    return text


def _heard(figures: str) -> Mapping[Place, datetime]:
    """Every enrolled screen that the server heard since it started, and when."""
    families = [one for one in text_string_to_metric_families(figures) if one.name == _SEEN]
    return {
        Place(sample.labels["device"], sample.labels["site"], ""): datetime.fromtimestamp(sample.value, UTC)
        for family in families
        for sample in family.samples
    }
