"""The kiosk's own program with a real Chromium: the screen comes back by itself, and says what is the matter.

The page is a small server of the test's, so that each thing can be broken alone; what a hall's page says to the watch
is asked of a real one in ``tests/display_ui``.
"""

import contextlib
import importlib.util
import os
import re
import signal
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import unquote

import pytest

from tests.world.tree import ROOT

PROGRAM = ROOT / "config" / "deploy" / "screen"
PATIENCE_S = 60.0
PAGE = """<!doctype html><html data-started="yes"><title>hall</title><script>
if (location.search !== "?mute") setInterval(() => {
  document.documentElement.dataset.alive = String(performance.now());
  fetch("/alive", { method: "POST" });
}, 200);
</script></html>"""


class Hall(ThreadingHTTPServer):
    """A server with one page; says how often that page was opened, and hears it live."""

    daemon_threads = True

    def __init__(self, port: int = 0, certificate: Path | None = None) -> None:
        super().__init__(("127.0.0.1", port), _Answer)
        self.opened: list[str] = []
        self.heard = 0
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            self.socket = context.wrap_socket(self.socket, server_side=True)
        self.url = f"http{'s' if certificate else ''}://localhost:{self.server_port}"
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def handle_error(self, *_: object) -> None:
        """A browser that refuses a certificate hangs up."""


class _Answer(BaseHTTPRequestHandler):
    server: Hall

    def do_GET(self) -> None:
        known = self.path in ("/healthz", "/lebak/wall", "/lebak/wall?mute")
        if "wall" in self.path:
            self.server.opened.append(self.path)
        body = PAGE.encode() if known else b"?"
        self.send_response(200 if known else 404)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self) -> None:
        self.server.heard += 1
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@dataclass
class Screen:
    """The program, running; what it says, and the browser it holds."""

    folder: Path
    environ: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None

    @property
    def said(self) -> str:
        """Its journal."""
        return (self.folder / "said").read_text(errors="replace")

    def start(self, url: str) -> None:
        """Switch on."""
        flags = "--headless=new --no-sandbox --disable-gpu --disable-dev-shm-usage"
        environ = {"XDG_STATE_HOME": str(self.folder), "KIOSK_BROWSER_OPTIONS": flags, **self.environ}
        with (self.folder / "said").open("ab") as said:
            self.process = subprocess.Popen(
                [sys.executable, str(PROGRAM), url], env={**os.environ, **environ}, stderr=said, stdout=said
            )

    def stop(self) -> None:
        """Switch off in order."""
        if self.process and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(30)

    def browsers(self, kind: str = "") -> list[int]:
        """The processes of this screen's browser (``kind``: ``renderer``), by its own profile and their parents."""
        children: dict[int, list[int]] = {}
        lines: dict[int, str] = {}
        for status in Path("/proc").glob("[0-9]*/stat"):
            with contextlib.suppress(OSError, IndexError):
                process = int(status.parent.name)
                children.setdefault(int(status.read_text().rsplit(")", 1)[1].split()[1]), []).append(process)
                lines[process] = (status.parent / "cmdline").read_text(errors="replace")
        found, due = [], [self.process.pid if self.process else 0]
        while due:
            below = children.get(due.pop(), [])
            due += below
            found += [one for one in below if f"--type={kind}" in lines.get(one, "") or not kind]
        return found


@pytest.fixture
def program(monkeypatch) -> Iterator[dict[str, Any]]:
    """The program's modules; they stand beside one another, as on the screen's PC."""
    monkeypatch.syspath_prepend(str(PROGRAM))
    names = ("telling", "keeping", "browser", "__main__")
    for name in names[:-1]:
        monkeypatch.delitem(sys.modules, name, raising=False)
    made = {name: importlib.import_module(name) for name in names[:-1]}
    spec = importlib.util.spec_from_file_location("screen_main", PROGRAM / "__main__.py")
    made["__main__"] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made["__main__"])
    yield made
    for name in names[:-1]:
        sys.modules.pop(name, None)


@pytest.fixture
def screen(tmp_path) -> Iterator[Screen]:
    made = Screen(tmp_path)
    yield made
    made.stop()


def come(what: Callable[[], object], screen: Screen) -> None:
    """Wait until it is so."""
    until = time.monotonic() + PATIENCE_S
    while not what():
        assert time.monotonic() < until, screen.said
        assert screen.process is not None
        assert screen.process.poll() is None, screen.said
        time.sleep(0.1)


def come_to_an_end(processes: list[int]) -> None:
    """All of them end (whether somebody asks for their exit code or not)."""

    def lives(process: int) -> bool:
        with contextlib.suppress(OSError):
            return Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
        return False

    until = time.monotonic() + PATIENCE_S
    while any(map(lives, processes)):
        assert time.monotonic() < until
        time.sleep(0.1)


