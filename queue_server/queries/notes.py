"""What staff wrote about a visitor, for whoever goes on with them."""

from ..documents.desk import Note
from ..store import accounts, events
from .snapshot import Snapshot
from .ticket import iso


def notes_of(view: Snapshot, ticket: str) -> list[Note]:
    """Those that are still kept, with their writers, the first one first."""
    found = events.notes(view.conn, ticket)
    names = {by: accounts.name_of(view.conn, by) for _, by, _, _ in found if by}
    return [{"at": iso(at), "by": names.get(by or ""), "counter": at_, "text": text} for at, by, at_, text in found]
