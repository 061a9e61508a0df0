"""Chromium, started with its debugging pipe, which no other program can reach; and what its page says of itself."""

import contextlib
import fcntl
import json
import os
import select
import shlex
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

ANSWER_S = 15.0  # so long at most the browser or the page takes to answer; then it hangs
LOAD_S = 40.0  # from opening the page until its scripts run, on a bad line

# --kiosk-printing sends a slip to the default printer without a dialogue: set paper and printer in CUPS.
# --autoplay-policy lets a wall speak without a first key press.
FLAGS = [
    "--kiosk",
    "--kiosk-printing",
    "--autoplay-policy=no-user-gesture-required",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-session-crashed-bubble",
    "--disable-infobars",
    "--disable-translate",
    "--disable-pinch",
    "--noerrdialogs",
    "--disable-features=Translate,TouchpadOverscrollHistoryNavigation",
    "--overscroll-history-navigation=0",
    "--disable-component-update",
    "--disable-background-networking",
    "--disable-breakpad",
    "--password-store=basic",
    "--disk-cache-size=52428800",
    "--remote-debugging-pipe",
]

# Chromium reads the file 3 and writes the file 4.
HAND_OVER = """import os, sys
for theirs, ours in enumerate(sys.argv[1:3], 3):
    os.dup2(int(ours), theirs)
os.execv(sys.argv[3], sys.argv[3:])"""

# What the watch asks of the page: which it is, whether its scripts run, and when it last said that it lives.
ASK = """(() => {
  const said = document.documentElement.dataset;
  const [arrival] = performance.getEntriesByType("navigation");
  const silent = said.alive ? performance.now() - Number(said.alive) : null;
  const status = arrival && arrival.responseStatus;
  return JSON.stringify({ url: location.href, started: Boolean(said.started), silent, status });
})()"""


class Gone(Exception):
    """The browser, or its page, is dead or hangs: nothing but a new one helps."""


def _program() -> str:
    name = os.environ.get("CHROMIUM", "chromium")
    found = shutil.which(name)
    if not found:
        raise FileNotFoundError(2, "not installed", name)
    return found


class Browser:
    """Chromium with one page, spoken to in the DevTools protocol over a pipe."""

    def __init__(self, profile: Path) -> None:
        self._asked, self._buffer = 0, b""
        self._answers: dict[int, dict[str, Any]] = {}
        theirs_in, self._to = os.pipe()
        self._from, theirs_out = os.pipe()
        high = [fcntl.fcntl(end, fcntl.F_DUPFD, 10) for end in (theirs_in, theirs_out)]

        command = [sys.executable, "-c", HAND_OVER, *map(str, high), _program(), *FLAGS, f"--user-data-dir={profile}"]
        command += [*shlex.split(os.environ.get("KIOSK_BROWSER_OPTIONS", "")), "about:blank"]
        try:
            self.process = subprocess.Popen(command, pass_fds=high, start_new_session=True)
        finally:
            for end in (theirs_in, theirs_out, *high):
                os.close(end)
        self._page = ""  # the session of the page

    def open(self) -> None:
        """Take hold of the page. Raises Gone."""
        until = time.monotonic() + LOAD_S
        while time.monotonic() < until:
            found = [t for t in self.ask("Target.getTargets")["targetInfos"] if t["type"] == "page"]
            if found:
                target = found[0]["targetId"]
                self._page = self.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
                self.ask("Inspector.enable", page=True)
                self.ask("Page.enable", page=True)
                return
            time.sleep(0.2)
        raise Gone("the browser has no page")

    def ask(self, method: str, *, page: bool = False, **params: Any) -> dict[str, Any]:
        """One question of the protocol and its answer. Raises Gone without one."""
        self._asked += 1
        self._answers.clear()
        message = {"id": self._asked, "method": method, "params": params}
        if page:
            message["sessionId"] = self._page
        try:
            os.write(self._to, json.dumps(message).encode() + b"\0")
        except OSError as error:
            raise Gone("the browser has ended") from error
        until = time.monotonic() + ANSWER_S
        while self._asked not in self._answers:
            if time.monotonic() > until:
                raise Gone(f"no answer to {method}: it hangs")
            self.listen(max(0.0, until - time.monotonic()))
        return self._answers.pop(self._asked).get("result", {})

    def listen(self, seconds: float) -> None:
        """Take in what the browser says within so long, its next words at most. Raises Gone if it has ended."""
        if not select.select([self._from], [], [], seconds)[0]:
            return
        said = os.read(self._from, 65536)
        if not said:
            raise Gone("the browser has ended")
        *whole, self._buffer = (self._buffer + said).split(b"\0")
        for message in map(json.loads, whole):
            if "id" in message:
                self._answers[message["id"]] = message
            elif message.get("method") in ("Inspector.targetCrashed", "Inspector.detached"):
                raise Gone("the page has crashed")
            elif message.get("method") == "Page.javascriptDialogOpening":
                self._tell("Page.handleJavaScriptDialog", accept=True)

    def _tell(self, method: str, **params: Any) -> None:
        """A word to the page whose answer nobody waits for."""
        self._asked += 1
        message = {"id": self._asked, "method": method, "params": params, "sessionId": self._page}
        with contextlib.suppress(OSError):
            os.write(self._to, json.dumps(message).encode() + b"\0")

    def go(self, url: str) -> str:
        """Open an address; returns the browser's word for what failed, or nothing."""
        return str(self.ask("Page.navigate", page=True, url=url).get("errorText", "")).removeprefix("net::")

    def look(self) -> dict[str, Any]:
        """What the page says of itself. Raises Gone if it is dead."""
        answer = self.ask("Runtime.evaluate", page=True, expression=ASK, timeout=ANSWER_S * 1000)
        try:
            return json.loads(answer["result"]["value"])
        except (KeyError, ValueError):
            return {"url": "", "started": False, "silent": None, "status": None}  # between two pages

    def close(self) -> None:
        """End it and all that it started."""
        for how in (signal.SIGTERM, signal.SIGKILL):
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, how)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(5)
                break
        for end in (self._to, self._from):
            with contextlib.suppress(OSError):
                os.close(end)
