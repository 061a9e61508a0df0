"""Days' sheets made of their events, each by the structure that its day ended with."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from ..domain.site import Site
from ..store import events
from ..store.structures import Document, Structures, Version, versions
from .day_sheet import made
from .sheet import Sheet


class DaysRecorded:
    """What a snapshot tells of a site's days. ``now``: the site as it is, which holds where no version is recorded."""

    def __init__(self, conn: Any, structures: Structures, now: Site) -> None:
        self._conn, self._build, self._now = conn, structures.built, now
        self._versions = [one for one in versions(conn, now.id) if one.in_force_day is not None]  # the latest first
        self._built: dict[int, Site] = {}

    def sheet(self, day: date) -> Sheet:
        """A day's sheet."""
        happened = events.of_days(self._conn, self._now.id, day, day)
        later = events.confirmed_later(self._conn, self._now.id, day, day)
        return made(self.site(day), day, [*happened, *later], self._known(day))

    def site(self, day: date) -> Site:
        """The site as the day ended with it; days before the first recorded structure are told by that one."""
        found = self._on(day)
        if found is None:
            return self._now
        if found.version not in self._built:
            self._built[found.version] = self._build(found.document)
        return self._built[found.version]

    def _on(self, day: date) -> Version | None:
        held = (one for one in self._versions if one.in_force_day is not None and one.in_force_day <= day)
        return next(held, self._versions[-1] if self._versions else None)

    def _known(self, day: date) -> Callable[[str, str], Mapping[str, Any] | None]:
        """What the newest other structure says of an id, one of before that day rather than one of after it."""
        earlier = [one for one in self._versions if one.in_force_day is not None and one.in_force_day <= day]
        documents: list[Document] = [one.document for one in (*earlier, *reversed(self._versions))]

        def known(what: str, id: str) -> Mapping[str, Any] | None:
            return next((one for doc in documents for one in doc.get(what, ()) if one["id"] == id), None)

        return known
