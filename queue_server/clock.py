"""The one place where the product reads the clock; everything else is handed the time."""

from datetime import UTC, datetime


def utc_now() -> datetime:
    """Now, aware, in UTC."""
    return datetime.now(UTC)
