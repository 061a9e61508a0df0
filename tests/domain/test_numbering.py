"""How a number is written, and read however an officer types it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.domain.numbering import after_a_restore, normalise, number

PREFIXES = st.from_regex(r"[A-Z]{1,2}", fullmatch=True)


@pytest.mark.parametrize(
    ("prefix", "seq", "written"),
    [
        pytest.param("K", 1, "K001", id="three digits at least"),
        pytest.param("K", 999, "K999", id="the last of three"),
        pytest.param("K", 1000, "K1000", id="then four"),
        pytest.param("PJ", 14, "PJ014", id="two letters"),
    ],
)
def test_a_number_is_its_prefix_and_at_least_three_digits(prefix, seq, written):
    assert number(prefix, seq) == written


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        pytest.param("K014", "K014", id="as printed"),
        pytest.param("k14", "K014", id="small and short"),
        pytest.param(" K - 014 ", "K014", id="spaced out"),
        pytest.param("k.014", "K014", id="with a full stop"),
        pytest.param("K00014", "K014", id="too many noughts"),
        pytest.param("K1000", "K1000", id="a thousand"),
        pytest.param("pj3", "PJ003", id="two letters"),
        pytest.param("014", None, id="no letter"),
        pytest.param("K", None, id="no digits"),
        pytest.param("K000", None, id="there is no number nought"),
        pytest.param("pab-7", "PAB007", id="three letters: a paper one of an outage"),
        pytest.param("KTPA1", None, id="four letters"),
        pytest.param("K1A", None, id="letters behind"),
        pytest.param("", None, id="nothing"),
        pytest.param("K" + "9" * 12, None, id="more than any day holds"),
        pytest.param("K١٤", None, id="digits of another script"),
        pytest.param("'; DROP TABLE ticket; --", None, id="mischief"),
    ],
)
def test_a_typed_number_is_read_as_meant(typed, meant):
    assert normalise(typed) == meant


@given(PREFIXES, st.integers(1, 99_999))
def test_what_is_written_is_read_back(prefix, seq):
    assert normalise(number(prefix, seq).lower()) == number(prefix, seq)


@given(st.text(max_size=20))
def test_whatever_is_typed_is_a_number_or_none(typed):
    meant = normalise(typed)
    assert meant is None or normalise(meant) == meant


@pytest.mark.parametrize(
    ("last", "goes_on_at"), [(0, 1001), (1, 1001), (999, 1001), (1000, 2001), (1001, 2001), (2500, 3001), (7000, 8001)]
)
def test_after_a_restore_a_series_goes_on_above_the_next_thousand(last, goes_on_at):
    assert after_a_restore(last) == goes_on_at
