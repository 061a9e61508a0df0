"""Sign in, and choose a counter."""

from typing import Any

from flask import request

from ..http.auth import signed_in
from .visit import Visit


def show(visit: Visit) -> dict[str, Any]:
    """Where to go afterwards: to a page of ours, or nowhere in particular."""
    wanted = request.args.get("next", "")
    local = wanted.startswith("/") and not wanted.startswith(("//", "/\\"))
    account = visit.of_account(signed_in(visit.house))
    return {"data": visit.data(next=wanted if local else None, account=account)}
