"""What the server counts about itself (Prometheus)."""

import time
from collections import deque
from collections.abc import Callable

import structlog
from prometheus_client import Counter, Gauge, Histogram, disable_created_metrics

disable_created_metrics()  # one line in ten of what is scraped, and nobody asks when a figure was first counted
# Whoever reads the figures makes their lines meanwhile, in this process: five bounds tell as much as fourteen.
_BOUNDS_S = (0.01, 0.05, 0.1, 0.5, 2.0)

COMMANDS = Counter("antrean_events_total", "Events committed", ["site", "kind"])
REQUESTS = Histogram("antrean_request_seconds", "HTTP requests", ["method", "route", "status"], buckets=_BOUNDS_S)
SOCKETS = Gauge("antrean_sockets", "Sockets connected now", ["screen"])
HANDSHAKES = Gauge("antrean_handshakes_waiting", "Screens and phones that wait to be let in")
SEEN = Gauge("antrean_screen_last_seen_seconds", "When an enrolled screen last spoke (Unix time)", ["site", "device"])
NUDGED = Gauge("antrean_message_queue_up", "Whether other processes' nudges are heard (0 without a message queue)")
FOLLOWER_LAG = Gauge("antrean_follower_lag_revisions", "Revisions a follower has yet to read", ["follower", "site"])
FOLLOWER_AT = Gauge("antrean_follower_revision", "The revision a follower has come to", ["follower", "site"])
FOLLOWER_HERE = Gauge("antrean_follower_runs_here", "Whether this process runs the follower", ["follower", "site"])
KIOSK_ALARMS = Counter("antrean_kiosk_alarms_total", "A kiosk issued faster than people can walk")

log = structlog.get_logger()


def kiosk_alarm(per_minute: int) -> Callable[[str], None]:
    """A watch on kiosks: called at each issue, warns when one exceeds ``per_minute``; never refuses."""
    issues: dict[str, deque[float]] = {}

    def issued(kiosk: str) -> None:
        times = issues.setdefault(kiosk, deque(maxlen=per_minute))
        if len(times) == per_minute and time.monotonic() - times[0] < 60:
            KIOSK_ALARMS.inc()
            log.warning("kiosk_issues_fast", kiosk=kiosk)
            times.clear()
        times.append(time.monotonic())

    return issued
