"""A supervisor takes a suggestion, or declines it: both stand in the record, with what was expected."""

from collections.abc import Sequence

from ..domain.errors import Code, QueueError
from ..domain.events import Kind
from ..domain.rights import Act, require
from ..domain.suggesting import Suggestion
from ..domain.suggestion_events import Suggested
from ..store import counters
from ..store.transaction import Transaction, record


def answer(tx: Transaction, suggestion: Suggestion, among: Sequence[int], *, taken: bool) -> None:
    """Say what becomes of it. Taking it pulls no lever: that is a person's walk, or the lever's own command.

    ``among``: the arrivals of those who wait for its service. Raises ``forbidden``, ``not_found`` for a counter or
    service that there is no more, ``day_closed``.
    """
    post = suggestion.option.post
    if post.id not in tx.config.counters or suggestion.service not in tx.config.services:
        raise QueueError(Code.NOT_FOUND)
    require(tx.actor, Act.STEER, tx.site_id, tx.config.counters[post.id].agency)
    if tx.day is None or tx.day_closed:
        raise QueueError(Code.DAY_CLOSED)
    minutes = [round(suggestion.before_s / 60), round(suggestion.after_s / 60)]
    detail = Suggested(suggestion=suggestion.id, suggested=suggestion.option.act, expected=minutes)
    if not post.services <= {*tx.config.counters[post.id].services}:
        detail["services"] = sorted(post.services)
    if taken:
        detail["among"] = sorted(among)
    record(
        tx,
        Kind.SUGGESTION_TAKEN if taken else Kind.SUGGESTION_DECLINED,
        counter=counters.get(tx.conn, tx.site_id, post.id),
        service=suggestion.service,
        detail=detail,
    )
