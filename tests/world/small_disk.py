"""A real file system with little room, for as long as a test needs it; skipped where nobody may mount one."""

import contextlib
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest


@contextlib.contextmanager
def mounted(place: Path, size: str) -> Iterator[Path]:
    """An empty disk of that size (``"4m"``) at ``place``."""
    place.mkdir()
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", place], capture_output=True)
    if done.returncode:
        pytest.skip(f"only root may mount a small disk: {done.stderr.decode().strip()}")
    try:
        yield place
    finally:
        subprocess.run(["umount", "--lazy", place], check=True)


def fill(place: Path, leave: int = 0) -> Path:
    """Somebody's holiday videos: not a byte is left, or about as many as ``leave`` says."""
    videos = place / "videos"
    with videos.open("wb", buffering=0) as file:
        for size in (65536, 4096, 1):
            with contextlib.suppress(OSError):
                while os.statvfs(place).f_bavail * os.statvfs(place).f_frsize > leave:
                    file.write(bytes(size))
    return videos
