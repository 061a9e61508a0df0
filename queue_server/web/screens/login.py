"""Sign in, and choose a counter."""

from typing import Any

from flask import request

from ..http.auth import session_over, signed_in
from .visit import Visit


def show(visit: Visit) -> dict[str, Any]:
    """Where to go afterwards: to a page of ours, or nowhere in particular."""
    wanted = request.args.get("next", "")
    local = wanted.startswith("/") and not wanted.startswith(("//", "/\\"))
    account = signed_in(visit.house)
    own = {"account": visit.of_account(account), "over": session_over(account)}
    return {"data": visit.data(next=wanted if local else None, **own)}
