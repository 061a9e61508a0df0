"""Accounts: who may manage which, what may be given, and that somebody who manages all is always left."""

import re
from collections.abc import Collection, Iterable
from typing import Any

from .errors import Code, QueueError
from .plain_text import is_blank
from .roles import Actor, Role

# Of ASCII alone: SQLite and PostgreSQL do not agree on the small form of any other letter.
USERNAME = re.compile(r"[A-Za-z0-9._@-]{1,64}")
PEMDA = "pemda"  # the local government itself, beside the agencies that sit in its hall


def refuse_username(username: str) -> None:
    """Raises ``invalid`` for a name that not every database reads alike."""
    if not USERNAME.fullmatch(username):
        raise QueueError(Code.INVALID, field="username", reason="username")


def refuse_name(name: str) -> None:
    """Raises ``invalid`` for a name that would be blank, or two lines, where it is shown."""
    if is_blank(name) or not name.isprintable():
        raise QueueError(Code.INVALID, field="name", reason="name")


def refuse_no_role(roles: Collection[Any]) -> None:
    """Raises ``invalid`` for an account that could do nothing."""
    if not roles:
        raise QueueError(Code.INVALID, field="roles", reason="no_role")


def refuse_unknown(field: str, wanted: Iterable[str], known: Collection[str]) -> None:
    """Raises ``invalid`` for a site, agency or organisation that the configuration does not name."""
    for one in wanted:
        if one not in known:
            raise QueueError(Code.INVALID, field=field, reason="unknown")


def manages(manager: Actor, account: Actor) -> bool:
    """Whether the account lies within what the manager may see to: all its sites, and all its agencies.

    A manager without limits sees to all; one that is limited sees to no account that acts beyond its limits, and to
    none that acts at all sites.
    """
    return _within(account.sites, manager.sites) and _within(account.agencies, manager.agencies)


def refuse_beyond(manager: Actor, sites: Collection[str], agencies: Collection[str]) -> None:
    """Raises ``forbidden`` for limits wider than the manager's own: nobody gives more than they have."""
    for field, given, own in (("sites", sites, manager.sites), ("agencies", agencies, manager.agencies)):
        if not _within(given, own):
            raise QueueError(Code.FORBIDDEN, field=field, reason="beyond_own")


def refuse_last_admin(before: Iterable[Actor], after: Iterable[Actor]) -> None:
    """Raises ``last_admin`` if a change leaves nobody who manages every account, or no admin at all.

    ``before``, ``after``: those that may sign in. An installation that never had one without limits keeps what it has.
    """
    had, left = _admins(before), _admins(after)
    if any(mine and not theirs for mine, theirs in zip(had, left, strict=True)):
        raise QueueError(Code.LAST_ADMIN)


def _admins(actors: Iterable[Actor]) -> tuple[int, int]:
    admins = [one for one in actors if one.has({Role.ADMIN})]
    return len(admins), sum(not one.sites and not one.agencies for one in admins)


def refuse_stale(seen: int | None, version: int, **now: Any) -> None:
    """Raises ``account_changed`` if the account was changed since the caller looked at it; None: it did not look."""
    if seen is not None and seen != version:
        raise QueueError(Code.ACCOUNT_CHANGED, **now)


def _within(given: Collection[str], own: Collection[str]) -> bool:
    """Whether some limits lie within others; no limit is the widest."""
    return not own or (bool(given) and set(given) <= set(own))
