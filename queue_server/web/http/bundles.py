"""Which bundled file stands for a page's script or sheet: made at build time by ``config/build/bundle.py``.

A bundle counts only while every source it was made from is as it was then; in a checkout where somebody has changed one
since, the page gets its plain modules.
"""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

FOLDER, LIST = "bundle", "bundle.json"


def bundled(roots: Mapping[str, Path]) -> dict[str, str]:
    """``kiosk_ui/phone.js`` -> ``static/bundle/kiosk_ui.phone.js``, for all that are as new as their sources."""
    try:
        pages = json.loads((roots["static"] / FOLDER / LIST).read_text())["pages"]
    except (OSError, ValueError, KeyError):
        return {}
    digests: dict[str, str | None] = {}
    for source in {source for page in pages.values() for source in page["from"]}:
        digests[source] = _digest(roots, source)
    return {
        entry: f"static/{FOLDER}/{page['file']}"
        for entry, page in pages.items()
        if all(digests[source] == digest for source, digest in page["from"].items())
    }


def _digest(roots: Mapping[str, Path], source: str) -> str | None:
    root, _, rest = source.partition("/")
    try:
        return hashlib.sha256((roots[root] / rest).read_bytes()).hexdigest()
    except (OSError, KeyError):
        return None
