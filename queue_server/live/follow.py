"""Every process follows the record: whoever committed, each process's own sockets are told, each commit once, in order.

A process is handed its own commits as they happen. Of others' it learns by a nudge over Redis, or by its own look each
second: Redis says only *that* something happened, never what. So a Redis that is lost, hung or lying makes screens at
other processes a second late, and nothing wrong.
"""

import threading
from collections.abc import Callable
from itertools import groupby

import structlog

from ..domain.errors import QueueError
from ..domain.fold import Event
from ..queries.news import News, Position
from ..store.database_errors import code_of
from ..store.transaction import Transaction

EVERY_S = 1.0

log = structlog.get_logger()


class Follower:
    """Hands a site's commits to ``put``, one by one, and says ``saw(site, *position)`` of the newest it has seen.

    ``behind(site)`` is called when the database stands before what was already handed on: it has lost commits.
    """

    def __init__(
        self,
        site: str,
        news_after: Callable[[str, Position | None], News | None],
        put: Callable[[list[Event]], None],
        saw: Callable[[str, int, int], None],
        behind: Callable[[str], None],
    ) -> None:
        self.site, self._news_after, self._put, self._saw, self._behind = site, news_after, put, saw, behind
        self._at: Position | None = None  # of the newest commit that was handed on
        self._lock, self._wake = threading.Lock(), threading.Event()
        self._waits = False  # for a database that is away

    def committed(self, done: Transaction) -> None:
        """Our own commit. If it is not the next one, another process's comes first and is fetched. Never blocks."""
        with self._lock:
            if self._at == (done.epoch, done.revision - 1):
                self._hand(done.events)
            else:
                self.wake()

    def heard(self, epoch: int, revision: int) -> None:
        """Somebody says that the site has moved on: look, unless that is known. A lie costs a look."""
        at = self._at
        if at is None or at[0] != epoch or at[1] < revision:
            self.wake()

    def wake(self) -> None:
        """Look now."""
        self._wake.set()

    def run(self) -> None:
        """Follow for ever; a database that cannot be read now is asked again in a second."""
        while True:
            self._wake.wait(EVERY_S)
            self._wake.clear()
            try:
                self.look()
                self._waits = False
            except Exception as error:
                self._say(error)

    def _say(self, error: Exception) -> None:
        """What kept us from looking; of a database that is away only once."""
        why = error.code if isinstance(error, QueueError) else code_of(error)  # `behind` is a command
        if why is None:
            log.exception("follow_failed", site=self.site)
        elif not self._waits:
            log.warning("follow_waits", site=self.site, why=why.value)
            self._waits = True

    def look(self) -> None:
        """Hand on what was committed since. The first look begins where the site stands."""
        at = self._at
        news = self._news_after(self.site, at)
        if news is None:
            return
        if at is not None and news.epoch == at[0] and news.revision < at[1]:
            self._behind(self.site)
            return
        with self._lock:
            for _, events in groupby(news.events, key=lambda event: event.revision):
                self._hand(list(events))
            if self._at is None:
                self._at = (news.epoch, news.revision)
        self._saw(self.site, news.epoch, news.revision)

    def _hand(self, events: list[Event]) -> None:
        """With the lock held: what was meanwhile handed on as our own is not handed on again."""
        epoch, revision = events[0].epoch, events[0].revision
        if self._at is not None and self._at[0] == epoch and revision <= self._at[1]:
            return
        self._at = (epoch, revision)
        self._put(events)
