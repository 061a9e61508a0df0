"""Notices as documents: those that are not over, for screens; and all that are kept, for those who write them."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from ..documents.notices import KeptNotice, Notice, Notices, NoticeState
from ..domain import notice as rules
from ..domain.errors import Code, QueueError
from ..domain.rights import Act, may
from ..domain.roles import Actor
from ..store import accounts, notices
from .kept import Moved, Things, kept
from .snapshot import Snapshot

_SHOWN_OVER = timedelta(days=30)


def _same(things: Things, moved: Moved) -> Things:
    return things


@kept(_same)
def _all_notices(view: Snapshot) -> list[rules.Notice]:
    """Read once, and again when one changed; a hall that never had one is asked for none."""
    return notices.of_site(view.conn, view.site.id, after=view.now) if view.notices_at else []


def to_tell(view: Snapshot) -> list[Notice]:
    """All that are not over, those to come with them: a screen shows each in its time by itself."""
    return _documents(one for one in _all_notices(view) if not one.is_over(view.now))


def on_phone(view: Snapshot, service: str) -> list[Notice]:
    """Those for the phones of who waits for a service: the hall's and its agency's."""
    known = view.site.named(service)
    agency = known.agency if known else None
    return [one for one in to_tell(view) if "phone" in one["where"] and one["agency"] in (None, agency)]


def in_public(view: Snapshot) -> list[rules.Notice]:
    """Those that a public page shows now."""
    all = _all_notices(view)
    return rules.in_order([one for one in all if "public" in one.where and one.shows(view.now)])


def register(view: Snapshot, reader: Actor) -> Notices:
    """All that are kept for those who write them, within the reader's agencies; by state, as they are told."""
    kept = notices.of_site(view.conn, view.site.id, after=view.now - _SHOWN_OVER) if view.notices_at else []
    names = accounts.names(view.conn) if kept else {}
    mine = [one for one in kept if one.agency is None or reader.for_agency(one.agency)]
    listed = [_kept(view, one, reader, names) for one in rules.in_order(mine)]
    order = ("running", "planned", "over")
    return {"site": view.site.id, "notices": sorted(listed, key=lambda one: order.index(one["state"]))}


def one_kept(view: Snapshot, id: str, reader: Actor) -> KeptNotice:
    """One of them. Raises ``not_found``."""
    one = notices.get(view.conn, view.site.id, id)
    if one is None:
        raise QueueError(Code.NOT_FOUND)
    return _kept(view, one, reader, accounts.names(view.conn))


def _kept(view: Snapshot, one: rules.Notice, reader: Actor, names: dict[str, str]) -> KeptNotice:
    act = Act.NOTIFY_ALL if one.agency is None or one.urgent else Act.NOTIFY
    return {
        **document(one),
        "version": one.version,
        "state": _state(one, view.now),
        "by": names.get(one.by),
        "at": one.at.isoformat(),
        "can": may(reader, act, view.site.id, one.agency),
    }


def _state(one: rules.Notice, now: datetime) -> NoticeState:
    if one.is_over(now):
        return "over"
    return "running" if one.shows(now) else "planned"


def _documents(all: Iterable[rules.Notice]) -> list[Notice]:
    return [document(one) for one in rules.in_order(list(all))]


def document(one: rules.Notice) -> Notice:
    """One as everybody may see it."""
    return {
        "id": one.id,
        "text": dict(one.text),
        "where": [place for place in rules.PLACES if place in one.where],
        "zones": list(one.zones),
        "agency": one.agency,
        "from": one.begins.isoformat(),
        "until": one.ends.isoformat() if one.ends else None,
        "urgent": one.urgent,
    }
