"""A wall as an earlier release sent it, and the recorder that renews it (``README.md``)."""

import re
import tarfile
from io import BytesIO
from pathlib import Path

import requests

from queue_server.web.http.assets import ROOTS
from queue_server.web.http.bundles import bundled
from tests.world.people import SITE, write_hall
from tests.world.server import Server

HERE = Path(__file__).parent
ARCHIVE = HERE / "wall.tar.xz"
COUNTERS = {str(n): ["talk"] for n in range(1, 5)}
_ASSET = re.compile(r"/assets/(\w+)/([^\"'?#\s]+\.(?:js|css))")
_IMPORT = re.compile(r"(?:from|import) \"(\.[^\"]+\.js)\"")


class OldWall:
    """The recording, unpacked into a folder."""

    def __init__(self, folder: Path, archive: Path = ARCHIVE) -> None:
        with tarfile.open(archive) as recording:
            recording.extractall(folder, filter="data")
        self.page = (folder / "page.html").read_text()
        self.files = folder / "files"

    @property
    def build(self) -> str:
        """The build that the page belongs to."""
        return _build(self.page)

    def lacks(self) -> list[str]:
        """What the page loads, itself or by an import, that was not recorded."""
        wanted = _assets(self.page)
        for path in wanted:  # grows while it is gone through: what is imported is loaded too
            if (file := self.files / path).is_file():
                wanted += [other for other in _imports(path, file.read_text()) if other not in wanted]
        return [path for path in wanted if not (self.files / path).is_file()]


def record(server: Server, archive: Path = ARCHIVE) -> None:
    """Keep the wall's page and all that it loads."""
    page = requests.get(f"{server.url}/{SITE}/wall?voice=1", timeout=20).text
    for plain, whole in bundled(ROOTS).items():  # its modules one by one, so that a test may change one
        page = page.replace(f"/{whole}", f"/{plain}")
    files: dict[str, str] = {}
    left = _assets(page)
    for path in left:
        if path not in files:
            files[path] = requests.get(f"{server.url}/assets/{_build(page)}/{path}", timeout=20).text
            left += _imports(path, files[path])
    with tarfile.open(archive, "w:xz", preset=9) as recording:
        for name, text in {"page.html": page, **{f"files/{path}": text for path, text in files.items()}}.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(text.encode())
            recording.addfile(entry, BytesIO(text.encode()))


def _build(page: str) -> str:
    return _ASSET.search(page)[1]


def _assets(page: str) -> list[str]:
    return [path for _, path in _ASSET.findall(page) if "/vendor/" not in path]


def _imports(path: str, text: str) -> list[str]:
    found = (_from(path, other) for other in _IMPORT.findall(text))
    return [other for other in found if "/vendor/" not in other]


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
