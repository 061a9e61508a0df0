"""What the browser's modules know of the server is made from the server's own declarations, and up to date."""

import importlib.util

import pytest

from queue_server.documents.board import Board
from queue_server.documents.schemas import schemas
from tests.world.tree import ROOT

spec = importlib.util.spec_from_file_location("browser_types", ROOT / "config/build/browser_types.py")
browser_types = importlib.util.module_from_spec(spec)
spec.loader.exec_module(browser_types)


def stale(folder):
    """The made files that are not what would be made now."""
    return [name for name, made in browser_types.FILES.items() if (folder / name).read_text() != made()]


def test_every_made_file_is_what_would_be_made_now():
    assert stale(browser_types.JS) == [], "run make types"


@pytest.mark.parametrize("name", browser_types.FILES)
def test_a_made_file_that_was_touched_is_found(tmp_path, name):
    browser_types.write(tmp_path)
    assert stale(tmp_path) == []
    (tmp_path / name).write_text((tmp_path / name).read_text() + "// by hand\n")
    assert stale(tmp_path) == [name]


def test_a_field_that_a_shape_gains_makes_the_browser_s_types_stale(monkeypatch):
    _, named = schemas([Board])
    named["Board"]["properties"]["moon"] = {"type": "integer"}
    monkeypatch.setattr(browser_types, "schemas", lambda shapes: ({}, named))
    assert "  moon?: number;" in browser_types.documents().splitlines()
    assert stale(browser_types.JS) == ["documents.d.ts"]
