"""After an unclean stop: is the database still whole? Found out while the hall already works."""

import structlog

from ..domain.errors import Code
from ..store import backup
from ..store import engine as store
from ..web.house import House

log = structlog.get_logger()


def look_for(house: House) -> None:
    """Look through the whole database; if a page is damaged nothing is written any more, and everybody is told why."""
    url = house.perform.engine.url.render_as_string(hide_password=False)
    if not store.is_sqlite(url):
        return  # PostgreSQL looks after its own pages
    # In C, over the whole file: beside the green threads, or the hall would wait for it.
    found = house.off_hub(backup.faults, store.database_file(url), True)
    if found:
        log.error("database_damaged", faults=found[:3])
        house.perform.halted = Code.STORAGE_CORRUPT
    else:
        log.info("database_whole_after_unclean_stop")
