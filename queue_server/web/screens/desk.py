"""The officer's page of a counter."""

from typing import Any

from ...queries.desk import desk, mine
from .visit import Visit


def show(visit: Visit) -> dict[str, Any]:
    """The desk, and the officer's own day: the desk's figures are those of whoever has it open."""
    account, counter = visit.account, visit.where["counter"]
    here, my_day = visit.house.read(
        visit.site, lambda view: (desk(view, counter, account.actor), mine(view, account.id))
    )
    who = {"officer": visit.of_account(account), "sits": visit.sits(account)}
    return {"data": visit.data(desk=here, mine=my_day, **who)}
