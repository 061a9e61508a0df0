"""No modules of the product take each other in a circle, not for types either: each is read from the ground up."""

import pytest

from tests.lint.imports import circle
from tests.world.tree import ROOT, files

SOURCES = {path.as_posix(): (ROOT / path).read_text() for path in files(".py", under=("queue_server/",))}


def test_no_modules_take_each_other_in_a_circle():
    assert circle(SOURCES, types=True) == []


@pytest.mark.parametrize(
    ("path", "bad"),
    [
        pytest.param("queue_server/domain/ticket.py", "from .fold import Ticket", id="in a room"),
        pytest.param("queue_server/domain/ticket.py", "def late():\n    from .fold import Ticket", id="imported late"),
        pytest.param(
            "queue_server/web/screens/visit.py",
            "from typing import TYPE_CHECKING\n\nif TYPE_CHECKING:\n    from .registry import Screen",
            id="for types",
        ),
    ],
)
def test_and_a_circle_is_caught(path, bad):
    assert circle(SOURCES | {path: bad}, types=True)
