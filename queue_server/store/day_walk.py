"""The days of a table, each found by one look into its index of site and day."""

from typing import Any

from sqlalchemy import Select, Table, bindparam, func, select


def days_in(table: Table) -> Select[Any]:
    """The days from ``:first`` to ``:last`` of which it has rows of ``:site``, oldest first: from one to the next."""
    here, day = table.c.site == bindparam("site"), table.c.day
    first = select(func.min(day).label("day")).where(here, day >= bindparam("first"))
    walk = first.cte("walk", recursive=True)
    after = select(func.min(day)).where(here, day > walk.c.day).scalar_subquery()
    walk = walk.union_all(select(after).where(walk.c.day < bindparam("last")))
    return select(walk.c.day).where(walk.c.day <= bindparam("last"))
