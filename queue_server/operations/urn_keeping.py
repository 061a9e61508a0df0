"""What lies in the urns of months that are over leaves them; keys that nothing needs any more are destroyed.

Reads tell those answers already (``queries/survey.py``), so that nobody waits for this.
"""

import time
from collections.abc import Callable
from datetime import date, timedelta

import structlog

from ..domain.day import local_date
from ..domain.survey_period import Months, month_of
from ..perform import Performer
from ..queries.snapshot import Reader
from ..store import comments, structure, urn
from ..store.urn_keys import UrnKeys

EVERY_S = 600.0
KEPT_FOR = timedelta(days=3)  # a ticket of a month's last day may still be asked whether it has answered

log = structlog.get_logger()


def run(perform: Performer, reader: Reader, keys: UrnKeys, sleep: Callable[[float], None] = time.sleep) -> None:
    """Look again and again; what cannot be done now is tried again later."""
    while True:
        try:
            keep(perform, reader, keys)
        except Exception:
            log.exception("urn_keeping_failed")
        sleep(EVERY_S)


def keep(perform: Performer, reader: Reader, keys: UrnKeys) -> None:
    """Empty the urns of months that are over; delete comments whose time is over; destroy keys. Raises as a command.

    By the halls' service days, which no clock turns back or forth by itself.
    """
    days = _days(perform, reader)
    for site, day in days.items():
        with perform.aside() as conn:
            for month in urn.months_waiting(conn, site):
                if Months(month, month).is_over(day) and keys.get(month) is not None:
                    urn.let_out(conn, keys, site, month, day, over=True)
            comments.forget(conn, site, day)
    if days:
        _destroy(perform, reader, keys, min(days.values()), days)


def _destroy(perform: Performer, reader: Reader, keys: UrnKeys, earliest: date, sites: dict[str, date]) -> None:
    """The keys of months that ended at every hall; what they sealed has left, or can be opened by nobody.

    Also what an old copy holds of months whose keys are long destroyed, once it is put back.
    """
    still = month_of(earliest - KEPT_FOR)
    with reader.connect() as conn, conn.begin():
        known = {month for site in sites for month in urn.months_known(conn, site)}
    for month in [month for month in sorted({*keys.months(), *known}) if month < still]:
        with perform.aside() as conn:
            for site in sites:
                if lost := urn.forget(conn, site, month):
                    log.error("answers_lost", site=site, month=month, many=lost)
        keys.destroy(month)


def _days(perform: Performer, reader: Reader) -> dict[str, date]:
    """site -> its service day, by a clock that does not stand before it; a hall without one has no answers."""
    found = {}
    with reader.connect() as conn, conn.begin():
        for id, site in perform.sites.items():
            row = structure.site_row(conn, id)
            if row is not None and row.day is not None:
                found[id] = min(row.day, local_date(site, perform.clock()))
    return found
