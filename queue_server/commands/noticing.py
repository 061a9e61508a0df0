"""Notices: made, changed, and taken from every screen. The rules about them stand in the domain."""

from dataclasses import replace

from ..domain.errors import Code, QueueError
from ..domain.events import Kind
from ..domain.notice import Notice, NoticeEnded, Said, checked, detail_of, is_as_roomy, require_room
from ..domain.rights import Act, require
from ..store import notices
from ..store.ids import new_id
from ..store.transaction import Transaction, record


def make(tx: Transaction, said: Said) -> str:
    """Tell visitors something, from a moment on; its id.

    Raises ``forbidden`` for another agency's, and for the hall's or an urgent one from an account with agencies;
    ``invalid``, and ``notices_full`` where as many as a site, an agency or its urgent ones may be are not over.
    """
    _may(tx, said)
    detail = checked(tx.config, new_id(), said, tx.now)
    _has_room(tx, said)
    record(tx, Kind.NOTICE_MADE, detail=detail)
    return detail["id"]


def change(tx: Transaction, id: str, said: Said, based_on: int | None = None, *, begins: bool = True) -> None:
    """It says this, here and then, from now on; the same again changes nothing.

    ``based_on``: the version that was looked at. ``begins``: from when on is said anew, else it stays as it was.
    Raises as ``make``; ``not_found`` for one that somebody ended, and ``notice_changed`` with the newer if it is
    another by now.
    """
    standing = _standing(tx, id, based_on)
    _may(tx, said)
    wanted = said if begins else replace(said, begins=standing.begins)
    detail = checked(tx.config, id, wanted, tx.now)
    if detail == detail_of(standing):
        return
    if standing.is_over(tx.now) or not is_as_roomy(wanted, standing):
        _has_room(tx, wanted)
    record(tx, Kind.NOTICE_CHANGED, detail=detail)


def end(tx: Transaction, id: str, based_on: int | None = None) -> None:
    """Take it from every screen. Raises ``not_found``, ``forbidden``, ``notice_changed``."""
    _standing(tx, id, based_on)
    record(tx, Kind.NOTICE_ENDED, detail=NoticeEnded(id=id))


def _standing(tx: Transaction, id: str, based_on: int | None) -> Notice:
    one = notices.get(tx.conn, tx.site_id, id)
    if one is None:
        raise QueueError(Code.NOT_FOUND)
    _may(tx, one)
    if based_on not in (None, one.version):
        raise QueueError(Code.NOTICE_CHANGED, version=one.version, newer=detail_of(one))
    return one


def _may(tx: Transaction, one: Said | Notice) -> None:
    """Raises ``forbidden``: what the whole hall is told, or told as urgent, needs an account without agencies."""
    wholly = one.agency is None or one.urgent
    require(tx.actor, Act.NOTIFY_ALL if wholly else Act.NOTIFY, tx.site_id, one.agency)


def _has_room(tx: Transaction, said: Said) -> None:
    require_room(notices.of_site(tx.conn, tx.site_id, after=tx.now), said)
