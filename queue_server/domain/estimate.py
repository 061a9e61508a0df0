"""How long a visitor is expected to wait, by the counters as they stand; ``calibration.py`` makes a range of it.

People ahead are work: each takes a turn of a counter's time. Counters that are free begin at once, those with a visitor
after half a turn, those on a break after half of it; the work ahead is shared out among them as they come free, and
whoever asks is called when it is done.

People ahead are counted as the wheels turn (``turns.py``): classes that are called ahead are in it, and those who come
later and are called ahead are not, but for those who have booked (``booked_ahead.py``). That, the breaks that nobody
told, visitors who do not answer: all that a hall does differently from what is reckoned here is learnt from what
happened, which is ``calibration.py``'s part.

The wait so far of the head of the line corrects one thing: a counter that is free while somebody waits already is not
there at once (its officer writes, or has gone without a word) and counts as one with a visitor. To stretch the whole
figure by how much longer the head has waited than they were told made it worse on simulated days, by 4 to 30 % at a
quarter of that stretch: mostly the head waited for what is over.
"""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from statistics import fmean, median

from .fold import CounterState

ENOUGH = 5  # recent visitors from which a pace can be told
LONGEST = 3  # times the median: a ticket left open over lunch counts as no more than that
BREAK_S = 15 * 60  # how long a break is expected to go on that has no end, or ended without the officer


def expected(people_ahead: float, turn_s: float | None, free_in: Sequence[float]) -> float | None:
    """Seconds until the call of a visitor with so many people before them; None where no counter serves, or no pace.

    ``turn_s``: seconds of a counter's time that one person of the line takes. ``free_in``: for each counter that calls
    from the line, in how many seconds it is expected to be free.
    """
    if not turn_s or turn_s <= 0 or not free_in:
        return None
    left, counters = max(0.0, people_ahead) * turn_s, sorted(max(0.0, at) for at in free_in)
    for working, (at, until) in enumerate(pairwise(counters), 1):
        done = working * (until - at)
        if left <= done:
            return at + left / working
        left -= done
    return counters[-1] + left / len(counters)


def free_in(state: CounterState, turn_s: float, *, awaited: bool) -> float | None:
    """In how many seconds a counter is expected to call the next; None: it is closed.

    ``awaited``: somebody waits for it already.
    """
    if state.officer is None:
        return None
    if state.break_since is not None:
        until = state.break_until
        return max((until - state.break_since).total_seconds(), 0.0) / 2 if until else BREAK_S
    return turn_s / 2 if state.ticket is not None or awaited else 0.0


def line_turn(turns_s: Mapping[str, float | None], people: Mapping[str, int], own: str) -> float | None:
    """What one of a line takes on average: of the services that are called from it, as many as wait for each.

    The asking service's own where nobody waits; None where its pace is not known.
    """
    mine = turns_s.get(own)
    known = [(turn, people[id]) for id, turn in turns_s.items() if turn and people.get(id, 0) > 0]
    if mine is None or not known:
        return mine
    return sum(turn * n for turn, n in known) / sum(n for _, n in known)


def cycle_time(recent_s: Sequence[float], target_s: float | None) -> float | None:
    """Tell the pace of a service: the seconds of a counter's time (from call to finish) one visitor takes.

    The mean of the recent ones if there are at least ``ENOUGH`` (a queue's length is governed by the mean, not by the
    median, which rare long visits do not move), each counted as at most ``LONGEST`` medians; else the target the
    service promises; else None.
    """
    if len(recent_s) < ENOUGH:
        return target_s
    longest = LONGEST * median(recent_s)
    return fmean(min(duration, longest) for duration in recent_s) or target_s
