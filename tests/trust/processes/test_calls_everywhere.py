"""I-2, I-5: sixteen officers press Space at once, each at another of three processes than the next one."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.trust.processes.hall import Processes
from tests.trust.test_calls import check_called_once_in_order, fill, press_space
from tests.world.ledger import check_replay
from tests.world.people import SITE

OFFICERS, PROCESSES = 16, 3
COUNTERS = {str(n): ["talk"] for n in range(1, OFFICERS + 1)}
WHAT = "calls over HTTP by 16 officers at 3 processes, PostgreSQL"


def everyone_everywhere(hall: Processes) -> list[tuple[int, str]]:
    """All officers work until the hall is empty; the calls they were told of, by revision."""
    at_each = [hall.elsewhere(n) for n in range(PROCESSES)]
    desks = [(counter, at_each[n % PROCESSES][n]) for n, counter in enumerate(COUNTERS)]
    for counter, officer in desks:
        assert officer.verb(SITE, counter, "open").ok
    with ThreadPoolExecutor(OFFICERS) as pool:
        return sorted(call for calls in pool.map(press_space, desks) for call in calls)


@pytest.mark.night
def test_sixteen_officers_at_three_processes_call_everybody_once_in_order(open_processes, figure):
    row = figure("F1", WHAT)
    waiting = 1000 if row.effort else 60
    for _ in row.each(range(row.size(ci=1, night=100))):
        hall = open_processes(COUNTERS, officers=OFFICERS, processes=PROCESSES).start()
        fill(hall.cast, waiting)
        told = everyone_everywhere(hall)
        row.count(len(told), lost=len(told) - len({number for _, number in told}))
        check_called_once_in_order(told, waiting)
        check_replay(hall.servers[0], SITE)
        hall.end()


@pytest.mark.night  # test_history.py sees the same lock fail at each run
def test_control_a_lock_without_a_second_look_is_noticed_across_processes(open_processes, figure):
    hall = open_processes(COUNTERS, {"TEST_SABOTAGE": "lock_without_recheck"}, officers=OFFICERS, processes=PROCESSES)
    fill(hall.start().cast, 40)
    told = everyone_everywhere(hall)
    with pytest.raises(AssertionError):
        check_called_once_in_order(told, 40)
    twice = len(told) - len(Counter(number for _, number in told))
    figure("F1", WHAT).caught("lock without re-check", f"{twice} of {len(told)} twice")
