"""What every table is made of: the one MetaData, an instant, an id."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import BigInteger, MetaData, String
from sqlalchemy.types import TypeDecorator

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


class Instant(TypeDecorator[datetime]):
    """An aware UTC datetime, stored as whole microseconds since 1970: exact, ordered and alike on every store."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> int | None:
        """Microseconds; a naive datetime is a mistake and raises TypeError."""
        return None if value is None else (value - _EPOCH) // _MICROSECOND

    def process_result_value(self, value: int | None, dialect: Any) -> datetime | None:
        """The aware datetime."""
        return None if value is None else _EPOCH + timedelta(microseconds=value)


metadata = MetaData()
Id = String(64)
