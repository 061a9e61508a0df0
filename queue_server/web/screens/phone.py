"""The visitor's own ticket."""

from typing import Any

from flask import Response

from ...printing.qr import qr_svg
from ...printing.slip import order_rule
from .visit import Visit

_UNSEEN = {"papers": [], "outcomes": [], "requirements": None}  # of a service; what to bring stands under its cases


def show(visit: Visit) -> dict[str, Any]:
    """The ticket, and where it was called to."""
    ticket = visit.ticket_document()
    counter = visit.house.site(ticket["site"]).counters.get(ticket["counter"])
    data = visit.data(ticket=ticket, counter_name=counter.name if counter else ticket["counter"])
    return {"data": data | {"orders": _orders(data), "site": _lightly(data["site"])}}


def _lightly(site: dict[str, Any]) -> dict[str, Any]:
    """The hall without what no holder is shown: a phone pays for each byte. The ticket names its missing papers."""
    return site | {"services": [service | _UNSEEN for service in site["services"]]}


def _orders(data: dict[str, Any]) -> dict[str, dict[str, str]]:
    """The published order of calls, by the classes of a service and by language, in the words of the slip."""
    weights, services = data["site"]["order"], (*data["site"]["services"], *data["site"]["former"])
    return {
        ",".join(classes): {lang: order_rule(weights, classes, words) for lang, words in data["texts"].items()}
        for classes in (service["classes"] for service in services)
    }


def qr(visit: Visit) -> Response:
    """The ticket's link as a QR code."""
    return Response(qr_svg(visit.ticket_document()["url"]), mimetype="image/svg+xml")
