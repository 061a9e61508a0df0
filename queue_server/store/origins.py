"""Reading from where visitors came: answers by month, agency, service and kecamatan."""

from sqlalchemy import Connection, func, select

from .survey_schema import origin_answer

Cell = tuple[str, str | None, str | None, str]  # month, agency, service, origin
_o = origin_answer.c


def counted(conn: Connection, site: str, first: str, last: str) -> dict[Cell, int]:
    """How many have left the urn, from a month to a month (``YYYY-MM``)."""
    of = (_o.month, _o.agency, _o.service, _o.origin)
    at = (_o.site == site, _o.month >= first, _o.month <= last)
    rows = conn.execute(select(*of, func.count()).where(*at).group_by(*of))
    return {(month, agency, service, origin): many for month, agency, service, origin, many in rows}


def by_origin(conn: Connection, site: str, before: str) -> dict[str, int]:
    """origin -> answers of all months before that one."""
    at = (_o.site == site, _o.month < before)
    return {row[0]: row[1] for row in conn.execute(select(_o.origin, func.count()).where(*at).group_by(_o.origin))}
