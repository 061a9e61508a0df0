"""The type checker holds every maker of a document to its declared shape: no field on one side only."""

import pytest

from tests.lint.type_checker import mypy
from tests.world.tree import ROOT


def test_every_document_is_made_as_it_is_declared():
    verdict, said = mypy()
    assert verdict == 0, said


SHAPE, QUERY = "queue_server/documents/board.py", "queue_server/queries/board.py"
DECLARED, MADE = '    """What a wall shows."""\n', '        "last_call": view.last_call,\n'


@pytest.mark.parametrize(
    ("file", "line", "more", "said"),
    [
        pytest.param(QUERY, MADE, '        "moon": 1,\n', 'Extra key "moon" for TypedDict "Board"', id="made"),
        pytest.param(SHAPE, DECLARED, "    moon: int\n", 'Missing key "moon" for TypedDict "Board"', id="declared"),
        pytest.param(QUERY, MADE, MADE.replace("view.last_call", "str(view.last_call)"), '"str"', id="of another type"),
    ],
)
def test_a_field_on_one_side_only_is_caught(tmp_path, file, line, more, said):
    text = (ROOT / file).read_text()
    assert text.count(line) == 1
    changed = tmp_path / "changed.py"
    changed.write_text(text.replace(line, line + more))
    verdict, heard = mypy("--shadow-file", file, str(changed), QUERY)
    assert verdict == 1
    assert said in heard
