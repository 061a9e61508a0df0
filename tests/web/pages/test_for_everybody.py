"""Everybody can work with these pages: the accessibility checker finds nothing, in any state."""

from pathlib import Path

import pytest

from tests.web.pages.office import SITE
from tests.world.screens import AT_REST

AXE = Path(__file__).parents[2] / "vendor" / "axe.min.js"


def faults(page):
    """What the checker finds, with the places."""
    page.evaluate(AT_REST)
    page.evaluate(AXE.read_text())
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
    return [(one["id"], [node["target"] for node in one["nodes"]]) for one in found]


@pytest.mark.parametrize("keys", [(), ("Space",), ("Space", "s"), ("Space", "t"), ("b",), ("p",), ("?",)])
def test_the_checker_finds_nothing_on_the_officers_page(desk, office, keys):
    office.take(desk.n, 2)
    for key in keys:
        desk.press(key)
        desk.settle()
    assert faults(desk.page) == []


@pytest.mark.parametrize("path", ["/", "/login", f"/{SITE}/report"])
def test_the_checker_finds_nothing_on_the_plain_pages(desk, office, path):
    desk.page.goto(office.server.url + path)
    assert faults(desk.page) == []


def test_the_checker_would_find_something(desk):
    desk.page.evaluate("document.getElementById('note').removeAttribute('placeholder')")
    desk.page.evaluate("document.querySelector('label[for=note]').remove()")
    desk.page.evaluate("document.getElementById('result').hidden = false")
    assert [one for one, _ in faults(desk.page)] == ["label"]
