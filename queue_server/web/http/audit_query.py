"""What somebody who checks the record asks for, as it stands in an address."""

from datetime import UTC, date, datetime
from typing import NoReturn
from zoneinfo import ZoneInfo

from ...domain.audit import Position, kinds_of, read_position
from ...domain.errors import Code, QueueError
from ...domain.numbering import normalise
from ...queries.audit import Asked
from .query_values import text


def asked() -> Asked:
    """Days from and to, both within; who, kind (or a group of them), counter, number. Raises ``invalid``."""
    first, last, kind, number = _day("from"), _day("to"), text("kind"), text("number")
    if first and last and first > last:
        raise QueueError(Code.INVALID, field="to")
    kinds = kinds_of(kind) if kind else None
    if kind and kinds is None:
        raise QueueError(Code.INVALID, field="kind")
    typed = (normalise(number) or number.upper()) if number else None
    return Asked(first, last, kinds, text("who"), text("counter"), typed)


def before() -> Position | None:
    """Where the page before ended. Raises ``invalid``."""
    written = text("before")
    found = read_position(written) if written else None
    if written and (found is None or _date(found.day) is None):
        raise QueueError(Code.INVALID, field="before")
    return found


def _day(name: str) -> date | None:
    said = text(name)
    found = _date(said) if said else None
    if said and found is None:
        raise QueueError(Code.INVALID, field=name)
    return found


def _date(written: str) -> date | None:
    """The date, if it is one that a day can follow."""
    try:
        found = date.fromisoformat(written)
    except ValueError:
        return None
    return found if 1 < found.year < 9999 else None


def instant(zone: ZoneInfo) -> datetime | None:
    """``at``: an instant in ISO 8601, without an offset a time at the site; None where nothing is said."""
    said = text("at")
    if said is None:
        return None
    try:
        found = datetime.fromisoformat(said)
        found = found if found.tzinfo is not None else found.replace(tzinfo=zone)
        return found.astimezone(UTC) if _date(found.date().isoformat()) else _refuse("at")
    except ValueError:
        return _refuse("at")


def day() -> date | None:
    """``day``, if it is said. Raises ``invalid``."""
    return _day("day")


def _refuse(field: str) -> NoReturn:
    raise QueueError(Code.INVALID, field=field) from None
