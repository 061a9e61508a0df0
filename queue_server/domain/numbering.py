"""How a number is written and read back."""

import re

_NUMBER = re.compile(r"([A-Z]{1,2})0*([1-9][0-9]{0,8})")


def number(prefix: str, seq: int) -> str:
    """``prefix`` and at least three digits: ``K001``, ``K1000``."""
    return f"{prefix}{seq:03d}"


def normalise(text: str) -> str | None:
    """What an officer typed (``k 14``, ``K-014``, ``k014``) as the number it means; None if it is none."""
    match = _NUMBER.fullmatch(re.sub(r"[\s.\-]", "", text).upper())
    return number(match[1], int(match[2])) if match else None
