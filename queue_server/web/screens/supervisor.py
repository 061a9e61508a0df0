"""The whole hall, live."""

from typing import Any

from ...domain.rights import Act, may
from ...queries.hall import hall
from .visit import Visit


def show(visit: Visit) -> dict[str, Any]:
    """The hall within the account's agencies."""
    account, heard = visit.account, visit.house.seen.of(visit.site)
    now = visit.house.read(visit.site, lambda view: hall(view, account.actor.agencies, heard))
    sees_survey = may(account.actor, Act.SEE_SURVEY, visit.site)
    return {"data": visit.data(hall=now, account=visit.of_account(account)), "sees_survey": sees_survey}
