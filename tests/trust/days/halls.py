"""The halls of the simulated days: both malls as their site files declare them, and one of 40 counters."""

from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from queue_server import settings
from queue_server.domain.site import Site

AGENCIES, COUNTERS_EACH = 8, 5
_HEAD = """
id = "forty"
name = "A hall of forty counters"
timezone = "Asia/Makassar"
finish_on_next = true
[hours]
mon = "07:30-16:00"
tue = "07:30-16:00"
wed = "07:30-16:00"
thu = "07:30-16:00"
fri = "07:30-16:00"
[order]
priority = 3
booked = 1
regular = 2
"""
_AGENCY = """
[[agencies]]
id = "a{n}"
name = "Agency {n}"
[[services]]
id = "quick{n}"
agency = "a{n}"
prefix = "{first}"
name = {{ id = "Quick {n}" }}
target_minutes = 5
quota = {{ regular = 45, priority = 12 }}
[[services]]
id = "long{n}"
agency = "a{n}"
prefix = "{second}"
name = {{ id = "Long {n}" }}
target_minutes = 15
classes = ["regular", "priority", "booked"]
kiosk = {kiosk}
next = ["quick{n}"]
"""
_COUNTER = """
[[counters]]
id = "{id}"
name = "Loket {id}"
agency = "a{n}"
services = [{services}]
"""


@dataclass(frozen=True)
class Plan:
    """A hall and how many visitors come on an ordinary day."""

    site: Site
    visitors: int


def forty(folder: Path) -> Site:
    """Eight agencies with two services and five counters each; quotas, a service only staff issue, weights 3:1:2."""
    parts, letters = [_HEAD], "ABCDEFGHJKLMNPQR"
    for n in range(AGENCIES):
        first, second = letters[2 * n], letters[2 * n + 1]
        parts.append(_AGENCY.format(n=n, first=first, second=second, kiosk=str(n % 4 != 3).lower()))
    for k in range(AGENCIES * COUNTERS_EACH):
        n, both = k // COUNTERS_EACH, f'"quick{k // COUNTERS_EACH}", "long{k // COUNTERS_EACH}"'
        services = [both, f'"quick{n}"', f'"long{n}"', both, both][k % COUNTERS_EACH]
        parts.append(_COUNTER.format(id=k + 1, n=n, services=services))
    (folder / "sites").mkdir(parents=True)
    (folder / "sites" / "forty.toml").write_text("".join(parts))
    return settings.load(folder, environ={}).sites["forty"]


@cache
def declared() -> settings.Settings:
    """Both malls as their site files say; read once."""
    return settings.load(None, environ={})


def plans(folder: Path) -> list[Plan]:
    """All three: 90 visitors a weekday at Lebak, 200 at Pandeglang, 800 in the hall of forty."""
    real = declared().sites
    return [Plan(real["lebak"], 90), Plan(real["pandeglang"], 200), Plan(forty(folder), 800)]


def neighbour(site: Site) -> Site:
    """Another mall in the same database, which nothing here may touch (I-14)."""
    return replace(site, id="neighbour", name="The neighbour", hours=None)
