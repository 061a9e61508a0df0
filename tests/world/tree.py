"""Which files the checks look at: what git has or is about to have, never what a build made."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# The folders whose pages run in a browser; `vendor` and `bundle` are built, not ours.
SCREENS = ("queue_server/web/", "kiosk_ui/", "display_ui/")
# Never looked at where git cannot tell.
BUILT = {".git", ".venv", "node_modules", "vendor", "bundle", "data", "dist", "__pycache__"}
CACHES = {".pytest_cache", ".ruff_cache", ".hypothesis"}


def files(*suffixes: str, under: tuple[str, ...] = ("",)) -> list[Path]:
    """The project's files with one of these endings, in one of these folders, as paths from the root."""
    return [
        Path(name)
        for name in sorted(set(_listed()))
        if name.endswith(suffixes or "") and name.startswith(under) and (ROOT / name).is_file()
    ]


def _listed() -> list[str]:
    """Git's list; where git or its folder is missing (an unpacked archive), all files outside of built folders."""
    command = ["git", "-c", "safe.directory=*", "ls-files", "--cached", "--others", "--exclude-standard"]
    try:
        return subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout.splitlines()
    except (OSError, subprocess.CalledProcessError):
        return list(_walked())


def _walked() -> Iterator[str]:
    for folder, names, found in os.walk(ROOT):
        names[:] = [name for name in names if name not in BUILT | CACHES]
        yield from (str((Path(folder) / name).relative_to(ROOT)) for name in found)


def text(path: Path) -> str:
    """A file's text; bytes that are no text become marks, so that pictures and sounds can be searched too."""
    return (ROOT / path).read_text(encoding="utf-8", errors="replace")
