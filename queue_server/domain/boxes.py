"""How a wait is told: by the fewest of six boxes that hold its range. Finer would be pretence (``calibration.py``).

Under 5 minutes, 5 to 10, 10 to 20, 20 to 40, 40 to 60, more than an hour.
"""

from bisect import bisect_left, bisect_right

EDGES = (0, 5, 10, 20, 40, 60)  # minutes; the last box has no upper edge


def boxes(low_s: float, high_s: float) -> tuple[int, int | None]:
    """The outer edges in minutes of the smallest run of boxes that holds a range in seconds; None: no upper edge.

    A wait of exactly an edge belongs to the box that it begins; a range that ends at one needs no box beyond it.
    """
    first = max(bisect_right(EDGES, low_s / 60), 1)
    last = max(bisect_left(EDGES, high_s / 60), first)
    return EDGES[first - 1], EDGES[last] if last < len(EDGES) else None
