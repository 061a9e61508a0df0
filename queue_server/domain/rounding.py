"""How figures are rounded where people read them: one way for every page, so that no two pages tell two values."""


def under(seconds: int | None) -> int | None:
    """The smallest whole number of minutes that a time is really less than; None for None."""
    return None if seconds is None else seconds // 60 + 1


def percent(share: float | None) -> int | None:
    """A share (0 to 1) in whole percent, rounded down: what is not kept in full is not 100; None for None."""
    return None if share is None else int(share * 100 + 1e-9)
