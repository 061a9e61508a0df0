"""The pages on how to add something name files, and each of them is there."""

import re
from pathlib import Path

import pytest

from tests.world.tree import ROOT

FOLDER = ROOT / "queue_server" / "how_to"
PAGES = sorted(FOLDER.glob("*.md"))
SUBJECTS = {"verb", "document_field", "screen", "report_column", "site_key"}
# A path of this tree in backticks; one with a gap (``<name>``) stands for files that are still to be made.
_PATH = re.compile(r"`([\w.-]+/[\w./<>-]*|[\w-]+\.(?:md|toml))`")
_LINK = re.compile(r"\]\(([^)#]+)\)")
_TARGET = re.compile(r"`make (\w+)`")


def named(page: str) -> list[str]:
    """The files and folders that a page names."""
    return [path for path in _PATH.findall(page) if "<" not in path]


def missing(page: str) -> list[str]:
    """Those of them, and of its links and ``make`` targets, that there are not."""
    gone = [path for path in named(page) if not (ROOT / path).exists() and path not in ("server.toml", "live.js")]
    gone += [link for link in _LINK.findall(page) if not (FOLDER / link).exists()]
    targets = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    return gone + [f"make {target}" for target in _TARGET.findall(page) if target not in targets]


def test_there_is_a_page_for_each_subject_and_the_readme_leads_to_it():
    assert {page.stem for page in PAGES} == SUBJECTS
    readme = (ROOT / "queue_server" / "README.md").read_text()
    assert {link for link in _LINK.findall(readme) if link.startswith("how_to/")} == {
        f"how_to/{subject}.md" for subject in SUBJECTS
    }


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_file_that_a_page_names_is_there(page: Path):
    assert missing(page.read_text()) == []
    assert len(named(page.read_text())) >= 6


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("| `queue_server/domain/verbz.py` | a row |", ["queue_server/domain/verbz.py"]),
        ("in `tests/nowhere/`", ["tests/nowhere/"]),
        ("see [there](elsewhere.md)", ["elsewhere.md"]),
        ("then `make typos`", ["make typos"]),
        ("`queue_server/web/pages/<name>.html`, `queue-server check`, `make types`", []),
    ],
)
def test_a_file_that_is_not_there_is_noticed(line, found):
    assert missing(line) == found
