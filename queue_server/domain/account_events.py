"""What events tell of accounts, beside their own columns: never a name or a text about a person."""

from collections.abc import Sequence
from typing import NotRequired, TypedDict


class OfAccount(TypedDict):
    """An account's id."""

    account: str


class AccountChanged(OfAccount):
    """What it may from now on; ``role`` is the mightiest of ``roles``, and all that older events have."""

    role: NotRequired[str]
    roles: NotRequired[Sequence[str]]
    sites: NotRequired[list[str]]
    agencies: NotRequired[list[str]]
    organisation: NotRequired[str | None]


class Lent(OfAccount):
    """To whose counters it is lent until the day closes."""

    agency: str


class LendingEnded(Lent):
    """``by``: what ended it where no person did."""

    by: NotRequired[str]


class AccountAdded(OfAccount):
    """As ``AccountChanged``."""

    role: str
    roles: NotRequired[Sequence[str]]
    sites: list[str]
    agencies: list[str]
    organisation: NotRequired[str]
