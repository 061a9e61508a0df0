"""A counter as the page itself writes it, for browsers whose scripts have not begun or never will."""

from ...domain.site import Counter


def tile(counter: Counter) -> dict[str, str | bool]:
    """What stands in its tile, and whether the word *Loket* stands over it."""
    return {"tile": counter.tile, "numbered": counter.tile != counter.name}
