"""These tests share the hall of ``tests/commands``."""

from tests.commands.fixtures import hall, make_hall, prepared
from tests.commands.steps import open_hall

__all__ = ["hall", "make_hall", "open_hall", "prepared"]
