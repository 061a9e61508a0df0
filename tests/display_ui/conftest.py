"""The displays in a real browser."""

import os
import shutil

import pytest
from playwright.sync_api import sync_playwright

from tests.display_ui.hall import Hall, site_info

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--autoplay-policy=no-user-gesture-required",
]


@pytest.fixture(scope="session")
def chromium():
    with sync_playwright() as playwright:
        path = os.environ.get("CHROMIUM") or shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def new_hall(chromium):
    """Makes halls; at the end none may have an error in its console."""
    contexts = []
    halls = []

    def make(site="pandeglang", size=(1920, 1080), **changes):
        options = {
            "viewport": {"width": size[0], "height": size[1]},
            "reduced_motion": changes.pop("reduced_motion", None),
        }
        contexts.append(chromium.new_context(**options))
        halls.append(Hall(contexts[-1].new_page(), site_info(site, **changes)))
        return halls[-1]

    yield make
    faults = [fault for hall in halls for fault in hall.faults]
    for context in contexts:
        context.close()
    assert not faults


@pytest.fixture
def hall(new_hall):
    return new_hall()
