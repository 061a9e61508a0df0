"""The wall display, of all zones or one."""

from collections.abc import Iterator
from functools import partial
from typing import Any
from urllib.parse import quote

from flask import Response, request

from ...domain.site import Site
from ...pictures import KEPT_AS
from ...queries.calls import clips_of, recent
from ...queries.media import PART, content, film, film_part
from ...videos.bounds import FILM_TYPE
from ..http.auth import device
from .tile import tile
from .visit import Visit

_PLAIN_CALLS = 7  # that stand in a wall's page before its scripts run


def show(visit: Visit) -> dict[str, Any]:
    """``?zone=`` of one zone, ``?voice=1`` with announcements. Raises ``not_found`` for a zone that there is not."""
    house, zone = visit.house, request.args.get("zone")
    site = house.site(visit.site)
    if zone is not None and zone not in site.wall.zones:
        house.refuse_unknown()
    device(house)  # which renews its cookie
    clips = clips_of(site) if request.args.get("voice") == "1" else None
    calls = (c for c in house.read(site.id, recent) if zone is None or site.counters[c["counter"]].zone == zone)
    shown = [_shown(site, one) for one in calls][:_PLAIN_CALLS]
    return {"data": visit.data(zone=zone, voice=clips is not None, clips=clips, shown=shown)}


def _shown(site: Site, call: dict[str, Any]) -> dict[str, Any]:
    """A call in the page itself, for browsers whose scripts have not begun or never will."""
    return {"number": call["number"], **tile(site.counters[call["counter"]])}


def picture(visit: Visit) -> Response:
    """One of the pictures that walls show, as we encoded it: an id is for ever the same picture."""
    house = visit.house
    found = house.read(visit.site, lambda view: content(view, visit.where["picture"]))
    if found is None:
        house.refuse_unknown()
    return Response(found, mimetype=KEPT_AS, headers=_OF_FILES)


_OF_FILES = {
    "Cache-Control": "public, max-age=31536000, immutable",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
}


def video(visit: Visit) -> Response:
    """A film that walls show, as we encoded it, or the one range of it that a browser asks for (RFC 9110, 14)."""
    house, id = visit.house, visit.where["picture"]
    found = house.read(visit.site, lambda view: film(view, id))
    if found is None:
        house.refuse_unknown()
    headers = {**_OF_FILES, "Accept-Ranges": "bytes", "ETag": f'"{found.digest}"'}
    whole, status, (begin, end) = found.bytes, 200, (0, found.bytes)
    asked, only_if = request.range, request.if_range
    if asked and asked.units == "bytes" and len(asked.ranges) == 1 and only_if.etag in (None, found.digest):
        span = asked.range_for_length(whole)
        if span is None:
            return Response(status=416, headers={**headers, "Content-Range": f"bytes */{whole}"})
        status, (begin, end) = 206, span
        headers["Content-Range"] = f"bytes {begin}-{end - 1}/{whole}"
    headers["Content-Length"] = str(end - begin)
    pieces = _pieces(visit, id, begin, end)
    return Response(pieces if request.method == "GET" else b"", status, headers, mimetype=FILM_TYPE)


def _pieces(visit: Visit, id: str, begin: int, end: int) -> Iterator[bytes]:
    """Part by part, each read by itself: a slow wall holds no snapshot of the database."""
    house, site = visit.house, visit.site
    while begin < end:
        n, skipped = divmod(begin, PART)
        piece = house.read(site, partial(film_part, id=id, n=n))[skipped : skipped + end - begin]
        if not piece:
            return  # it was taken away meanwhile: the browser sees an answer that breaks off
        begin += len(piece)
        yield piece


def ways(site: Site) -> Iterator[list[tuple[str, dict[str, str], str]]]:
    """The wall with voice and without, of all zones and of each."""
    several = len(site.wall.zones) > 1
    yield [("wall_all" if several else "without_voice", {}, ""), ("with_voice", {}, "?voice=1")]
    for zone in site.wall.zones if several else ():
        query = f"?zone={quote(zone)}"
        yield [("zone_n", {"zone": zone}, query), ("with_voice", {}, f"{query}&voice=1")]
