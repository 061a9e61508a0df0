"""Notices as they stand: read for documents, written by ``record()`` as their events left them."""

from datetime import datetime

from sqlalchemy import Connection, delete, select

from ..domain.notice import Notice
from .notice_schema import notice
from .numbers import upsert

_n = notice.c
_FIELDS = tuple(column.name for column in notice.columns if column.name != "site")
_NOTICES = select(*(_n[name] for name in _FIELDS))


def of_site(conn: Connection, site: str, after: datetime | None = None) -> list[Notice]:
    """All of a site that nobody ended; ``after``: without those that were over by then."""
    asked = _NOTICES.where(_n.site == site)
    if after is not None:
        asked = asked.where(_n.ends.is_(None) | (_n.ends > after))
    return [_read(row) for row in conn.execute(asked.order_by(_n.begins, _n.id))]


def get(conn: Connection, site: str, id: str) -> Notice | None:
    """The one of that id, if nobody ended it."""
    row = conn.execute(_NOTICES.where(_n.site == site, _n.id == id)).first()
    return _read(row) if row else None


def write(conn: Connection, site: str, id: str, left: Notice | None) -> None:
    """It stands so from now on; None: it is gone."""
    if left is None:
        conn.execute(delete(notice).where(_n.site == site, _n.id == id))
        return
    values = {name: getattr(left, name) for name in _FIELDS}
    values |= {"text": dict(left.text), "where": list(left.where), "zones": list(left.zones)}
    made = upsert(conn, notice).values(site=site, **values)
    changes = {name: value for name, value in values.items() if name != "id"}
    conn.execute(made.on_conflict_do_update(index_elements=["site", "id"], set_=changes))


def _read(row: object) -> Notice:
    values = dict(row._mapping)  # type: ignore[attr-defined]
    values |= {"where": tuple(values["where"]), "zones": tuple(values["zones"])}
    return Notice(**values)
