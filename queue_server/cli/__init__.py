"""``queue-server``: serve, check, add accounts and devices, rehearse, export, back up, restore, look after itself."""

from . import figures, followers, operate, outage, people, serve, structure, verify
from .common import cli

__all__ = ["cli", "figures", "followers", "operate", "outage", "people", "serve", "structure", "verify"]
