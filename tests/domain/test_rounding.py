"""One way of rounding: a figure has one value on every page."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.domain.rounding import outwards, percent, under
from queue_server.reports.measures import spread


@pytest.mark.parametrize(("seconds", "minutes"), [(None, None), (0, 1), (59, 1), (60, 2), (264, 5), (300, 6)])
def test_a_time_is_really_less_than_its_minutes(seconds, minutes):
    assert under(seconds) == minutes


@pytest.mark.parametrize(
    ("share", "whole"), [(None, None), (0.0, 0), (2 / 3, 66), (0.667, 66), (0.999, 99), (1.0, 100)]
)
def test_a_share_is_never_flattered(share, whole):
    assert percent(share) == whole


@given(st.integers(0, 10**6), st.integers(1, 10**6))
def test_all_kept_alone_is_a_hundred(kept, promised):
    assert (percent(min(kept, promised) / promised) == 100) == (kept >= promised)


@given(st.lists(st.floats(0, 10**5), min_size=1))
def test_what_the_staff_reads_is_what_the_public_reads(seconds):
    told = spread(seconds)
    assert (told["median_min"], told["p90_min"]) == (under(told["median_s"]), under(told["p90_s"]))


@pytest.mark.parametrize(
    ("seconds", "minutes"),
    [
        ((0, 0), (1, 1)),
        ((0, 300), (1, 5)),
        ((400, 590), (6, 10)),
        ((540, 660), (9, 15)),
        ((600, 900), (10, 15)),
        ((1540, 2090), (25, 35)),
        ((3599, 3601), (55, 65)),
    ],
)
def test_an_estimate_is_rounded_outwards(seconds, minutes):
    assert outwards(*seconds) == minutes
