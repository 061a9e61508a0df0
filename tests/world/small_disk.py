"""A real file system with little room, for as long as a test needs it; root alone may mount one, itself or by sudo."""

import contextlib
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

from tests.world.lacking import lacking

_AS_ROOT = [] if os.geteuid() == 0 else ["sudo", "-n"]


@contextlib.contextmanager
def mounted(place: Path, size: str) -> Iterator[Path]:
    """An empty disk of that size (``"4m"``) at ``place``."""
    place.mkdir()
    command = [*_AS_ROOT, "mount", "-t", "tmpfs", "-o", f"size={size},mode=1777", "tmpfs", place]
    try:
        subprocess.run(command, capture_output=True, check=True)
    except (FileNotFoundError, subprocess.CalledProcessError) as error:
        lacking(f"only root may mount a small disk ({error})")
    try:
        yield place
    finally:
        subprocess.run([*_AS_ROOT, "umount", "--lazy", place], check=True)


def fill(place: Path, leave: int = 0) -> Path:
    """Somebody's holiday videos: not a byte is left, or about as many as ``leave`` says."""
    videos = place / "videos"
    with videos.open("wb", buffering=0) as file:
        for size in (65536, 4096, 1):
            with contextlib.suppress(OSError):
                while os.statvfs(place).f_bavail * os.statvfs(place).f_frsize > leave:
                    file.write(bytes(size))
    return videos
