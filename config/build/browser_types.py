"""Write what the browser's modules know of the server: made from its own declarations, never by hand.

``make types`` writes the files; a lint fails while one is not what would be written.
"""

import json
import re
import sys
from collections.abc import Iterator
from importlib import import_module
from itertools import groupby
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from typescript import comment, interface, interfaces

from queue_server.documents import DOCUMENTS
from queue_server.documents.messages import MESSAGES
from queue_server.documents.pages import PAGES, PageData
from queue_server.documents.schemas import schemas
from queue_server.web.http.endpoint import ENDPOINTS
from queue_server.web.screens.registry import LIVE

import_module("queue_server.app")  # declares every route

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


def documents() -> str:
    """Every document, socket message and page's data block, as TypeScript has them."""
    said = [message.shape for message in MESSAGES.values()]
    _, named = schemas([*DOCUMENTS.values(), *said, PageData, *PAGES])
    shapes = {name: message.shape.__name__ for name, message in MESSAGES.items() if message.tells}
    about = (
        "/** The documents that the server tells, from `queue_server/documents`. Made by `make types`: types only. */"
    )
    return "\n".join(
        [about, "", *interfaces(named), *interface("Messages", "What a socket tells.", shapes), *answers()]
    )


_DEEPEST = 50  # steps of one type: the checker goes no deeper than a hundred or so


def answers() -> Iterator[str]:
    """The document that the API answers with, by address: of two that fit, the longer."""
    by_path = {e.prefix + e.path: DOCUMENTS[e.reply].__name__ if e.reply else "null" for e in ENDPOINTS}
    yield from comment("What the API answers, by address.")
    yield "export type Answer<Address extends string> = At<Address extends `${infer Path}?${string}` ? Path : Address>;"
    yield "type At<Path extends string> ="
    rows = [_fits(path, name) for path, name in sorted(by_path.items(), key=lambda row: (-row[0].count("/"), row))]
    for nth, (found, alike) in enumerate(groupby(rows, key=lambda row: row[1])):
        if nth == _DEEPEST:
            yield "  Shorter<Path>;"
            yield "type Shorter<Path extends string> ="
        yield f"  Path extends {' | '.join(fits for fits, _ in alike)} ? {found} :"
    yield "  unknown;\n"


def _fits(path: str, name: str) -> tuple[str, str]:
    """Which addresses are meant, and what each answers with."""
    fits, ends = re.sub(r"<.*?>", "${string}", path), path.endswith(">")
    found = f"Last extends `${{string}}/${{string}}` ? unknown : {name}" if ends else name
    return f"`{fits.removesuffix('${string}')}{'${infer Last}' if ends else ''}`", found


FILES = {"documents.d.ts": documents, "screens.js": screens}


def write(folder: Path = JS) -> None:
    """Write all of them."""
    for name, made in FILES.items():
        (folder / name).write_text(made())


if __name__ == "__main__":
    write()
