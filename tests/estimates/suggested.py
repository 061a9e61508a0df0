"""The rule of suggestions, looking on at a simulated rush: shown what a hall knows, it says what it would do."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from statistics import fmean
from typing import NamedTuple

from queue_server.domain.pace import Pace, turn
from queue_server.domain.suggesting import OPENED_FOR_S, WALK_S, Option, Suggestion, suggestions
from queue_server.domain.what_if import Coming, Hand, InLine, Post, Present
from tests.estimates.rush import OFFICES, RUSH_HALL, SPARE, Lever, Played, Rush, Spot, p90, rush
from tests.estimates.world import HALL, OPEN_S, WEIGHTS

PROMISED = {id: 60.0 * round(wanted.mean_s * 1.2 / 60) for id, wanted in HALL.services.items()}  # as offices promise
EARLIER = range(10_001, 10_006)  # the days before, of which a hall knows how long its services took
_COMING_S = 5400.0


class Result(NamedTuple):
    """A suggestion that was followed: what was told, and what came with the lever and without it. In seconds."""

    act: str
    service: str
    people: int
    before: float
    after: float
    came_without: float
    came_with: float

    @property
    def right_way(self) -> bool:
        """Whether those who waited were called earlier with the lever."""
        return self.came_with < self.came_without

    @property
    def outcome_near(self) -> bool:
        """Whether the wait that came was within 30 % of the told one."""
        return abs(self.after - self.came_with) <= 0.3 * self.came_with

    @property
    def saving_near(self) -> bool:
        """Whether the time won was within 30 % of the told one; only a simulation knows both of its ends."""
        told, came = self.before - self.after, self.came_without - self.came_with
        return abs(told - came) <= 0.3 * abs(came)


@cache
def known_before() -> Mapping[str, Pace]:
    """How long the services took on the days before."""
    lasted: defaultdict[str, list[float]] = defaultdict(list)
    for number in EARLIER:
        for done in Played(rush(number)).until(1e9).hall.done:
            lasted[done.service].append(done.lasted_s / done.people)
    return {id: Pace.of(own) for id, own in lasted.items()}


def present(play: Played) -> Present:
    """The hall as it stands, as far as it is known."""
    hall, now = play.hall, play.hall.now_s
    lasted: defaultdict[str, list[float]] = defaultdict(list)
    for done in hall.done:
        lasted[done.service].append(done.lasted_s / done.people)
    turns = {id: turn(lasted[id][-20:], known_before()[id], PROMISED[id]) for id in RUSH_HALL.services}
    waiting = tuple(InLine(*one[:4], now - one.came_s) for one in hall.waiting.values())
    wanted = {one.service for one in waiting}
    posts = tuple(_post(desk, now, wanted, {id: turn.mean_s for id, turn in turns.items()}) for desk in _spots(play))
    calls = len(hall.done) + play.missed
    return Present(WEIGHTS, posts, waiting, turns, tuple(_coming(play, now)), play.missed / max(calls, 20))


def _spots(play: Played) -> Iterator[Spot]:
    for desk in play.hall.desks.values():
        assert isinstance(desk, Spot)
        yield desk


def _post(desk: Spot, now: float, wanted: set[str], means: Mapping[str, float]) -> Post:
    if not desk.open:
        return Post(desk.id, desk.services, desk.wheel, None)
    hand = Hand(desk.hand.service, desk.hand.people, now - desk.called_s) if desk.hand else None
    free_s = max(desk.back_s - now, 0.0) if desk.resting else 0.0
    if not (hand or desk.resting) and desk.services & wanted:
        free_s = fmean(means[id] for id in desk.services) / 2  # open, people wait, and nobody is called
    return Post(desk.id, desk.services, desk.wheel, free_s, hand)


def _coming(play: Played, now: float) -> Iterator[Coming]:
    """As many as came in the last hour go on coming."""
    span = min(3600.0, now)
    for (service, class_), n in sorted(
        Counter((a.service, a.class_) for a in play.came if a.at_s > now - span).items()
    ):
        for k in range(int(_COMING_S / span * n)):
            if now + (k + 0.5) * span / n < OPEN_S:
                yield Coming((k + 0.5) * span / n, service, class_)


def options(play: Played, hall: Present) -> Iterator[Option]:
    """What could be done: open a spare counter, let one serve another service of its office, end a break."""
    for post in hall.posts:
        if post.id in SPARE:
            yield Option(
                "open", Post(post.id, post.services, post.pointer, WALK_S, None, WALK_S + OPENED_FOR_S), post.services
            )
            continue
        if play.hall.desks[post.id].resting and (post.free_s or 0) > WALK_S + 300:
            yield Option("resume", Post(post.id, post.services, post.pointer, WALK_S), post.services)
        for id, office in OFFICES.items():
            if id not in post.services and office == OFFICES[min(post.services)]:
                yield Option(
                    "serve", Post(post.id, post.services | {id}, post.pointer, post.free_s, post.hand), frozenset({id})
                )


def told(of: Rush) -> tuple[Played, list[Suggestion]]:
    """The rush up to the moment at which somebody looks, and what they are told."""
    play = Played(of).until(of.asked_s)
    hall = present(play)
    return play, suggestions(hall, list(options(play, hall)))


def followed(number: int) -> Result | None:
    """What came of the first suggestion in a rush, and what would have come; None: nothing was suggested."""
    of = rush(number)
    play, found = told(of)
    if not found:
        return None
    first = found[0]
    post, waiting = first.option.post, [n for n, one in play.hall.waiting.items() if one.service == first.service]
    without, with_it = (Played(of).until(of.asked_s) for _ in range(2))
    with_it.pull(Lever(first.option.act, post.id, post.services))
    waits = [[play.until(1e9).waits.get(n) for n in waiting] for play in (without, with_it)]
    came = [p90([wait for wait in own if wait is not None]) for own in waits]
    return Result(first.option.act, first.service, len(waiting), first.before_s, first.after_s, *came)
