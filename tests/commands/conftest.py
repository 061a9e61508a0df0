"""These tests share the hall of ``tests/commands``."""

from tests.commands.fixtures import hall, make_hall, prepared

__all__ = ["hall", "make_hall", "prepared"]
