"""``queue-server``: serve, check, add accounts and devices, rehearse, export, back up, restore, look after itself."""

from .common import cli

__all__ = ["cli"]
