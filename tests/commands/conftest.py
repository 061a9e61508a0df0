"""What these tests begin with, beside the world's halls."""

from tests.commands.steps import open_hall

__all__ = ["open_hall"]
