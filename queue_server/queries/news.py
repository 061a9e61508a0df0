"""What was committed since: how a process follows what others have done."""

from dataclasses import dataclass

from ..domain.fold import Event
from ..store import events
from ..store.structure import site_row
from .snapshot import Reader

Position = tuple[int, int]  # epoch, revision


@dataclass(frozen=True, slots=True)
class News:
    """Where a site stands, and the events after a position, oldest first."""

    epoch: int
    revision: int
    events: list[Event]


def news_after(reader: Reader, site: str, position: Position | None) -> News | None:
    """The news after a position; in another epoch all of that epoch's. Without a position none. None: no such site."""
    with reader.connect() as conn, conn.begin():
        row = site_row(conn, site)
        if row is None:
            return None
        if position is None or position == (row.epoch, row.revision):
            return News(row.epoch, row.revision, [])
        after = position[1] if position[0] == row.epoch else 0
        return News(row.epoch, row.revision, events.after(conn, site, row.epoch, after))
