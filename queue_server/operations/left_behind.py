"""Looked for each minute: counters still open for somebody who may not work there, days still open at sites of before.

A command that disables an account may stop halfway, or an older version did; a site leaves the configuration while
its counters are open. The cleaning up that was due then is done here.
"""

import time
from collections.abc import Callable

import structlog
from sqlalchemy import select

from ..commands import leaving
from ..domain.roles import can_hold
from ..perform import Performer
from ..queries.snapshot import Reader
from ..store import accounts, schema
from ..store.transaction import ALL_SITES

EVERY_S = 60.0

log = structlog.get_logger()


def run(perform: Performer, reader: Reader, sleep: Callable[[float], None] = time.sleep) -> None:
    """Look for ever; what cannot be done now is tried again in a minute."""
    while True:
        try:
            clear_counters(perform, reader)
            clear_sites(perform, reader)
        except Exception:
            log.exception("left_behind_failed")
        sleep(EVERY_S)


def clear_counters(perform: Performer, reader: Reader) -> None:
    """Close the counters of accounts that were disabled, or may not work there any more. Raises as a command."""
    with reader.connect() as conn, conn.begin():
        found = {site for site, _, agency, who in accounts.holders(conn) if not can_hold(who, site, agency)}
    for site in sorted(found & perform.sites.keys()):
        perform(site, leaving.vacate_left)


def clear_sites(perform: Performer, reader: Reader) -> None:
    """Leave the sites that are no longer in the configuration. Raises as a command."""
    s, c, now = schema.site.c, schema.counter.c, perform.clock()
    held = select(c.site).where(c.officer.is_not(None))
    over = s.day.is_not(None) & s.day_closed.is_(False) & (s.last_at < now - leaving.OVER_AFTER)
    rests = (s.id != ALL_SITES, s.last_at < now - leaving.RESTS_AFTER, s.id.in_(held) | over)
    with reader.connect() as conn, conn.begin():
        found = set(conn.execute(select(s.id).where(*rests)).scalars())
    for site in sorted(found - perform.sites.keys()):
        perform(site, leaving.leave_site)
