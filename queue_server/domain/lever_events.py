"""What events tell of levers for today, beside their own columns."""

from typing import NotRequired

from .reasons import Reasoned


class ServicesSet(Reasoned):
    """What a counter serves today; ``was``: before. ``declared``: it is what the structure says, so the lever ends."""

    services: list[str]
    was: list[str]
    declared: NotRequired[bool]


class QuotaSet(Reasoned):
    """The places of a service's day that differ from its structure: a class's or the ``total``; null is unlimited.

    None: it is all as the structure says again. ``was``: as it stood before.
    """

    quota: dict[str, int | None]
    was: dict[str, int | None]
