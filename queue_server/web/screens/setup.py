"""The first run: whoever has the code from the terminal makes the hall and its first administrator."""

from typing import Any

from ... import first_run
from ...domain.first_run import ZONES
from .visit import Visit


def show(visit: Visit) -> dict[str, Any]:
    """The form; never again once the hall is there."""
    if not visit.house.begins:
        visit.house.refuse_unknown()
    return {"data": visit.data(), "small": first_run.SMALL, "malls": first_run.choices(), "zones": ZONES}
