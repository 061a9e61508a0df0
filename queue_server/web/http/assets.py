"""Files of the screens, under an address that changes with their content, so that a browser may keep them for ever."""

import hashlib
from pathlib import Path

from flask import Blueprint, Response, send_from_directory

from ... import places
from ...house import current_house

bp = Blueprint("assets", __name__)

ROOTS: dict[str, Path] = {
    "static": places.STATIC,
    "pages": places.PAGES,
    "kiosk_ui": places.KIOSK_UI,
    "display_ui": places.DISPLAY_UI,
}
_SERVED = {".css", ".js", ".svg", ".woff2", ".mp3", ".json", ".png"}


def build_id() -> str:
    """Twelve hex digits that change whenever any file of a screen does; of what halls are made, documents tell."""
    digest = hashlib.sha256()
    for name, root in ROOTS.items():
        for path in sorted(p for p in root.rglob("*") if p.is_file() and p.suffix in _SERVED | {".html"}):
            digest.update(f"{name}/{path.relative_to(root)}\n".encode())
            digest.update(path.read_bytes())  # not its date: two machines that serve one hall are of one build
    return digest.hexdigest()[:12]


@bp.get("/assets/<build>/<root>/<path:path>")
def asset(build: str, root: str, path: str) -> Response:
    """One file. Another build's address still works (an old page finishes loading) but is not kept."""
    if root not in ROOTS or Path(path).suffix not in _SERVED:
        current_house().refuse_unknown()
    response = send_from_directory(ROOTS[root], path)
    current = build == current_house().build
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable" if current else "no-cache"
    return response
