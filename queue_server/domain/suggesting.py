"""What a supervisor might do about a long line, with what it is expected to change.

Each act that the hall offers is played once at the mean (``what_if.py``); the best of them many times, with and without
it, each time with the same people and the same luck. The median of those plays is told: the wait within which nine of
ten who wait now are called. An act is told only if it helps much, harms no other line much, and its outcome is
known well enough: nearly all plays with it end near what is told.
"""

from collections.abc import Callable, Sequence
from statistics import median
from typing import Literal, NamedTuple

from .what_if import Post, Present, Waits, play, within_ninety

Act = Literal["open", "serve", "resume"]
OPENED_FOR_S = 3600.0  # for how long a counter is opened
WALK_S = 240.0  # until an officer who is asked for sits there
FROM_S = 20 * 60.0  # a line in which nine of ten are called by then asks for nothing, unless less was promised
LEAST_S, LEAST_PART = 8 * 60.0, 0.2  # what an act must win, and of what it wins from
NEAR, SURE = 0.3, 0.925  # so large a part of the plays ends within so much of what is told
HARM = 0.5  # of what one line wins, so much may another one lose
PLAYS = 40
TRIED = 4  # acts that are played many times
MOST = 2  # told at a time
_UNNAMED = 0.7  # an act for which nobody is known to be there counts as so much of one that somebody can do now
_CALLS = 60_000  # how many calls may be played out in all, so that a crowd costs no more than a rush


class Option(NamedTuple):
    """Something that could be done now: a counter as it would be then, for the lines that it is meant for.

    ``person``: somebody is known who can do it.
    """

    act: Act
    post: Post
    meant_for: frozenset[str]
    person: bool = True


class Suggestion(NamedTuple):
    """An act, and the line that it is for. Waits are those within which nine of ten who wait now are called."""

    option: Option
    service: str
    before_s: float
    after_s: float
    plays: int
    near: float  # the part of the plays that ended near ``after_s``

    @property
    def id(self) -> str:
        """The same act for the same line has the same one."""
        return f"{self.option.act}:{self.option.post.id}:{self.service}"


def suggestions(
    hall: Present, options: Sequence[Option], asked_for: Callable[[str], float | None] = lambda service: None
) -> list[Suggestion]:
    """The acts worth doing, the best first, one a line and counter; ``asked_for``: the wait that a service promises."""
    without = _ninety(play(hall))
    found: list[Suggestion] = []
    for option, service in _promising(hall, options, without, asked_for)[:TRIED]:
        if any(service == one.service or option.post.id == one.option.post.id for one in found):
            continue
        if (judged := _judged(hall, option, service)) is not None:
            found.append(judged)
    return found


def _ninety(waits: Waits) -> dict[str, float]:
    return {service: within_ninety(own) for service, own in waits.items()}


def _promising(
    hall: Present, options: Sequence[Option], without: dict[str, float], asked_for: Callable[[str], float | None]
) -> list[tuple[Option, str]]:
    """The acts that help by the mean, for which line, the one first that spares most people most time."""
    long = {service for service, wait in without.items() if wait > (asked_for(service) or FROM_S)}
    ranked = []
    for option in options[: _CALLS // max(len(hall.waiting), 1)]:
        if long.isdisjoint(option.meant_for):
            continue
        changed = hall.with_post(option.post)
        then = _ninety(play(changed.of(changed.together(option.post.services))))
        for service in sorted(long & option.meant_for & then.keys()):
            wins = without[service] - then[service]
            others = [then[other] - without[other] for other in then if other in without and other != service]
            if _is_much(wins, without[service]) and max(others, default=0.0) <= HARM * wins:
                people = sum(one.service == service for one in hall.waiting)
                ranked.append((wins * people * (1 if option.person else _UNNAMED), option, service))
    ranked.sort(key=lambda one: (-one[0], one[1].post.id, one[2]))
    return [(option, service) for _, option, service in ranked]


def _is_much(wins: float, of: float) -> bool:
    return wins >= max(LEAST_S, LEAST_PART * of)


def _judged(hall: Present, option: Option, service: str) -> Suggestion | None:
    changed = hall.with_post(option.post)
    reached = changed.together({service})
    before, then = hall.of(reached), changed.of(reached)
    plays = min(PLAYS, _CALLS // (2 * TRIED) // max(len(then.waiting) + len(then.coming), 1))
    if plays < PLAYS // 4:
        return None  # of such a crowd nothing can be said in time
    pairs = [(play(before, which).get(service), play(then, which).get(service)) for which in range(plays)]
    known = [(within_ninety(a), within_ninety(b)) for a, b in pairs if a and b]
    if len(known) < plays:
        return None
    with_it = [after for _, after in known]
    after, wins = median(with_it), median(without - with_it for without, with_it in known)
    near = sum(abs(one - after) <= NEAR * after for one in with_it) / plays
    if not _is_much(wins, after + wins) or near < SURE:
        return None
    return Suggestion(option, service, after + wins, after, plays, near)
