"""A wall as an earlier release sent it, and the recorder that renews it (``README.md``)."""

import re
import shutil
from pathlib import Path

import requests

from queue_server.web.http.assets import ROOTS
from queue_server.web.http.bundles import bundled
from tests.world.people import SITE, write_hall
from tests.world.server import Server

HERE = Path(__file__).parent
FILES, PAGE = HERE / "files", HERE / "page.html"
COUNTERS = {str(n): ["talk"] for n in range(1, 5)}
_ASSET = re.compile(r"/assets/(\w+)/([^\"'?#\s]+\.(?:js|css))")
_IMPORT = re.compile(r"(?:from|import) \"(\.[^\"]+\.js)\"")


def build() -> str:
    """The build that the recorded page belongs to."""
    return _ASSET.search(PAGE.read_text())[1]


def record(server: Server) -> None:
    """Keep the wall's page and all that it loads."""
    page = requests.get(f"{server.url}/{SITE}/wall?voice=1", timeout=20).text
    for plain, whole in bundled(ROOTS).items():  # its modules one by one, so that a test may change one
        page = page.replace(f"/{whole}", f"/{plain}")
    shutil.rmtree(FILES, ignore_errors=True)
    PAGE.write_text(page)
    left = [path for _, path in _ASSET.findall(page)]
    for path in left:  # grows while it is gone through: what is imported is kept too
        if "/vendor/" in path or (FILES / path).exists():
            continue
        text = requests.get(f"{server.url}/assets/{build()}/{path}", timeout=20).text
        (FILES / path).parent.mkdir(parents=True, exist_ok=True)
        (FILES / path).write_text(text)
        left += [_from(path, other) for other in _IMPORT.findall(text)]


def _from(path: str, other: str) -> str:
    """The address of an import: ``display_ui/wall.js`` asking for ``../static/js/live.js``."""
    parts = path.split("/")[:-1]
    for part in other.split("/"):
        if part == "..":
            parts.pop()
        elif part != ".":
            parts.append(part)
    return "/".join(parts)


def hall(folder: Path) -> Server:
    """A server of the hall that the recorded page shows, not yet started."""
    return Server(folder / "data", config=write_hall(folder / "config", COUNTERS))
