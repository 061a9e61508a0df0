"""The browser's profile: it holds the device's enrolment and what a display has already spoken. It must be usable."""

import contextlib
import json
import os
import shutil
import signal
import socket
import tempfile
import time
from pathlib import Path

from telling import log

NEEDED = 100 * 1024 * 1024  # bytes free on the profile's disk; below that what can be fetched again is thrown away
CACHES = ("Default/Cache", "Default/Code Cache", "Default/GPUCache", "GrShaderCache", "ShaderCache", "Crash Reports")
MEMORY = Path("/dev/shm")  # noqa: S108 - each profile there is a folder of its own, made for this user alone
TRIAL = b" " * 1_000_000  # what a disk must still take


def profile_folder() -> Path:
    """Where the profile is kept."""
    state = os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state"
    return Path(state) / "antrean-browser"


def made_ready(profile: Path) -> Path:
    """The profile, usable; one in memory if its disk takes nothing more (the address enrols the device anew)."""
    try:
        profile.mkdir(parents=True, exist_ok=True)
        unlock(profile)
        if shutil.disk_usage(profile).free < NEEDED:
            for cache in CACHES:
                shutil.rmtree(profile / cache, ignore_errors=True)
        with tempfile.TemporaryFile(dir=profile) as trial:
            trial.write(TRIAL)
            trial.flush()
        ask_nothing(profile)
    except OSError as error:
        memory = MEMORY if os.access(MEMORY, os.W_OK) else Path(tempfile.gettempdir())
        log(f"the profile in {profile} cannot be used ({error}): one in {memory} for this time")
        return Path(tempfile.mkdtemp(prefix="antrean-browser-", dir=memory))
    return profile


def unlock(profile: Path) -> None:
    """Take away the lock of a browser that is gone, as after a power cut or a changed host name; end one of ours."""
    lock = profile / "SingletonLock"
    if lock.is_symlink():
        host, _, process = os.readlink(lock).rpartition("-")
        if host == socket.gethostname() and process.isdigit() and _uses(int(process), profile):
            log(f"ends the browser {process} that still holds the profile")
            _end(int(process))
    for name in ("SingletonLock", "SingletonCookie", "SingletonSocket"):
        (profile / name).unlink(missing_ok=True)


def _uses(process: int, profile: Path) -> bool:
    try:
        return str(profile) in Path(f"/proc/{process}/cmdline").read_text(errors="replace")
    except OSError:
        return False


def _end(process: int) -> None:
    for how in (signal.SIGTERM, signal.SIGKILL):
        with contextlib.suppress(ProcessLookupError):
            os.kill(process, how)
            for _ in range(50):
                time.sleep(0.1)
                os.kill(process, 0)


def ask_nothing(profile: Path) -> None:
    """After a power cut Chromium would ask whether to restore pages; nobody is there to answer."""
    kept = profile / "Default" / "Preferences"
    try:
        preferences = json.loads(kept.read_text())
        preferences.setdefault("profile", {}).update(exit_type="Normal", exited_cleanly=True)
    except FileNotFoundError:
        return
    except (ValueError, AttributeError):
        log("the browser's preferences are unreadable: it begins with new ones")
        kept.unlink()
        return
    kept.write_text(json.dumps(preferences))


def set_aside(profile: Path) -> None:
    """Begin with a new profile: no browser can use this one, or so it seems."""
    broken = _broken(profile)
    shutil.rmtree(broken, ignore_errors=True)
    with contextlib.suppress(OSError):
        profile.rename(broken)
        log(f"the profile seems broken: a new one; the old one is {broken}")


def put_back(profile: Path) -> None:
    """It was not the profile: a new one was no better."""
    with contextlib.suppress(OSError):
        shutil.rmtree(profile, ignore_errors=True)
        _broken(profile).rename(profile)
        log("a new profile is no better: the old one again")


def _broken(profile: Path) -> Path:
    return profile.with_name(f"{profile.name}.broken")
