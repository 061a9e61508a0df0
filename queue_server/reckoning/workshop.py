"""The one process beside a server in which figures are reckoned: started when somebody asks, and kept while they do."""

import contextlib
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from io import FileIO
from typing import Any

import structlog

from ..domain.errors import Code, QueueError
from . import parcel

log = structlog.get_logger()

_AGAIN_S = 5
_FAREWELL_S = 2
_HANDED_ON = ("PATH", "LD_LIBRARY_PATH", "HOME", "TZDIR", "PYTHONTZPATH")  # and what PostgreSQL's driver reads


@dataclass(frozen=True, slots=True)
class _Process:
    popen: "subprocess.Popen[bytes]"
    asks: FileIO
    tells: FileIO


class Broken(RuntimeError):
    """A question that went wrong over there; the message is the trace of it."""


class Workshop:
    """Hands a question to its process and waits for the answer. One at a time (``reports/period_reader.py``)."""

    def __init__(self) -> None:
        self._process: _Process | None = None

    def __call__(self, job: Callable[[], Any]) -> Any:
        """What the question's answer is. Raises what it raised; ``busy`` if its process ended over it."""
        sent = parcel.wrapped(job)
        answer = self._asked(sent) or self._asked(sent)  # the first had gone home meanwhile
        if answer is None:
            raise QueueError(Code.BUSY, retry_after_s=_AGAIN_S)
        how, what = answer
        if how == "refused":
            raise QueueError(what[0], **what[1])
        if how == "failed":
            raise Broken(what[1])
        return what

    def prepare(self) -> None:
        """Start the process, if none waits: somebody is about to ask, and its imports take a second or three.

        While a question is answered nobody may call this. Where no process can be had, the asker will be told.
        """
        process = self._taken()
        if process is not None and process.popen.poll() is not None:  # it went home meanwhile
            _end(process)
            process = None
        with contextlib.suppress(OSError):
            self._process = process or _started()

    def close(self) -> None:
        """Let the process go home."""
        if (process := self._taken()) is not None:
            _end(process)

    def _asked(self, sent: bytes) -> Any:
        """The answer; None: the process had ended before it read the question. Raises ``busy``."""
        try:
            process = self._taken() or _started()
        except OSError as error:  # no memory, or no more processes
            log.warning("report_worker", failed=str(error))
            raise QueueError(Code.BUSY, retry_after_s=_AGAIN_S) from None
        try:
            answer = _exchanged(process, sent)
        except BaseException as error:
            ended = _end(process)  # what it still says would be taken for the next answer
            if isinstance(error, BrokenPipeError) or (isinstance(error, EOFError) and ended == 0):
                return None
            if not isinstance(error, OSError | EOFError):
                raise
            log.warning("report_worker", ended=ended)
            raise QueueError(Code.BUSY, retry_after_s=_AGAIN_S) from None
        if (other := self._taken()) is not None:
            _end(other)
        self._process = process
        return answer

    def _taken(self) -> _Process | None:
        """The process that waits. It is nobody else's until it is put back: a question that was given up goes on."""
        process, self._process = self._process, None
        return process


def _exchanged(process: _Process, sent: bytes) -> Any:
    """Ask, and wait for the answer. Raises BrokenPipeError where nobody reads the question, EOFError for no answer."""
    rest = memoryview(sent)
    while rest:
        rest = rest[process.asks.write(rest) or 0 :]
    return parcel.received(process.tells)


def _end(process: _Process) -> int:
    with contextlib.suppress(OSError):
        process.asks.close()  # it goes home at that
    try:
        process.popen.wait(_FAREWELL_S)
    except subprocess.TimeoutExpired:
        process.popen.kill()
    process.tells.close()
    return process.popen.wait()


def _started() -> _Process:
    own = {name: value for name, value in os.environ.items() if name in _HANDED_ON or name.startswith("PG")}
    environment = {**own, "LANG": "C.UTF-8", "OPENBLAS_NUM_THREADS": "1"}
    command = [sys.executable, "-I", "-m", "queue_server.reckoning.worker"]
    # Pipes of our own, read and written as they are: those of ``subprocess`` belong to green threads where the server
    # has any, which wait for ever at a pipe that nobody reads any more.
    (its_asked, asks), (tells, its_told) = os.pipe(), os.pipe()
    try:
        popen = subprocess.Popen(command, env=environment, stdin=its_asked, stdout=its_told)
    except BaseException:
        os.close(asks)
        os.close(tells)
        raise
    finally:
        os.close(its_asked)
        os.close(its_told)
    return _Process(popen, FileIO(asks, "wb"), FileIO(tells, "rb"))
