"""The visitor's own ticket."""

from typing import Any

from flask import Response

from ...printing.qr import qr_svg
from .visit import Visit


def show(visit: Visit) -> dict[str, Any]:
    """The ticket, and where it was called to."""
    ticket = visit.ticket_document()
    counter = visit.house.site(ticket["site"]).counters.get(ticket["counter"])
    return {"data": visit.data(ticket=ticket, counter_name=counter.name if counter else ticket["counter"])}


def qr(visit: Visit) -> Response:
    """The ticket's link as a QR code."""
    return Response(qr_svg(visit.ticket_document()["url"]), mimetype="image/svg+xml")
