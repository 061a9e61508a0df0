"""The pages for people: README is short, no link leads nowhere, and every page is reached from README."""

import re
from pathlib import Path

import pytest

from tests.world.tree import ROOT, files, text

README = Path("README.md")
MOST_LINES = 150
LINK = re.compile(r"!?\[[^\]]*\]\((?!https?://|#)([^)#\s]+)[^)]*\)")
CODE = re.compile(r"```.*?```", re.DOTALL)


def targets(page: Path, words: str) -> set[Path]:
    """The files that a page's links lead to, as paths from the root (or above it)."""
    found = (ROOT / page.parent / link for link in LINK.findall(CODE.sub("", words)))
    return {
        Path(*path.resolve().parts[len(ROOT.parts) :]) if path.resolve().is_relative_to(ROOT) else path
        for path in found
    }


def lost(page: Path, words: str) -> set[str]:
    """The links of a page that lead to no committed file."""
    return {str(target) for target in targets(page, words) if not (ROOT / target).exists()}


def reached(start: Path) -> set[Path]:
    """The pages that somebody can come to who begins at ``start``."""
    known: set[Path] = set()
    ahead = {start}
    while ahead:
        page = ahead.pop()
        known.add(page)
        ahead |= {target for target in targets(page, text(page)) if target.suffix == ".md"} - known
    return known


def test_readme_is_read_in_three_minutes():
    assert text(README).count("\n") <= MOST_LINES


@pytest.mark.parametrize("page", files(".md"), ids=str)
def test_every_link_leads_to_a_file(page: Path):
    assert not lost(page, text(page))


def test_a_link_to_nothing_is_found():
    assert lost(README, "see [that](config/nowhere.md) and [this](CHANGELOG.md)") == {"config/nowhere.md"}


def test_every_page_is_reached_from_readme():
    notes = {page for page in files(".md") if page.parts[0] == "tests" and page.name == "README.md"}  # of their folder
    assert not set(files(".md")) - notes - reached(README)
