#!/usr/bin/env python3
"""A screen without a person behind it: Chromium, full screen, on one page, for as long as the power is on.

    python3 /usr/local/lib/antrean-screen URL

URL is what ``queue-server device add`` leads to, e.g. http://antrean.local:8000/lebak/kiosk#enrol=TOKEN

Nobody is there to press a key. So the screen comes back by itself from a crashed or hung page or browser, from a lock
that another machine left in the profile, from a profile that is broken and from a disk that is full; and while the
server cannot be shown, a page of its own says in Indonesian and English what is the matter. It holds Chromium by its
debugging pipe, which no other program can reach.

Environment: CHROMIUM, the browser's path; KIOSK_BROWSER_OPTIONS, more flags for it (tests: ``--headless=new``).
"""

import shutil
import signal
import socket
import ssl
import sys
import time
import urllib.error
import urllib.parse
import urllib.request

from browser import LOAD_S, Browser, Gone
from keeping import made_ready, profile_folder, put_back, set_aside
from telling import local_page, log

LOOK_S = 3.0  # between two looks at the page
REACH_S = 3.0  # how long the server may take to say that it is there
AGAIN_S = (
    20.0  # until a page that could not be opened is tried again: trying shows the browser's own error for a moment
)
TELL_S = 60.0  # of trouble, before people are told what it is
SILENT_S = 90.0  # a page that has said each second that it lives, and has not for so long, is dead
SHORT_LIFE_S, SHORT_LIVES = 30.0, 3  # a browser that dies so soon, so often in a row, cannot use its profile
REACHING = ("name", "refused", "network", "answer")  # troubles that are looked for beside the page


class Screen:
    """One page, shown for ever; and what to say instead while it cannot be."""

    def __init__(self, url: str) -> None:
        self.url = url
        parts = urllib.parse.urlsplit(url)
        self.origin = f"{parts.scheme}://{parts.netloc}"
        self.since = time.monotonic()  # when the trouble began
        self.page: tuple[str, bool] | None = None  # what the local page says now

    def watch(self, browser: Browser) -> None:
        """Show the page and see that it lives. Ends by Gone only."""
        browser.open()
        self.page, next_try = None, 0.0
        while True:
            if time.monotonic() >= next_try:
                trouble = reach(self.origin) or self.show(browser)
                if not trouble:
                    self.stay(browser)
                    self.since, next_try = time.monotonic(), 0.0
                    continue
                next_try = time.monotonic() + (AGAIN_S if trouble not in REACHING else LOOK_S)
                self.tell(browser, trouble)
            browser.look()
            browser.listen(LOOK_S)

    def show(self, browser: Browser) -> str:
        """Open the page; returns what is the matter, or nothing once its scripts run."""
        self.page = None
        failed = browser.go(self.url)
        if failed and failed != "ERR_ABORTED":
            return failed
        until = time.monotonic() + LOAD_S
        while time.monotonic() < until:
            page = browser.look()
            if page["started"] and page["url"].startswith(self.origin):
                return ""
            if (page["status"] or 0) >= 400:
                return "address" if page["status"] < 500 else "answer"
            browser.listen(0.5)
        return "answer"

    def stay(self, browser: Browser) -> None:
        """Watch the page that is shown until it is there no more. A server that is gone is the page's own affair."""
        log(f"shows {self.origin}")
        lost = None  # since when the page is not ours, or its scripts do not run
        while True:
            browser.listen(LOOK_S)
            page = browser.look()
            if page["silent"] is not None and page["silent"] > SILENT_S * 1000:
                raise Gone("the page's scripts stand still")
            if page["started"] and page["url"].startswith(self.origin):
                lost = None
                continue
            lost = lost or time.monotonic()
            if not page["url"].startswith(self.origin) or time.monotonic() - lost > LOAD_S:
                log("the page is gone")
                return

    def tell(self, browser: Browser, trouble: str) -> None:
        """Say what is the matter; for the first minute only that it connects."""
        known = time.monotonic() - self.since >= TELL_S
        if self.page == (trouble, known):
            return
        if not self.page or self.page[0] != trouble:
            log(f"{self.origin}: {trouble}")
        self.page = (trouble, known)
        browser.go(
            "data:text/html;charset=utf-8," + urllib.parse.quote(local_page(trouble if known else None, self.origin))
        )


def reach(origin: str) -> str:
    """What stands between this machine and the server, or nothing. Certificates are judged by the browser, not here."""
    blind = ssl.create_default_context()
    blind.check_hostname, blind.verify_mode = False, ssl.CERT_NONE
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), urllib.request.HTTPSHandler(context=blind))
    try:
        with opener.open(f"{origin}/healthz", timeout=REACH_S):
            return ""
    except urllib.error.HTTPError:
        return "answer"
    except urllib.error.URLError as error:
        if isinstance(error.reason, ssl.SSLError):
            return "ERR_SSL"
        if isinstance(error.reason, socket.gaierror):
            return "name"
        return "refused" if isinstance(error.reason, ConnectionRefusedError) else "network"
    except (OSError, ValueError) as error:
        return "network" if isinstance(error, OSError) else "answer"


def run(screen: Screen) -> None:
    """One browser after another, for ever."""
    own, short, aside = profile_folder(), 0, False
    while True:
        if short >= SHORT_LIVES:
            (put_back if aside else set_aside)(own)
            short, aside = 0, not aside
        profile, began = made_ready(own), time.monotonic()
        browser = Browser(profile)
        try:
            screen.watch(browser)
        except Gone as why:
            log(f"{why}: starts the browser anew")
        finally:
            browser.close()
            if profile != own:
                shutil.rmtree(profile, ignore_errors=True)
        if time.monotonic() - began < SHORT_LIFE_S:
            short += 1
        else:
            short, aside = 0, False
        time.sleep(1)


def main() -> int:
    """Command line."""
    if len(sys.argv) != 2 or not sys.argv[1].startswith(("http://", "https://")):
        print("usage: kiosk-browser http://SERVER:8000/SITE/kiosk (or any page of the server)", file=sys.stderr)
        return 2
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        run(Screen(sys.argv[1]))
    except FileNotFoundError as error:
        log(f"there is no {error.filename}: apt-get install chromium")
        return 1
    except KeyboardInterrupt:
        return 0


if __name__ == "__main__":
    sys.exit(main())
