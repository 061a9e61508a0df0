"""Today's figures, per service and counter."""

from typing import Any

from ...reports.measures import today
from .visit import Visit


def show(visit: Visit) -> dict[str, Any]:
    """The report within the account's agencies."""
    account = visit.account
    figures = visit.house.read(visit.site, lambda view: today(view, account.actor.agencies))
    return {"data": visit.data(report=figures, account=visit.of_account(account))}
