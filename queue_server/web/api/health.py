"""The health of server and machine, for whoever keeps them."""

from typing import Any

from flask import Blueprint

from ...domain.errors import Code, QueueError
from ...domain.rights import Act, require_health
from ..http.endpoint import PREFIX, Asked, endpoint

bp = Blueprint("health", __name__, url_prefix=PREFIX)


@endpoint(bp, "GET", "/health", act=Act.SEE_HEALTH, reply="health")
def get_health(asked: Asked) -> Any:
    """What ``doctor --json`` says, at most a minute old: the gravest first."""
    require_health(asked.actor, asked.house.perform.sites)
    found = asked.house.examine()
    if found is None:
        raise QueueError(Code.BUSY)
    return found
