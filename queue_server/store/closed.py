"""Files that are their owner's alone, as far as a disk can: FAT, exFAT and many network disks keep no modes."""

import contextlib
from pathlib import Path

OTHERS = 0o077  # what group and everybody else may do


def close_to_others(path: Path) -> bool:
    """Keep a file or folder for its owner; whether nobody else can read it now.

    A disk without modes refuses, or agrees and does nothing: no reason to go without a backup, but one to say so.
    """
    with contextlib.suppress(OSError):
        path.chmod(0o700 if path.is_dir() else 0o600)
    return not path.stat().st_mode & OTHERS
