"""Which commands there are, and where each is defined."""

import pytest
from click import Context

from queue_server.cli import cli
from queue_server.cli.common import _MODULES
from tests.world.tree import ROOT


def test_every_module_of_commands_is_named_and_defines_what_it_is_named_for():
    files = {path.stem for path in (ROOT / "queue_server/cli").glob("*.py")} - {"__init__", "common"}
    assert files == set(_MODULES.values())
    for name in _MODULES:
        assert cli.get_command(Context(cli), name) is not None
    assert cli.commands.keys() == _MODULES.keys(), "a command that no name leads to"


@pytest.mark.parametrize("name", ["", "runn", "common"])
def test_what_is_no_command_is_none(name):
    assert cli.get_command(Context(cli), name) is None
