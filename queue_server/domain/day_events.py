"""What events tell of a service day, beside their own columns."""

from typing import TypedDict

from .reasons import Reasoned


class OfDay(TypedDict):
    """A date in ISO 8601."""

    day: str


class NumbersOpened(Reasoned):
    """An instant in ISO 8601."""

    until: str