def is_alive(hall: Hall, screen: Screen) -> None:
    """The page runs now."""
    before = hall.heard
    come(lambda: hall.heard > before + 2, screen)


def test_a_screen_comes_back_from_a_foreign_lock_a_crashed_page_and_a_killed_browser(screen, tmp_path):
    profile = tmp_path / "antrean-browser"
    (profile / "Default").mkdir(parents=True)
    (profile / "SingletonLock").symlink_to("another-machine-4711")
    (profile / "Default" / "Preferences").write_text("{ half a file")
    hall = Hall()
    screen.start(f"{hall.url}/lebak/wall")
    is_alive(hall, screen)
    for killed in ("renderer", ""):
        opened = len(hall.opened)
        for process in screen.browsers(killed)[: None if killed else 1]:
            with contextlib.suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        come(lambda before=opened: len(hall.opened) > before, screen)
        is_alive(hall, screen)
    left = screen.browsers()
    screen.stop()
    assert left
    come_to_an_end(left)


def test_another_machine_s_lock_is_gone_before_the_browser_begins(program, tmp_path):
    """On a screen Chromium would ask what to do, and nobody is there; one without a head minds no lock."""
    locks = [tmp_path / f"Singleton{what}" for what in ("Lock", "Cookie", "Socket")]
    for lock in locks:
        lock.symlink_to("another-machine-4711")
    assert program["keeping"].made_ready(tmp_path) == tmp_path
    assert not [lock for lock in locks if lock.is_symlink()]


def test_a_screen_waits_for_its_server_and_says_after_a_minute_what_is_missing(screen):
    hall = Hall()
    hall.shutdown()
    hall.server_close()
    screen.start(f"{hall.url}/lebak/wall")
    come(lambda: ": refused" in screen.said, screen)
    back = Hall(hall.server_port)
    is_alive(back, screen)


def test_a_certificate_that_nobody_vouches_for_is_named(screen, tmp_path):
    pem = tmp_path / "server.pem"
    asked = "req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost"
    made = ["openssl", *asked.split(), "-keyout", pem, "-out", tmp_path / "c.pem"]
    subprocess.run(made, check=True, capture_output=True)
    pem.write_text(pem.read_text() + (tmp_path / "c.pem").read_text())
    hall = Hall(certificate=pem)
    screen.start(f"{hall.url}/lebak/wall")
    come(lambda: "ERR_CERT_AUTHORITY_INVALID" in screen.said, screen)


def test_a_disk_that_takes_nothing_costs_no_screen(screen, tmp_path):
    screen.environ["XDG_STATE_HOME"] = "/proc/nowhere"  # no disk is fuller than this one
    hall = Hall()
    screen.start(f"{hall.url}/lebak/wall")
    is_alive(hall, screen)
    assert "cannot be used" in screen.said


def test_a_wrong_address_is_said_to_be_one(screen):
    hall = Hall()
    screen.start(f"{hall.url}/lebbak/wall")
    come(lambda: re.search(r": address$", screen.said, re.MULTILINE), screen)


def test_for_a_minute_the_screen_says_that_it_connects_then_what_is_the_matter(program):
    screen, told = program["__main__"].Screen("http://antrean.local:8000/lebak/kiosk"), []
    browser = SimpleNamespace(go=told.append)
    screen.tell(browser, "refused")
    screen.tell(browser, "refused")
    screen.since -= program["__main__"].TELL_S
    screen.tell(browser, "refused")
    connecting, known = map(unquote, told)
    assert "Menghubungkan ke server" in connecting
    assert "program antrean tidak berjalan" in known
    assert "the queue program is not running" in known
    assert "http://antrean.local:8000" in known


@pytest.mark.parametrize(
    ("word", "indonesian", "english"),
    [
        ("name", "Nama server tidak ditemukan", "name is not known"),
        ("network", "kabel jaringan", "network cable"),
        ("answer", "bukan server antrean", "not the queue server"),
        ("address", "tidak mengenal alamat", "does not know this screen's address"),
        ("ERR_CERT_AUTHORITY_INVALID", "tidak mempercayai sertifikat", "does not trust"),
        ("ERR_CERT_DATE_INVALID", "tanggal dan jam komputer ini", "date and time"),
        ("ERR_CERT_COMMON_NAME_INVALID", "nama lain", "another name"),
        ("ERR_SSL_PROTOCOL_ERROR", "http atau https", "http or https"),
        ("ERR_WHATEVER_ELSE", "terus mencoba", "keeps trying"),
    ],
)
def test_what_is_the_matter_is_said_in_two_languages_with_the_technician_s_word(program, word, indonesian, english):
    page = program["telling"].local_page(word, "https://antrean.local")
    assert indonesian in page
    assert english in page
    assert word in page
    assert "meja informasi" in page
