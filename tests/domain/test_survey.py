"""The index of satisfaction: exact, rounded once, and its letter at the bounds (`facts`: PermenPANRB 14/2017)."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.domain.errors import QueueError
from queue_server.domain.survey import (
    ELEMENTS,
    Answered,
    Counted,
    count,
    hundredths,
    index,
    letter,
    lowest,
    mean,
    mean_of,
    sample,
)
from queue_server.domain.survey_mix import FEWEST, LEAVE, WAIT, Sealed, leave_at_end, leave_now
from queue_server.domain.survey_period import Months, asked, quarter
from queue_server.domain.survey_told import LEAST, blocks, held_back, is_told

BY_HAND = [  # five respondents, worked out by hand
    (4, 3, 3, 4, 4, 4, 4, 3, 3),
    (3, 3, 2, 4, 3, 3, 4, 3, 3),
    (4, 4, 3, 4, 3, 4, 3, 4, 3),
    (3, 3, 3, 4, 3, 3, 4, 3, 2),
    (4, 3, 2, 4, 3, 4, 4, 3, 3),
]


def said(values, service="paspor", agency="imigrasi", month="2026-10"):
    return Answered(month, service, agency, "phone", "paid", "plain", tuple(values))


def summed(n, total):
    """So many respondents with so much in all; how it is spread changes no index."""
    return Counted(n, (total, *(0,) * 8))


@pytest.mark.parametrize(
    ("n", "total", "ikm", "name"),
    [
        (19, 604, 8830, "B"),  # raw 88.304 lies in the printed gap
        (19, 605, 8845, "A"),
        (19, 524, 7661, "B"),  # raw 76.608 is below 76.61
        (19, 523, 7646, "C"),
        (58, 1357, 6499, "D"),
        (58, 1358, 6504, "C"),
        (5, 117, 6500, "C"),
        (5, 116, 6444, "D"),
        (5000, 158949, 8831, "A"),  # exactly 88.305: half up
        (25, 693, 7700, "B"),  # with 0.11 it would be 76.23, C
        (1, 9, 2500, "D"),
        (1, 36, 10000, "A"),
        (29, 955, 9148, "A"),  # with 0.11: 90.56
        (1, 35, 9722, "A"),  # a paid service under "free" words: its cost cannot pass 3
    ],
)
def test_the_index_and_its_letter_at_the_bounds(n, total, ikm, name):
    rounded = hundredths(index(summed(n, total)))
    assert (rounded, letter(rounded)) == (ikm, name)


@pytest.mark.parametrize(
    ("rounded", "name"), [(8831, "A"), (8830, "B"), (7661, "B"), (7660, "C"), (6500, "C"), (6499, "D"), (2500, "D")]
)
def test_the_letter_is_that_of_the_rounded_figure(rounded, name):
    assert letter(rounded) == name


def test_the_example_that_was_worked_out_by_hand():
    counted = count(said(values) for values in BY_HAND)
    assert counted.sums == (18, 16, 13, 20, 16, 18, 19, 16, 14)
    assert hundredths(index(counted)) == 8333
    assert [hundredths(mean(counted, n) * 25) for n in range(9)] == [
        *(9000, 8000, 6500, 10000, 8000, 9000, 9500, 8000, 7000)
    ]
    assert lowest(counted) == ["time", "facilities", "procedure"]
    personal = [index(count([said(values)])) for values in BY_HAND]
    assert mean_of(personal) == index(counted)


def test_nobody_is_no_d():
    assert index(Counted()) is None and mean(Counted(), 0) is None and lowest(Counted()) == []


def test_fewer_than_nine_answers_are_counted_apart():
    counted = count([said(BY_HAND[0]), said((4,) * 8 + (None,)), said((None,) * 9)])
    assert (counted.n, counted.n_incomplete) == (1, 2)
    assert counted.skipped == (1,) * 8 + (2,)
    assert hundredths(index(counted)) == 8889


def test_pooled_and_the_mean_of_units_are_two_figures():
    a, b = Counted(100, (360,) * 9), Counted(10, (27,) * 9)
    assert hundredths(index(a + b)) == 8795
    assert hundredths(mean_of([index(a), index(b)])) == 7875


@given(st.lists(st.tuples(*[st.integers(1, 4)] * 9), min_size=1, max_size=30))
def test_the_weight_is_exactly_a_ninth(rows):
    counted = count(said(row) for row in rows)
    by_elements = sum((mean(counted, n) * Fraction(1, 9) for n in range(9)), Fraction()) * 25
    assert by_elements == index(counted)
    assert 2500 <= hundredths(by_elements) <= 10000


TABLE = (
    "10 10 15 14 20 19 25 24 30 28 40 36 50 44 75 63 100 80 150 108 200 132 250 152 300 169 400 196 500 217 600 234 "
    "750 254 1000 278 1500 306 2000 322 2200 327 2600 335 2800 338 3000 341 5000 357 7000 364 9000 368 10000 370 "
    "20000 377 50000 381 75000 382 1000000 384 17332 376 100000 383 0 0 1 1 5 5"
)


def test_the_advice_is_krejcie_and_morgans_table():
    figures = [int(one) for one in TABLE.split()]
    assert [sample(n) for n in figures[::2]] == figures[1::2]


# -- the urn


def sealed(n, service="paspor", agency="imigrasi", kind="survey"):
    return [Sealed(f"{kind}{service}{i}", kind, said(BY_HAND[0], service, agency)) for i in range(n)]


def first(of, many):
    return list(of)[:many]


def test_answers_leave_five_at_a_time_once_ten_of_a_service_wait():
    assert leave_now(sealed(WAIT - 1) + sealed(WAIT - 1, "eazy"), first) == []
    left = leave_now(sealed(WAIT) + sealed(3, "eazy"), first)
    assert len(left) == LEAVE and {one.said.service for one in left} == {"paspor"}
    assert leave_now(sealed(6) + sealed(6, kind="rating"), first) == []


@pytest.mark.parametrize(
    ("waiting", "before", "told"),
    [
        (sealed(5), {}, {("paspor", "imigrasi"): 5}),
        (sealed(4), {}, {(None, None): 4}),  # too rare by service and by agency
        (sealed(4), {("survey", "paspor"): 1}, {("paspor", "imigrasi"): 4}),
        (sealed(3) + sealed(3, "eazy"), {}, {(None, "imigrasi"): 6}),
        (sealed(9) + sealed(1, "ktp", "dukcapil"), {}, {("paspor", "imigrasi"): 9, (None, None): 1}),
    ],
)
def test_what_is_too_rare_is_struck_out_when_a_month_is_over(waiting, before, told):
    left = leave_at_end(waiting, before)
    found = {}
    for one in left:
        found[one.said.service, one.said.agency] = found.get((one.said.service, one.said.agency), 0) + 1
    assert found == told and FEWEST == 5


# -- small figures


def test_months_are_put_together_until_ten_respondents_are_in_them():
    months = {"2026-01": 4, "2026-02": 7, "2026-03": 0, "2026-04": 12, "2026-05": 3}
    assert blocks(months) == [frozenset({"2026-01", "2026-02"}), frozenset({"2026-04"})]
    assert is_told(months, ["2026-01", "2026-02", "2026-03"])
    assert is_told(months, ["2026-04"]) and is_told(months, ["2026-03", "2026-04"])
    assert not is_told(months, ["2026-02"]) and not is_told(months, ["2026-04", "2026-05"])
    assert not is_told({"2026-01": 9}, ["2026-01"]) and is_told({"2026-01": 10}, ["2026-01"])


@given(st.lists(st.integers(0, 15), min_size=1, max_size=8), st.data())
def test_no_two_periods_that_are_told_differ_by_fewer_than_ten(counts, data):
    months = {f"2026-{n + 1:02}": many for n, many in enumerate(counts)}
    names = list(months)
    spans = [set(names[a:b]) for a in range(len(names)) for b in range(a + 1, len(names) + 1)]
    told = [span for span in spans if is_told(months, span)]
    if told:
        one, other = (data.draw(st.sampled_from(told)) for _ in range(2))
        only = sum(months[month] for month in one - other)
        assert only == 0 or only >= LEAST


@given(st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 30), min_size=1))
def test_no_unit_is_shown_by_what_is_told_of_the_others(units):
    untold = {unit for unit, n in units.items() if 0 < n < LEAST}
    held = held_back(units, untold)
    rest = [n for unit, n in units.items() if unit in held]
    assert untold <= held
    assert not held or held == {u for u, n in units.items() if n} or (len(rest) >= 2 and sum(rest) >= LEAST)


# -- periods


def test_a_period_is_whole_months_that_are_over():
    from datetime import date

    today = date(2026, 11, 23)
    assert asked(date(2026, 10, 1), date(2026, 10, 31), today, ()) == Months("2026-10", "2026-10")
    assert asked(None, None, today, ["2026-08", "2026-10"]) == quarter("2026-Q3")
    assert asked(None, None, today, ["2026-10"]) == Months("2026-10", "2026-10")
    assert asked(None, None, today, ()) == quarter("2026-Q3")
    for first_day, last_day in (
        (date(2026, 10, 2), date(2026, 10, 31)),
        (date(2026, 10, 1), date(2026, 10, 30)),
        (date(2026, 11, 1), date(2026, 11, 30)),
        (date(2026, 10, 1), date(2026, 9, 30)),
    ):
        with pytest.raises(QueueError):
            asked(first_day, last_day, today, ())
    assert quarter("2026-Q4").ends == date(2026, 12, 31) and quarter("2026-Q4").quarter == "2026-Q4"
    assert Months("2026-11", "2027-01").quarter is None
    assert len(ELEMENTS) == 9


@pytest.mark.parametrize("name", ["", "2026", "2026-Q0", "2026-Q5", "2026-q1", "Q1-2026"])
def test_what_is_no_quarter_is_refused(name):
    with pytest.raises(QueueError):
        quarter(name)
