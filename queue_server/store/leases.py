"""Leases: who has something for a while, by the database's clock alone, which every process sees the same.

A machine's own clock is never asked. Should the database's jump forward, a lease ends early and another takes it: the
fence then keeps the one that was overtaken from moving anything. Should it jump back, a lease that would last longer
than leases do is none.
"""

from datetime import timedelta
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, and_, type_coerce
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

_MICROSECOND = timedelta(microseconds=1)


class _DatabaseNow(FunctionElement[int]):
    """The database's clock in whole microseconds since 1970, as an ``Instant`` is stored."""

    type = BigInteger()
    inherit_cache = True


@compiles(_DatabaseNow, "sqlite")
def _of_sqlite(_element: Any, _compiler: Any, **_options: Any) -> str:
    return "CAST((julianday('now') - 2440587.5) * 86400000000.0 AS INTEGER)"


@compiles(_DatabaseNow, "postgresql")
def _of_postgresql(_element: Any, _compiler: Any, **_options: Any) -> str:
    return "CAST(extract(epoch FROM clock_timestamp()) * 1000000 AS BIGINT)"


def lasting(span: timedelta) -> ColumnElement[int]:
    """The end of a lease of that span that is taken now."""
    return _DatabaseNow() + span // _MICROSECOND


def in_force(until: ColumnElement[Any], span: timedelta) -> ColumnElement[bool]:
    """Whether a lease of that span, which ends at ``until``, holds now."""
    ends = type_coerce(until, BigInteger)
    return and_(until.is_not(None), ends > _DatabaseNow(), ends <= lasting(span))
