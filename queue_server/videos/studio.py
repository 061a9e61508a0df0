"""Where the server has a video encoded anew: one at a time, in a folder that is gone afterwards."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import structlog

from ..domain.errors import Code, QueueError
from . import envelope
from .bounds import FILM, KEPT_BYTES_PER_S, OUTCOME, POSTER, REASONS, SOURCE, WANTED, Refused

log = structlog.get_logger()

_CPU_S = 900  # of one video: what a hall's smallest PC takes for the longest, and more
_WITHIN_S = 1800  # a hall that calls all the time comes first
_MOST_SAID = 4096
_PIECE = 256 * 1024
_EBML = b"\x1a\x45\xdf\xa3"


@dataclass(frozen=True, slots=True)
class Made:
    """A video as it was encoded anew: the film, still in its folder, and the picture that stands for it."""

    film: Path
    poster: bytes
    ms: int
    sound: bool
    width: int
    height: int

    def parts(self, size: int) -> Iterator[bytes]:
        """The film, so many bytes at a time."""
        with self.film.open("rb") as file:
            while part := file.read(size):
                yield part


class Studio:
    """Takes one video at a time; whoever comes meanwhile is told ``busy``."""

    def __init__(self) -> None:
        self._lock = threading.Lock()

    @contextmanager
    def folder(self) -> Iterator[Path]:
        """A folder to receive a video in. Raises ``busy`` while another one is worked on."""
        if not self._lock.acquire(blocking=False):
            raise QueueError(Code.BUSY, retry_after_s=30)
        try:
            folder = Path(tempfile.mkdtemp(prefix="antrean-video-"))
            try:
                yield folder
            finally:
                shutil.rmtree(folder, ignore_errors=True)
        finally:
            self._lock.release()


def receive(read: Callable[[int], bytes], folder: Path, most_bytes: int, length: int | None) -> None:
    """Write what comes into a studio's folder. ``length``: as its sender says; None: in chunks, cut at the limit.

    Raises ``payload_too_large`` for more than that many bytes.
    """
    left = most_bytes
    with (folder / SOURCE).open("wb") as file:
        while piece := read(_PIECE):
            left -= len(piece)
            if left < 0 or (left == 0 and length is None):
                raise QueueError(Code.PAYLOAD_TOO_LARGE)
            file.write(piece)


def look_at(folder: Path, type: str, most_s: int) -> None:
    """Raises ``invalid`` for what is no video by its first look (``envelope.py``)."""
    try:
        envelope.check(folder / SOURCE, type)
    except Refused as refused:
        _refuse(str(refused), most_s)


def encoded_anew(folder: Path, type: str, most_s: int) -> Made:
    """What the worker makes of the file in that folder. Raises ``invalid`` with one of ``REASONS``.

    Whatever becomes of the worker, a video was refused: nothing that it did not declare whole is believed.
    """
    (folder / WANTED).write_text(json.dumps({"type": type, "most_s": most_s, "cpu_s": _CPU_S}))
    _let_work(folder)
    outcome = folder / OUTCOME
    try:
        said = json.loads(outcome.read_bytes()[:_MOST_SAID])
    except (OSError, ValueError):
        _refuse("video_too_heavy", most_s)  # it was ended: by its bounds, or by what it was made to do
    if "refused" in said:
        _refuse(said["refused"], most_s)
    film = folder / FILM
    with film.open("rb") as file:
        begins, size = file.read(4), file.seek(0, os.SEEK_END)
    if begins != _EBML or size > most_s * KEPT_BYTES_PER_S:
        _refuse("video_too_heavy", most_s)
    poster = (folder / POSTER).read_bytes()
    return Made(film, poster, int(said["ms"]), bool(said["sound"]), int(said["width"]), int(said["height"]))


def _let_work(folder: Path) -> None:
    own = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH") if name in os.environ}  # and no secret
    command = [sys.executable, "-I", "-m", "queue_server.videos.worker"]
    environment = {**own, "LANG": "C.UTF-8", "OPENBLAS_NUM_THREADS": "1"}
    with (folder / "log").open("wb") as said:
        worker = subprocess.Popen(
            command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=said, stderr=said
        )
        try:
            ended = worker.wait(_WITHIN_S)
        except subprocess.TimeoutExpired:
            ended = None
        finally:
            worker.kill()
            worker.wait()
    words = (folder / "log").read_bytes()[:_MOST_SAID].decode(errors="replace").strip()
    if ended != 0 or words:
        log.warning("video_worker", ended=ended, said=words)


def _refuse(reason: str, most_s: int) -> None:
    known = reason if reason in REASONS else "no_video"
    raise QueueError(Code.INVALID, field="file", reason=known, most=most_s)
