"""Files of the screens, under an address that changes with their content, so that a browser may keep them for ever."""

import hashlib
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

from flask import Blueprint, Response, send_from_directory

from ... import places
from ...domain.site import Site
from ...house import current_house

bp = Blueprint("assets", __name__)

ROOTS: dict[str, Path] = {
    "static": places.STATIC,
    "pages": places.PAGES,
    "kiosk_ui": places.KIOSK_UI,
    "display_ui": places.DISPLAY_UI,
}
_SERVED = {".css", ".js", ".svg", ".woff2", ".mp3", ".json", ".png"}


def build_id(sites: Mapping[str, Site]) -> str:
    """Twelve hex digits that change whenever any file of a screen does, or what the site files say.

    Open screens keep the names of counters and services from their load: they must load anew when those change.
    """
    digest = hashlib.sha256(repr(_plain(sites)).encode())
    for name, root in ROOTS.items():
        for path in sorted(p for p in root.rglob("*") if p.is_file() and p.suffix in _SERVED | {".html"}):
            digest.update(f"{name}/{path.relative_to(root)}\n".encode())
            digest.update(path.read_bytes())  # not its date: two machines that serve one hall are of one build
    return digest.hexdigest()[:12]


def _plain(value: Any) -> Any:
    """The same text in every process: sets have no order of their own."""
    if is_dataclass(value):
        return {f.name: _plain(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, Mapping):
        return {str(k): _plain(v) for k, v in value.items()}
    if isinstance(value, set | frozenset):
        return sorted(str(v) for v in value)
    return [_plain(v) for v in value] if isinstance(value, list | tuple) else str(value)


@bp.get("/assets/<build>/<root>/<path:path>")
def asset(build: str, root: str, path: str) -> Response:
    """One file. Another build's address still works (an old page finishes loading) but is not kept."""
    if root not in ROOTS or Path(path).suffix not in _SERVED:
        current_house().refuse_unknown()
    response = send_from_directory(ROOTS[root], path)
    current = build == current_house().build
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable" if current else "no-cache"
    return response
