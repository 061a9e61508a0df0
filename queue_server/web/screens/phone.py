"""The visitor's own ticket."""

from typing import Any

from flask import Response

from ...printing.qr import qr_svg
from ...queries.origins import has_told
from .orders import orders
from .visit import Visit

_UNSEEN = {  # of a service: what to bring stands under its cases, and whoever has a number asks for no other
    **{"papers": [], "outcomes": [], "requirements": None, "quota": {}, "quota_reserved": {}, "quota_left": {}},
    **{"reason_detail": {}, "next": [], "procedure": None, "hours": None, "periods": None, "days": None},
    **{"prefix": "", "reason": None, "segment": None, "wait_target_minutes": None, "numbers_again_at": None},
    **{"quota_total": None, "quota_total_left": None, "estimate": None, "booking": None},
}
_UNSEEN_OF_OTHERS = {  # of services that the ticket is not of; a phone whose ticket is sent on fetches them
    **{"cases": [], "fees": [], "product": None, "completion": None, "cost": None, "bring": None, "online": None},
    **{"basis": None, "checked": None, "pay": None, "complaint": None},
}
_UNSEEN_OF_AGENCY = {"name": "", "task": {}, "icon": None, "color": None, "complaint": None}
# Texts of errors that only the server's own answers hold.
_SERVERS = ("reason_", "booking_cancelled", "too_early", "too_late", "unknown_booking")


def show(visit: Visit) -> dict[str, Any]:
    """The ticket, and where it was called to."""
    ticket, found, house = visit.ticket_document(), visit.ticket, visit.house
    if ticket["asks_origin"] and found is not None:
        ticket["asks_origin"] = not house.read(found.site, lambda view: has_told(view, house.urn_keys, found))
    counter = visit.house.site(ticket["site"]).counters.get(ticket["counter"])
    data = visit.data(ticket=ticket, counter_name=counter.name if counter else ticket["counter"])
    texts = {
        lang: {key: words for key, words in own.items() if not key.startswith(_SERVERS)}
        for lang, own in data["texts"].items()
    }
    site = _lightly(data["site"], ticket["service"]) | ({} if ticket["asks_origin"] else {"origins": []})
    return {"data": data | {"orders": orders(data), "site": site, "texts": texts}}


def _lightly(site: dict[str, Any], own: str) -> dict[str, Any]:
    """The hall without what no holder is shown: a phone pays for each byte. Its notices are the ticket's."""
    others = _UNSEEN | _UNSEEN_OF_OTHERS
    services = [service | (_UNSEEN if service["id"] == own else others) for service in site["services"]]
    agencies = [agency | _UNSEEN_OF_AGENCY for agency in site["agencies"]]
    unseen = {"spans": [], "maklumat": None, "notices": [], "media": [], "week": None, "hours": {}, "periods": {}}
    return site | unseen | {"services": services, "agencies": agencies}


def qr(visit: Visit) -> Response:
    """The ticket's link as a QR code."""
    return Response(qr_svg(visit.ticket_document()["url"]), mimetype="image/svg+xml")
