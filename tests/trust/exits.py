"""Named points at which the server ends as by ``kill -9``, once: armed by a file, so that a test chooses when.

``TEST_SABOTAGE=trust.exits.before_commit`` and so on: the server dies at that point of the first command after the file
``ARMED`` was made in its data folder, and removes it first, so that its successor lives.
"""

import os
import sys
from pathlib import Path
from typing import Any

ARMED = "die-once"


def _end() -> None:
    """End now if that is asked for: no tidying up, no buffer flushed, no socket closed in order."""
    mark = Path(sys.argv[sys.argv.index("--data") + 1]) / ARMED
    if mark.exists():
        mark.unlink()
        os._exit(9)


def before_commit() -> None:
    """Everything is written, nothing is promised."""
    _before_commit_of(follower=False)


def before_follower_commit() -> None:
    """A follower has written what follows from a command, and not moved its cursor."""
    _before_commit_of(follower=True)


def _before_commit_of(follower: bool) -> None:
    from sqlalchemy import Connection

    commit = Connection.commit

    def end_and_commit(self: Any) -> None:
        if (sys._getframe(1).f_code.co_name == "aside") is follower:
            _end()
        commit(self)

    Connection.commit = end_and_commit


def after_commit() -> None:
    """It is on the disk, and nobody has been told."""
    from queue_server.perform import Performer

    tell = Performer._tell

    def end_and_tell(self: Any, tx: Any) -> None:
        _end()
        tell(self, tx)

    Performer._tell = end_and_tell


def before_emit() -> None:
    """The publisher has it, the screens do not."""
    from queue_server.live.publish import SitePublisher

    step = SitePublisher.step

    def end_and_step(self: Any) -> None:
        if self._committed:
            _end()
        step(self)

    SitePublisher.step = end_and_step


def before_reply() -> None:
    """All is done but for the answer."""
    from queue_server.perform import Performer

    whole = Performer.__call__

    def call_and_end(self: Any, *args: Any, **options: Any) -> Any:
        answer = whole(self, *args, **options)
        _end()
        return answer

    Performer.__call__ = call_and_end


def key_apart() -> None:
    """The mistake: effect and key in two transactions, and the end comes between them."""
    from queue_server import perform

    store, carry_out, late = perform._store, perform.Performer._carry_out, []
    perform._store = lambda *what, **how: late.append((what, how))

    def carry_out_and_end(self: Any, *args: Any) -> Any:
        answer = carry_out(self, *args)
        while late:
            _end()
            (tx, key, reply), how = late.pop()
            with self.engine.begin() as tx.conn:
                store(tx, key, reply, **how)
        return answer

    perform.Performer._carry_out = carry_out_and_end
