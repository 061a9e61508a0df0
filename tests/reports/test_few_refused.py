"""The public figures of days do not tell of which service somebody was one of the few who got no number."""

from datetime import date

from queue_server.reports.performance import Day, performance
from tests.world.values import hall, service

MONDAY = date(2026, 1, 19)


def shown(*refused):
    """Services that a dozen came for, of whom so many more were refused: the whole, and what is told of each."""
    ids = [f"s{n}" for n in range(len(refused))]
    day = Day(MONDAY, dict.fromkeys(ids, 12), refused=dict(zip(ids, refused, strict=True)))
    found = performance(hall(*map(service, ids)), "week", [day], 10)
    told = dict(found.services)
    return found.total.refused, [told[id].refused for id in ids]


def test_few_refused_requests_are_told_of_no_service():
    assert shown(14, 1, 0) == (15, [14, None, None])


def test_no_rest_of_the_sum_shows_them():
    assert shown(14, 25, 1) == (40, [None, 25, None]), "40 less 14 less 25 would be the one"
