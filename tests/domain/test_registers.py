"""Targets and complaints: which hold when, which figure reaches one, and what cannot be written."""

from datetime import date

import pytest

from queue_server.domain import complaints, targets
from queue_server.domain.errors import QueueError
from queue_server.domain.targets import Target
from queue_server.reports.measure_table import BY_NAME

JAN, FEB, MAR = (date(2026, month, 1) for month in (1, 2, 3))
WAIT = [Target("wait_p50_s", JAN, 900), Target("wait_p50_s", FEB, 600), Target("wait_p50_s", MAR, None)]


@pytest.mark.parametrize(
    ("day", "value"),
    [
        (date(2025, 12, 31), None),
        (JAN, 900),
        (date(2026, 1, 31), 900),
        (FEB, 600),
        (MAR, None),
        (date(2027, 1, 1), None),
    ],
)
def test_a_target_holds_from_its_day_until_the_next(day, value):
    held = targets.in_force([*reversed(WAIT)], day).get("wait_p50_s")
    assert (held.value if held else None) == value


@pytest.mark.parametrize(
    ("measure", "value", "figure", "met"),
    [
        *(("wait_p50_s", 900, 899, True), ("wait_p50_s", 900, 900, True), ("wait_p50_s", 900, 901, False)),
        *(("service_in_promise", 0.9, 0.9, True), ("service_in_promise", 0.9, 0.8999, False)),
        *(("no_show_share", 0.05, 0.05, True), ("no_show_share", 0.05, 0.06, False), ("no_show_share", 0, None, None)),
    ],
)
def test_a_figure_reaches_a_target_or_not(measure, value, figure, met):
    assert targets.is_met(Target(measure, JAN, value), figure) is met


def test_the_measures_that_may_have_a_target_are_better_the_way_that_the_reports_say():
    """None of them grows with the period: a count or a sum of a year reaches any target."""
    assert {name: BY_NAME[name].better for name in targets.BETTER} == dict(targets.BETTER)
    assert all(BY_NAME[name].unit == "share" or name.endswith(("p50_s", "p90_s")) for name in targets.BETTER)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        (Target("issued", JAN, 5), "targets.1.measure"),
        (Target("wait_p90_s", JAN, 0), "targets.1.value"),
        (Target("wait_p90_s", JAN, 60.5), "targets.1.value"),
        (Target("no_show_share", JAN, 1.1), "targets.1.value"),
        (Target("no_show_share", JAN, float("nan")), "targets.1.value"),
        (Target("wait_p50_s", JAN, 60), "targets.1.from"),
        (Target("wait_p90_s", date(1999, 1, 1), 60), "targets.1.from"),
    ],
)
def test_what_cannot_be_a_target_is_named_by_its_place(wrong, field):
    with pytest.raises(QueueError) as refused:
        targets.checked([WAIT[0], wrong])
    assert refused.value.details["field"] == field


def test_targets_are_written_in_one_order_whatever_the_order_they_came_in():
    assert targets.checked([*reversed(WAIT)]) == targets.read([one.written() for one in WAIT]) == WAIT


@pytest.mark.parametrize(
    ("count", "field"),
    [
        (complaints.Count("2026-12", "desk", None, 1, 0, 1), "month"),
        (complaints.Count("2026-11", "desk", "nobody", 1, 0, 1), "agency"),
        (complaints.Count("2026-11", "desk", None, 1, 1, 1), "done"),
        (complaints.Count("2026-11", "desk", "dukcapil", 2, 1, 1), None),
        (complaints.Count("2026-11", "desk", None, 2, 1, 1), None),
    ],
)
def test_a_line_of_the_register_is_possible_or_refused(count, field):
    today = date(2026, 11, 30)
    if field is None:
        assert complaints.read(complaints.checked(count, ["dukcapil"], today)) == count
        return
    with pytest.raises(QueueError) as refused:
        complaints.checked(count, ["dukcapil"], today)
    assert refused.value.details["field"] == field


def test_more_targets_than_anybody_keeps_are_refused():
    with pytest.raises(QueueError) as refused:
        targets.checked([WAIT[0]] * (targets.MOST + 1))
    assert refused.value.details == {"field": "targets", "most": targets.MOST}
