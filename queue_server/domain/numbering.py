"""How a number is written and read back."""

import re

_NUMBER = re.compile(r"([A-Z]{1,3})0*([1-9][0-9]{0,8})")


def number(prefix: str, seq: int) -> str:
    """``prefix`` and at least three digits: ``K001``, ``K1000``."""
    return f"{prefix}{seq:03d}"


def seq_of(number: str) -> int:
    """Where a number as it is written stands in its series."""
    return int(number.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))


def normalise(text: str) -> str | None:
    """What an officer typed (``k 14``, ``K-014``, ``k014``) as the number it means; None if it is none."""
    match = _NUMBER.fullmatch(re.sub(r"[\s.\-]", "", text).upper())
    return number(match[1], int(match[2])) if match else None


_GAP = 1000  # far more than any service gives between two backups of one day


def after_a_restore(last: int) -> int:
    """Where a series goes on whose last known number is ``last`` (0: none): above the next multiple of 1,000."""
    return (last // _GAP + 1) * _GAP + 1
