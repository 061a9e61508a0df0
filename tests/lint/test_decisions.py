"""The decisions: each note has its number for ever, stands under one subject, and is found by the index."""

import re

import pytest

from tests.world.tree import ROOT

PAGE = (ROOT / "queue_server/decisions.md").read_text()
ROW = re.compile(r"^\| \[(.+?)\]\(#(\S+)\) \| ([\d, ]*) \| ([\d, ]*) \|$", re.MULTILINE)


def numbers(cell: str) -> list[int]:
    """The numbers of a cell."""
    return [int(n) for n in re.findall(r"\d+", cell)]


def faults(page: str) -> list[str]:
    """What is wrong with index and notes."""
    found = []
    notes = {
        part.partition("\n")[0]: [int(n) for n in re.findall(r"^\*\*(\d+)\.", part, re.MULTILINE)]
        for part in re.split(r"^## ", page, flags=re.MULTILINE)[1:]
    }
    every = sorted(n for all in notes.values() for n in all)
    if every != list(range(1, len(every) + 1)):
        found.append("a number is missing or stands twice")
    index = {name: (anchor, numbers(own), numbers(also)) for name, anchor, own, also in ROW.findall(page)}
    if list(index) != list(notes):
        found.append("the index has other subjects than the page")
    for name, (anchor, own, also) in index.items():
        if own != notes.get(name) or own != sorted(own):
            found.append(f"{name}: the index and the notes differ")
        if not set(also) <= set(every) - set(own):
            found.append(f"{name}: sees also what is not elsewhere")
        if anchor != re.sub(r"[^a-z0-9 -]", "", name.lower()).replace(" ", "-"):
            found.append(f"{name}: its link leads nowhere")
    return found


def test_every_note_is_found_by_the_index():
    assert faults(PAGE) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("**38. ", "**39. ", id="a number twice"),
        pytest.param("(#figures) | 83, ", "(#figures) | ", id="a note that the index lacks"),
        pytest.param("## Voice\n", "## Sound\n", id="a subject that the index lacks"),
        pytest.param("(#voice)", "(#sound)", id="a link to nothing"),
    ],
)
def test_an_index_that_leads_astray_is_found(old: str, new: str):
    assert old in PAGE
    assert faults(PAGE.replace(old, new)) != []
