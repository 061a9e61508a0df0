"""Servers that look for abandoned sites many times a second (``tests/world/serve.py`` applies it before they start)."""

import sys
from pathlib import Path
from typing import Any

LOOKS = "looks"  # beside the database: how often a server has looked


def quick_looks() -> None:
    """No fault: what is looked for each minute is looked for ten times a second, and each look is counted in a file."""
    from queue_server.operations import left_behind

    left_behind.EVERY_S, left_behind.FIRST_AFTER_S = 0.1, 0.0
    really, looks = left_behind.clear_sites, Path(sys.argv[sys.argv.index("--data") + 1]) / LOOKS

    def counted(*given: Any) -> None:
        really(*given)
        looks.write_text(str(int(looks.read_text()) + 1 if looks.exists() else 1))

    left_behind.clear_sites = counted


def quick_looks_without_leases() -> None:
    """What was before: a server takes each site that it does not know for a removed one."""
    from queue_server.store import site_leases

    quick_looks()
    site_leases.held = lambda conn: {}
    site_leases.is_held = lambda conn, site: False
