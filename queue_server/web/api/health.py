"""The health of server and machine, for whoever keeps them."""

from typing import Any

from flask import Blueprint

from ...domain.errors import Code, QueueError
from ...domain.rights import Act
from ..http.endpoint import PREFIX, Asked, endpoint

bp = Blueprint("health", __name__, url_prefix=PREFIX)


@endpoint(bp, "GET", "/health", act=Act.SEE_HEALTH, reply="health")
def get_health(asked: Asked) -> Any:
    """What ``doctor --json`` says of the server and the caller's halls, at most a minute old: the gravest first."""
    found = asked.house.health(asked.actor)
    if found is None:
        raise QueueError(Code.BUSY)
    return found
