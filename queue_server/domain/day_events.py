"""What events tell of a service day, beside their own columns."""

from typing import TypedDict


class OfDay(TypedDict):
    """A date in ISO 8601."""

    day: str


class NumbersOpened(TypedDict):
    """An instant in ISO 8601."""

    until: str
