"""The ticket on paper, 58 or 80 mm wide."""

from typing import Any

from flask import request

from ...printing.slip import make_slip
from .visit import Visit


def show(visit: Visit) -> dict[str, Any]:
    """``?width=58`` for narrow paper."""
    ticket = visit.ticket_document()
    data = visit.data(ticket=ticket, width=58 if request.args.get("width") == "58" else 80)
    return {"data": data, "slip": make_slip(ticket, data["site"], data["texts"][data["lang"]], data["lang"])}
