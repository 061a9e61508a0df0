"""What reads sheets and reckons figures: ``python -m queue_server.reckoning.worker``, started by the server.

A year's figures keep Python busy for a second, and whoever shares a process with them waits as long for a call. So they
are reckoned here, one question after another, behind everybody else. It only reads; it ends when nobody has asked for a
while, with the server that started it, and when a question takes too long.
"""

import contextlib
import ctypes
import gc
import os
import resource
import select
import signal
from typing import Any

from ..behind import end_first, step_back
from ..domain.errors import QueueError
from ..serving.process import collect_seldom
from . import parcel

IDLE_S = 1800.0  # a process that waits takes some 90 MB, one that starts two seconds of whoever asks
_CPU_S, _WITHIN_S = 120, 900  # of one question: five years on a hall's smallest PC take less; the hall comes first
_MEMORY = 4 * 1024**3  # of addresses
_STEPS_BACK = 5  # a third of the time where the hall asks for all of it


def main() -> None:
    """Answer what comes by standard input on standard output, until nothing comes."""
    asked, replies = os.fdopen(os.dup(0), "rb", buffering=0), os.fdopen(os.dup(1), "wb", buffering=0)
    os.dup2(2, 1)  # whatever is printed here is a log's
    gc.disable()  # nothing that an import makes is garbage
    _warm()  # not yet behind the others: on a busy PC whoever asked first would wait for half a minute
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # of a terminal that ends the server: then nothing comes any more
    step_back(_STEPS_BACK, {resource.RLIMIT_AS: _MEMORY})
    end_first()
    collect_seldom()
    gc.enable()
    with contextlib.suppress(EOFError, BrokenPipeError):
        while select.select([asked], [], [], IDLE_S)[0]:
            question = parcel.received(asked)
            _end_after(_CPU_S, _WITHIN_S)
            answer = memoryview(_answered(question))
            _end_after(0, 0)
            while answer:
                answer = answer[replies.write(answer) :]
            del question, answer
            _give_back()


def _end_after(cpu_s: int, within_s: int) -> None:
    """By signals that nobody hears: they end the process. 0: not any more."""
    signal.setitimer(signal.ITIMER_PROF, cpu_s)
    signal.setitimer(signal.ITIMER_REAL, within_s)


def _answered(question: Any) -> bytes:
    try:
        return parcel.wrapped(("made", question()))
    except QueueError as refused:
        return parcel.wrapped(("refused", (refused.code, refused.details)))
    except Exception as error:  # whatever it is: the asker's log tells it, and the next question is answered
        import traceback

        return parcel.wrapped(("failed", (repr(error), traceback.format_exc())))


def _give_back() -> None:
    """Let the system have the memory of a year's rows until the next question; only Linux's usual library can."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)


def _warm() -> None:
    """Import what questions need, before one comes."""
    from .. import settings  # noqa: F401
    from ..reports import open_months, period_page, period_reader  # noqa: F401


if __name__ == "__main__":
    main()
