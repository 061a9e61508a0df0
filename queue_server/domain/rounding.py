"""How figures are rounded where people read them: one way for every page, so that no two pages tell two values."""

from math import ceil, floor


def under(seconds: int | None) -> int | None:
    """The smallest whole number of minutes that a time is really less than; None for None."""
    return None if seconds is None else seconds // 60 + 1


def percent(share: float | None) -> int | None:
    """A share (0 to 1) in whole percent, rounded down: what is not kept in full is not 100; None for None."""
    return None if share is None else int(share * 100 + 1e-9)


def outwards(low_s: float, high_s: float) -> tuple[int, int]:
    """An estimate in whole minutes, at least 1; from ten on rounded outwards to five, since more would be pretence."""
    low, high = low_s / 60, high_s / 60
    low = floor(low / 5) * 5 if low >= 10 else floor(low)
    high = ceil(high / 5) * 5 if high >= 10 else ceil(high)
    return max(1, low), max(1, low, high)
