"""``queue-server doctor``: asks everything, each question for itself, and never changes the data."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from ..domain.errors import Code
from ..settings import Settings, warnings
from ..store import engine as store
from ..store.database_errors import code_of
from . import (
    checks,
    following,
    keeping_private,
    losses,
    network,
    proxy,
    sealed,
    silent,
    site_files,
    timekeeping,
    wording,
)
from .checks import Patient
from .findings import Finding, bad, ok, warn

_OF_THE_DATABASE = (checks.durability, checks.pages, checks.rows, losses.losses, losses.standby, checks.clock)
_OF_THE_HALL = (
    *(site_files.files, checks.stranded, checks.overseers, sealed.seals, wording.words),
    *(silent.screens, following.followers, following.servers, keeping_private.personal),
)
_OF_THE_MACHINE = (timekeeping.timekeeping, checks.flush, checks.disk, checks.secrecy, checks.backup_age)
_OF_THE_NETWORK = (network.address, proxy.proxy, network.port, network.certificate)


def examine(settings: Settings, data: Path, clock: Callable[[], datetime], full: bool = False) -> Iterator[Finding]:
    """Every finding, one after the other. A question that cannot be asked is a finding too."""
    url = settings.server.database_url or store.database_url(data)
    doubts = warnings(settings, clock().date())
    said = warn("doubts", n=len(doubts), command="queue-server check") if doubts else ok("configuration")
    yield replace(said, id="configuration")
    there = not store.is_sqlite(url) or store.database_file(url).exists()
    if not there:
        yield replace(bad("database", data=data), id="database")
        yield from _asked(_OF_THE_NETWORK, Patient(settings, data, url, store.open_reader("sqlite://"), clock, full))
        return
    reader = store.open_reader(url, store.LOCK_WAIT_S)
    try:
        patient = Patient(settings, data, url, reader, clock, full)
        if (silent := checks.unanswered(patient)) is not None:
            yield replace(silent, id="postgresql")  # and no question after another waits for the same
            yield from _asked((*_OF_THE_MACHINE, *_OF_THE_NETWORK), patient)
            return
        yield from _asked(
            (checks.sqlite_version, *_OF_THE_DATABASE, *_OF_THE_HALL, *_OF_THE_MACHINE, *_OF_THE_NETWORK), patient
        )
    finally:
        reader.dispose()


def _asked(questions: tuple[Callable[[Patient], Iterator[Finding]], ...], patient: Patient) -> Iterator[Finding]:
    for question in questions:
        for finding in _answers(question, patient):
            yield replace(finding, id=question.__name__)


def _answers(question: Callable[[Patient], Iterator[Finding]], patient: Patient) -> Iterator[Finding]:
    try:
        yield from question(patient)
    except Exception as error:  # a damaged database must not keep the other questions from being asked
        if code_of(error) is Code.BUSY:
            yield bad("asked_busy", question=question.__name__)
        else:
            said = f"{type(error).__name__}: {str(error).splitlines()[0][:200]}"
            yield bad("asked_failed", question=question.__name__, said=said)
