"""Text goes out packed: the phone page must stay small on a 3G phone, whoever stands in front of us.

A screen's files are packed once and kept; pages are small enough to pack each time. Nothing here is packed together
with what a stranger sent, so its length tells nobody a secret.
"""

import gzip
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from flask import Flask, Response, request

# Not the API's JSON: its documents are small and many, and packing them would take the hub's time.
_PACKED = ("text/html", "text/css", "text/javascript", "application/javascript", "image/svg+xml")
_WORTH_IT = 1024  # bytes; below, the header costs more than it saves
_LEVEL = 6


def register(app: Flask) -> None:
    """Pack every answer that is text, whole, and asked for by somebody who can unpack it."""
    app.after_request(_pack)


def packed_before(content: bytes, kind: str, off_hub: Callable[..., Any]) -> Response:
    """What was packed where it was made, beside the hub, where it is unpacked too for whoever cannot do it."""
    able = "gzip" in request.accept_encodings
    response = Response(content if able else off_hub(gzip.decompress, content), mimetype=kind)
    response.vary.add("Accept-Encoding")
    if able:
        response.headers["Content-Encoding"] = "gzip"
    return response


def _pack(response: Response) -> Response:
    if response.mimetype not in _PACKED or response.status_code != 200 or request.method == "HEAD":
        return response
    response.vary.add("Accept-Encoding")
    if "gzip" not in request.accept_encodings or "Content-Encoding" in response.headers:
        return response
    response.direct_passthrough = False
    plain = response.get_data()
    if len(plain) >= _WORTH_IT:
        response.set_data(_kept(plain) if request.path.startswith("/assets/") else _packed(plain))
        response.headers["Content-Encoding"] = "gzip"
        tag, _ = response.get_etag()
        if tag:
            response.set_etag(tag, weak=True)  # the same content, not the same bytes
    return response


@lru_cache(maxsize=256)
def _kept(plain: bytes) -> bytes:
    return _packed(plain)


def _packed(plain: bytes) -> bytes:
    return gzip.compress(plain, _LEVEL, mtime=0)
