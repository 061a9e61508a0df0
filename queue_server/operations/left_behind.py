"""Looked for each minute: counters still open for somebody who may not work there, days still open at sites of before.

A command that disables an account may stop halfway, or an older version did; a site leaves the configuration while
its counters are open. The cleaning up that was due then is done here.
"""

import time
from collections.abc import Callable

import structlog
from sqlalchemy import select

from ..commands import leaving
from ..domain.rights import Act, may
from ..perform import Performer
from ..queries.snapshot import Reader
from ..store import accounts, schema, site_leases
from ..store.transaction import ALL_SITES

EVERY_S = 60.0
FIRST_AFTER_S = site_leases.LEASE.total_seconds()  # by then every server that runs has said which sites it serves

log = structlog.get_logger()


def run(perform: Performer, reader: Reader, process: str, sleep: Callable[[float], None] = time.sleep) -> None:
    """Look for ever; what cannot be done now is tried again in a minute.

    No site is left before every other server had time to say that it serves it: after a power cut all start at once.
    """
    began = time.monotonic()
    while True:
        try:
            hold_sites(perform, process)
            clear_counters(perform, reader)
            if time.monotonic() - began > FIRST_AFTER_S:
                clear_sites(perform, reader)
        except Exception:
            log.exception("left_behind_failed")
        sleep(EVERY_S)


def hold_sites(perform: Performer, process: str) -> None:
    """Say that this process serves its sites. On SQLite nobody needs to be told: one server has the file to itself."""
    if perform.engine.dialect.name != "sqlite":
        with perform.aside() as conn:
            site_leases.hold(conn, process, perform.sites)


def clear_counters(perform: Performer, reader: Reader) -> None:
    """Close the counters of accounts that were disabled, or may not work there any more. Raises as a command."""
    with reader.connect() as conn, conn.begin():
        found = {site for site, _, agency, who in accounts.holders(conn) if not may(who, Act.WORK, site, agency)}
    for site in sorted(found & perform.sites.keys()):
        perform(site, leaving.vacate_left)


def clear_sites(perform: Performer, reader: Reader) -> None:
    """Leave the sites that are no longer in the configuration, nor in another server's. Raises as a command."""
    s, c, now = schema.site.c, schema.counter.c, perform.clock()
    held = select(c.site).where(c.officer.is_not(None))
    over = s.day.is_not(None) & s.day_closed.is_(False) & (s.last_at < now - leaving.OVER_AFTER)
    rests = (s.id != ALL_SITES, s.last_at < now - leaving.RESTS_AFTER, s.id.in_(held) | over)
    with reader.connect() as conn, conn.begin():
        found = set(conn.execute(select(s.id).where(*rests)).scalars())
        served = site_leases.held(conn)
    for site in sorted(found - perform.sites.keys() - served.keys()):
        perform(site, leaving.leave_site)
