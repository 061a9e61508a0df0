"""Write what the browser's modules know of the server: made from its own declarations, never by hand.

``make types`` writes the files; a lint fails while one is not what would be written.
"""

import json
from pathlib import Path

from queue_server.web.screens.registry import LIVE

JS = Path(__file__).resolve().parents[2] / "queue_server" / "web" / "static" / "js"


def screens() -> str:
    """The live connection of every screen, by the word under which it connects."""
    rows = [
        f"  {word}: {{ hears: {json.dumps(screen.live.hears)}, source: {json.dumps(screen.live.source)} }},"
        for word, screen in sorted(LIVE.items())
        if screen.live
    ]
    about = "/** What each screen hears live, and where it fetches the first of that. Made by `make types`. @module */"
    return "\n".join([about, "", "export const LIVE = /** @type {const} */ ({", *rows, "});", ""])


FILES = {"screens.js": screens}


def write(folder: Path = JS) -> None:
    """Write all of them."""
    for name, made in FILES.items():
        (folder / name).write_text(made())


if __name__ == "__main__":
    write()
