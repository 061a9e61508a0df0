"""What an entry of the audit trail tells beside its columns, in the reader's words and the hall's time."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from ... import formats
from ...documents.audit import AuditEntry
from ...domain.boxes import boxes
from ...domain.events import Kind
from ...domain.roles import STAFF
from ...domain.site import LANGUAGES, Service, Site
from ...printing.slip import wait_words
from ...texts import fill

BYS = (  # what did it, or how
    *("next", "number", "day_closed", "clock", "site_removed", "kiosk", "visitor", "system", "carried", "late"),
    "not_open",
)
# What has a name of its own on the page: every key of every event's detail is here, or left out below, or told by the
# entry's own columns (``domain/audit.py``). The structure's own keys, as they lie in its file, have none.
FIELDS = (
    *("by", "class", "people", "language", "walk_in", "came_at", "called_at", "served_at", "finished_at", "outcome"),
    *("quantity", "transactions", "missing", "waiting", "to", "wish", "officer", "until", "since", "at", "day"),
    *("shifts", "scope", "issuing", "notice", "confirmed", "services", "quota", "alarm", "level", "changes"),
    *("counters", "structure", "version", "from_day", "roles", "sites", "agencies", "agency", "organisation", "ended"),
    *("kind", "name", "zone", "counter", "act", "verb", "service"),
    *("text", "where", "zones", "begins", "ends", "urgent", "bytes", "width", "height", "ms", "sound", "entries"),
    *("told", "booking", "callable_from", "carried_from", "instead", "entered_later", "declared", "weights", "order"),
    *("targets", "month", "channel", "received", "in_work", "done"),
    *("made_at", "lost", "holds", "voice", "test", "suggested", "expected"),
    *("quarter", "result", "period", "element", "who", "due", "proof", "medium", "districts", "year"),
)
# What means nothing to a reader, or stands in the entry already: of which seconds an estimate was made, where a request
# came from, that a note was written, why a number was refused, on which version a structure was built.
LEFT_OUT = frozenset(("expected_s", "origin", "noted", "code", "based_on", "source", "replaces"))
_INSTANTS = (
    *("came_at", "called_at", "served_at", "finished_at", "until", "since", "begins", "ends", "made_at"),
    *("callable_from", "at"),
)
_DAYS = ("day", "from_day", "due")
_ENDS = ("begins", "ends")
_ID = re.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_MISSING = "kurang-"  # an outcome of this beginning names a paper


@dataclass(frozen=True, slots=True)
class Words:
    """How a page in this language tells of this site."""

    site: Site
    lang: str
    texts: Mapping[str, str]

    def changes(self, entry: AuditEntry) -> list[tuple[str, Any, Any]]:
        """(what, before, after) of an entry, in the order in which the record tells it; None: nothing was before."""
        before: Mapping[str, Any] = entry["before"] or {}
        after: Mapping[str, Any] = entry["after"] or {}
        keys = [key for key in dict.fromkeys((*before, *after)) if key not in LEFT_OUT]
        return [(key, self._said(entry, key, before.get(key)), self._said(entry, key, after.get(key))) for key in keys]

    def _said(self, entry: AuditEntry, key: str, value: Any) -> Any:
        """A value in words; what has none is told as it lies in the record."""
        if value is None or (entry["kind"] == Kind.STRUCTURE_SAVED and key not in _DAYS):
            return value
        service = self.site.services.get(entry["service"] or "")
        tell: dict[str, Callable[[Any], Any]] = {
            **dict.fromkeys(_INSTANTS, lambda at: self._moment(entry, at)),
            **dict.fromkeys(_DAYS, self._day),
            **{"to": self._service, "service": self._service, "agency": self._agency, "roles": self._roles},
            **{"services": self._services, "agencies": self._agencies},
            **{"booking": lambda one: self._booking(entry, one)},
            **{"told": self._wait, "outcome": lambda code: self._outcome(service, code), "language": self._language},
            **{"missing": lambda ids: self._papers(service, ids), "carried_from": lambda _: True},
            **{"transactions": lambda done: self._done(service, done), "instead": self._instead},
            **{"scope": self._scope, "text": self._text, "shifts": self._shifts, "lost": self._lost, "by": self._by},
            **{"targets": lambda listed: [" ".join(map(str, one)) for one in listed]},
            **{"result": self._result, "districts": self._districts},
            **{"done": lambda one: self._day(one) if isinstance(one, str) else one},  # a day, or how many complaints
            **{"wish": self._counter, "counter": self._counter},
            **{"suggested": lambda act: self.texts[f"audit_suggested_{act}"], "expected": self._expected},
            **{"entries": lambda turns: [self._turn(entry, one) for one in turns]},
            **{"bytes": lambda n: f"{formats.decimal(max(0.1, n / 2**20), self.lang)} MB"},
            **{"ms": lambda ms: formats.decimal(ms / 1000, self.lang)},
            **{"issuing": lambda how: self.texts[f"audit_issuing_{how}"]},
            **{"where": lambda places: [self.texts[f"audit_on_{place}"] for place in places]},
        }
        return tell[key](value) if key in tell else value

    def _turn(self, entry: AuditEntry, turn: Mapping[str, Any]) -> str:
        """A picture of the walls in its turn. Of one that is gone meanwhile the record has the id alone."""
        gone = _ID.fullmatch(turn["picture"])
        name = self.texts["audit_picture_gone"] if gone else turn["picture"]
        parts = [fill(self.texts["audit_turn"], {"n": str(turn["seconds"])})]
        parts += [self.texts["audit_turn_sound"]] if turn.get("sound") else []
        parts += [f"{self.texts[f'what_{end}']} {self._moment(entry, turn[end])}" for end in _ENDS if turn.get(end)]
        parts += [f"{self.texts['what_zones']} {', '.join(turn['zones'])}"] if turn.get("zones") else []
        return f"{name} ({', '.join(parts)})"

    def _expected(self, minutes: list[int]) -> str:
        return fill(self.texts["audit_expected"], {"before": str(minutes[0]), "after": str(minutes[1])})

    def _districts(self, listed: list[list[Any]]) -> list[str]:
        """What was written down of each kecamatan."""
        names = self.site.origins.districts
        return [
            f"{names.get(id, id)}: {'–' if km is None else formats.decimal(km, self.lang)} km, "
            f"{'–' if many is None else formats.count(many, self.lang)}"
            for id, km, many in listed
        ]

    def _result(self, one: Mapping[str, Any]) -> str:
        """Of a quarter: the index and its letter, none of too few answers, and how many answered."""
        index = "–" if one["ikm"] is None else f"{formats.hundredths(one['ikm'], self.lang)} {one['letter']}"
        return f"{index}, n {formats.count(one['n'], self.lang)}"

    def _moment(self, entry: AuditEntry, said: Any) -> str:
        """Its time of day at the hall; of another day than the entry's the day too."""
        try:
            at = datetime.fromisoformat(said)
        except (TypeError, ValueError):  # of whom a counter was, an event of oversight tells under the same word
            return str(said)
        here = at.astimezone(self.site.timezone) if at.tzinfo else at
        clock = formats.clock(here)
        return clock if here.date().isoformat() == entry["day"] else f"{self._day(here.date().isoformat())} {clock}"

    def _day(self, said: str) -> str:
        return formats.long_date(date.fromisoformat(said), self.lang)

    def _booking(self, entry: AuditEntry, booking: Mapping[str, Any]) -> str:
        slot = self._moment(entry, booking["slot"])
        return f"{slot}, {self.texts['audit_late']}" if booking.get("late") else slot

    def _wait(self, ends: list[int]) -> str:
        return wait_words(*boxes(*ends), self.texts) or "–"

    def _named(self, texts: Mapping[str, str]) -> str:
        return texts.get(self.lang) or next(iter(texts.values()))

    def _service(self, id: str) -> str:
        found = self.site.services.get(id)
        return self._named(found.name) if found else id

    def _services(self, ids: list[str]) -> list[str]:
        return [self._service(id) for id in ids]

    def _agency(self, id: str) -> str:
        found = self.site.agencies.get(id)
        return found.name if found else id

    def _agencies(self, ids: list[str]) -> list[str]:
        return [self._agency(id) for id in ids]

    def _counter(self, id: str) -> str:
        found = self.site.counters.get(id)
        return found.name if found else id

    def _roles(self, roles: list[str]) -> list[str]:
        return [self._by(role) for role in roles]

    def _by(self, who: str) -> str:
        if who in STAFF:
            return self.texts[f"role_{who}"]
        return self.texts[f"by_{who}"] if who in BYS else who

    def _language(self, lang: str) -> str:
        return self.texts[f"language_{lang}"] if lang in LANGUAGES else lang

    def _paper(self, service: Service | None, id: str) -> str:
        return self._named(service.papers[id]) if service and id in service.papers else id

    def _papers(self, service: Service | None, ids: list[str]) -> list[str]:
        return [self._paper(service, id) for id in ids]

    def _outcome(self, service: Service | None, code: str | None) -> str:
        """The paper that an outcome names, else its code made readable: halls name outcomes as they like."""
        if code is None:
            return "–"
        if code.startswith(_MISSING):
            return fill(self.texts["audit_lacks"], {"paper": self._paper(service, code.removeprefix(_MISSING))})
        plain = code.replace("-", " ").replace("_", " ")
        return plain[:1].upper() + plain[1:]

    def _done(self, service: Service | None, done: list[Mapping[str, Any]]) -> list[str]:
        return [f"{one['quantity']} × {self._outcome(service, one['outcome'])}" for one in done]

    def _instead(self, places: list[Mapping[str, str]]) -> list[str]:
        return [f"{self._service(one['service'])} ({self._day(one['day'])})" for one in places]

    def _scope(self, scope: Mapping[str, str]) -> list[str]:
        tell = {"agency": self._agency, "service": self._service, "counter": self._counter}
        return [tell[what](id) if what in tell else id for what, id in scope.items()] or [self.texts["audit_whole"]]

    def _text(self, said: Any) -> Any:
        return self._named(said) if isinstance(said, Mapping) and said else said

    def _shifts(self, shifts: list[list[str]]) -> list[str]:
        return [f"{self._counter(counter)}: {who} {begins}–{ends}" for counter, who, begins, ends in shifts]

    def _lost(self, lost: Mapping[str, int]) -> str:
        return f"{lost['after'] + 1}–{lost['known']}"
