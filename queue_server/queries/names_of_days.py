"""What services and counters were called on a day of the past."""

from datetime import date

from sqlalchemy import Connection

from ..store import structures


class NamesOfDays:
    """What services and counters were called on a service day, by the structure that it ended with.

    Days before the first recorded structure are told by that one.
    """

    def __init__(self, conn: Connection, site: str) -> None:
        self._conn, self._site = conn, site
        self._of: dict[date, tuple[dict[str, str], dict[str, str]]] = {}

    def __call__(self, day: date, service: str, counter: str | None) -> tuple[str, str]:
        """The names of a service and a counter; the id where the record knows none."""
        if day not in self._of:
            found = structures.on_day(self._conn, self._site, day) or structures.version(self._conn, self._site, 1)
            document = found.document if found else {}
            services = {one["id"]: one["name"]["id"] for one in document.get("services", ())}
            self._of[day] = services, {one["id"]: one["name"] for one in document.get("counters", ())}
        services, counters = self._of[day]
        return services.get(service, service), counters.get(counter or "", counter or "")
