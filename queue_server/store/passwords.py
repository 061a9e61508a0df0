"""How passwords are kept and weighed: as argon2id hashes, and against a list of those that many people chose."""

import secrets
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)  # OWASP's argon2id; about 25 ms here

_PLAIN_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


def made() -> str:
    """A password of 79 random bits that can be copied by hand: no letter looks like another, none is a capital."""
    return "-".join("".join(secrets.choice(_PLAIN_LETTERS) for _ in range(4)) for _ in range(4))


def is_right(stored: str, password: str) -> bool:
    """Whether the password is the one whose hash is stored."""
    try:
        return HASHER.verify(stored, password)
    except (VerificationError, InvalidHashError):
        return False


@cache
def common() -> frozenset[str]:
    """The passwords that leaked most often, small letters: the list of the package ``zxcvbn``, about 30,000.

    Read when the first password is chosen: a server that only calls numbers never needs it. Of that package only the
    list is used: its estimate of strength takes seconds for a password that was made to take long.
    """
    from zxcvbn.frequency_lists import FREQUENCY_LISTS

    return frozenset(FREQUENCY_LISTS["passwords"])
