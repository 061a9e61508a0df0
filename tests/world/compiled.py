"""What SQLAlchemy compiled for one hall serves the next: each test's engines are new, and would compile all anew."""

from typing import Any

from sqlalchemy.engine import Dialect, Engine
from sqlalchemy.engine.default import DefaultDialect
from sqlalchemy.util import LRUCache

_SHARED: Any = LRUCache(4000)


def _like(dialect: Any) -> tuple[Any, ...]:
    """What a compiled statement takes from its dialect."""
    return type(dialect), dialect._json_serializer, dialect._json_deserializer, dialect.server_version_info


def share() -> None:
    """From now on, in this process: a cache's key holds the dialect, and two that are alike are one there."""
    DefaultDialect.__eq__ = lambda self, other: isinstance(other, Dialect) and _like(self) == _like(other)
    DefaultDialect.__hash__ = lambda self: hash(type(self))
    Engine._compiled_cache = property(lambda self: _SHARED, lambda self, own: None)
