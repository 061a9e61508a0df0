"""A sign-in was refused. It is counted and is no event: nobody known did anything (``contract.md``: the exception)."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any

from ..store import refused_sign_ins

Aside = Callable[[], AbstractContextManager[Any]]


def count(aside: Aside, account: str | None, address: str, at: datetime) -> None:
    """Count a wrong password of an account, or (None) a name that nobody has.

    ``aside``: begins a transaction of no command.
    """
    with aside() as conn:
        refused_sign_ins.count(conn, account or refused_sign_ins.NOBODY, address, at)
