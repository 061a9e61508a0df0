"""The one browser of a run, which knows no host but this machine."""

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

# The last such switch counts, so what Playwright would switch off of these is named again. New are the two last: a
# browser without a window would make, for every profile, two pages of what drops down from its address bar.
_OFF = (
    "DestroyProfileOnBrowserClose",
    "HttpsUpgrades",
    "MediaRouter",
    "NetworkTimeServiceQuerying",
    "OptimizationHints",
    "PaintHolding",
    "PreconnectToSearch",
    "WebUIOmniboxAimPopup",
    "WebUIOmniboxPopup",
)
BROWSER_ARGUMENTS = [
    f"--disable-features={','.join(_OFF)}",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--autoplay-policy=no-user-gesture-required",
    # No host but this one: whatever a screen would fetch from outside fails, and the test with it.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The one browser of the whole run; Playwright allows no second one beside it."""
    with sync_playwright() as playwright:
        # The shell is the same engine without a window's own pages, at two thirds of the processor time; `make deep`
        # and `make trust` run the whole browser.
        path = shutil.which(os.environ.get("CHROMIUM", "chromium-headless-shell")) or shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=path, args=BROWSER_ARGUMENTS)
        yield browser
        browser.close()
