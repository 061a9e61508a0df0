"""Whether anybody has set this machine's clock: a PC without a battery wakes on Tuesday and believes it is Monday.

Its clock then stands where it was put aside, just after the last event: nothing in the data contradicts it. Only the
system knows that no time server has been heard since (adjtimex(2); systemd-timesyncd, chrony and ntpd all tell it).
"""

import ctypes
import json
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import structlog

from .backup import write
from .checks import Patient
from .findings import Finding, ok, warn
from .presence import is_running

STARTED = (
    "started.json"  # in the data folder: when the server was started, and whether by a clock that somebody had set
)
_UNSET = 0x40  # STA_UNSYNC
_HARDWARE = Path("/sys/class/rtc")

log = structlog.get_logger()


class _Timex(ctypes.Structure):
    """The beginning of Linux's struct timex, and room for the rest."""

    _fields_ = (
        ("modes", ctypes.c_uint),
        *((name, ctypes.c_long) for name in ("offset", "freq", "maxerror", "esterror")),
        ("status", ctypes.c_int),
        ("rest", ctypes.c_char * 512),
    )


def is_set() -> bool | None:
    """Whether a time server has set the clock since the machine started; None where the system does not say."""
    timex = _Timex()  # modes 0: only asks
    try:
        state = ctypes.CDLL(None, use_errno=True).adjtimex(ctypes.byref(timex))
    except (AttributeError, OSError):
        return None  # no Linux
    return None if state < 0 else not timex.status & _UNSET


def note_start(data: Path, now: datetime) -> None:
    """Remember by which clock the server starts; a disk that is full must not stop that."""
    known = is_set()
    if known is False:
        log.warning("clock_not_set", at=now.isoformat(), what_to_do="compare it with a watch; queue-server doctor")
    try:
        write(data / STARTED, {"at": now.isoformat(), "clock_set": known})
    except OSError as error:
        log.warning("start_not_noted", why=str(error))


def timekeeping(patient: Patient) -> Iterator[Finding]:
    """Whether the clock was set by anybody, now and when the running server started; what it shows in the halls."""
    known, began = is_set(), _started(patient.data) if is_running(patient.data) else None
    zones = {hall.timezone for hall in patient.settings.sites.values()}
    shows = ", ".join(sorted(f"{patient.clock().astimezone(zone):%Y-%m-%d %H:%M %Z}" for zone in zones))
    if known is False:
        yield warn("time_unset" if _keeps_time() else "time_unset_dead", shows=shows)
    elif known:
        yield ok(f"a time server has set the clock: {shows}")
    if known and began is not None and began[1] is False:
        yield warn("time_set_since", at=f"{began[0].astimezone(UTC):%Y-%m-%d %H:%M}")


def _keeps_time() -> bool:
    return _HARDWARE.is_dir() and bool(os.listdir(_HARDWARE))


def _started(data: Path) -> tuple[datetime, bool | None] | None:
    try:
        kept = json.loads((data / STARTED).read_text())
        return datetime.fromisoformat(kept["at"]), kept["clock_set"]
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return None
