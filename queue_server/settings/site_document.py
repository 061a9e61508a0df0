"""A hall as a document of the record: the keys of its site file in JSON, whoever wrote them.

One check serves the file, the screen and the shell: what one accepts, the others do.
"""

import json
from collections.abc import Mapping
from datetime import date, time
from functools import lru_cache
from typing import Any

import structlog
from pydantic import ValidationError

from queue_server.settings.holiday_files import NO_CALENDAR, countries
from queue_server.settings.site_checks import mistakes
from queue_server.settings.site_schema import SiteTable
from queue_server.settings.toml_file import Problem, SettingsError, id_at, problems_of

Document = Mapping[str, Any]

log = structlog.get_logger()


def document_of(data: Mapping[str, Any]) -> dict[str, Any]:
    """What a TOML file says, as JSON says it: dates and times become texts of ISO 8601."""
    plain: dict[str, Any] = json.loads(json.dumps(data, default=_text, allow_nan=False))
    return plain


def _text(value: Any) -> str:
    if isinstance(value, date | time):
        return value.isoformat()
    raise TypeError(f"{value!r} has no place in a site file")


def checked(document: Document, file: str = "") -> SiteTable:
    """Read a document as a site file is read; raise :class:`SettingsError` with all its problems."""
    try:
        table = SiteTable.model_validate_json(json.dumps(document))
    except ValidationError as error:
        found = [*problems_of(error, SiteTable, file)]
        raise SettingsError(Problem(file, p.key, p.reason, id_at(p.key, document)) for p in found) from None
    found = [Problem(file, key, reason, id_at(key, document)) for key, reason in mistakes(table)]
    if table.holidays is not None and table.holidays not in countries():
        found.append(Problem(file, "holidays", NO_CALENDAR.format(table.holidays)))
    if found:
        raise SettingsError(found)
    return table


def faults(document: Document) -> list[tuple[str, str]]:
    """(key, reason) of all that is wrong with a document; nothing where it is in order."""
    try:
        checked(document)
    except SettingsError as error:
        return [(problem.key, problem.reason) for problem in error.problems]
    return []


def of_record(document: Document) -> SiteTable:
    """Read a document of the record, which was in order when it was saved.

    A newer release may have saved keys that this one does not know: it goes on without them, and says so.
    """
    return _read(json.dumps(document))


@lru_cache(maxsize=16)  # the same text is the same table: a report looks at many days of few versions
def _read(text: str) -> SiteTable:
    kept = json.loads(text)
    while True:
        try:
            return SiteTable.model_validate_json(json.dumps(kept))
        except ValidationError as error:
            unknown = [e["loc"] for e in error.errors() if e["type"] == "extra_forbidden"]
            if not unknown:
                raise
            log.warning("unknown_keys_of_structure", keys=[".".join(map(str, loc)) for loc in unknown])
            for loc in unknown:
                _drop(kept, loc)


def _drop(table: Any, location: tuple[str | int, ...]) -> None:
    for part in location[:-1]:
        table = table[part]
    del table[location[-1]]
