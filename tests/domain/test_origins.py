"""From where visitors come: one in k is asked, and what is told shows nobody."""

from datetime import date

import pytest

from queue_server.domain.districts import District, checked, read
from queue_server.domain.errors import QueueError
from queue_server.domain.origins import Origins, is_asked, rounded

DAY, NAMED = date(2026, 11, 30), {"360214": "Rangkasbitung", "360201": "Malingping"}


@pytest.mark.parametrize("k", [1, 2, 3, 7])
def test_of_k_numbers_in_a_row_exactly_one_is_asked(k):
    asks = [is_asked(Origins(k, NAMED), "paspor", DAY, seq) for seq in range(1, 20 * k + 1)]
    assert [sum(asks[n : n + k]) for n in range(len(asks) - k + 1)] == [1] * (len(asks) - k + 1)


def test_the_first_of_a_day_is_asked_on_some_days_and_not_on_others():
    days = {is_asked(Origins(3, NAMED), "paspor", date(2026, 11, n), 1) for n in range(1, 31)}
    assert days == {True, False}


def test_nobody_is_asked_where_no_district_is_named():
    assert not any(is_asked(Origins(1), "paspor", DAY, seq) for seq in range(9))


def test_what_is_told_is_a_multiple_of_five_and_of_fewer_than_five_nothing():
    assert [rounded(n) for n in range(13)] == [None] * 5 + [5, 5, 5, 10, 10, 10, 10, 10]
    assert {rounded(n + 1) == rounded(n) for n in range(5, 30)} == {True, False}, "one answer more may show nothing"


def test_figures_of_districts_are_checked_and_read_again_as_they_were_written():
    said = [District("360214", 1, 150_000), District("360201")]
    written = checked(said, " Lebak Dalam Angka ", 2025, NAMED)
    assert written == {"districts": [["360214", 1, 150_000]], "source": "Lebak Dalam Angka", "year": 2025}
    assert checked(said, None, None, NAMED)["source"] is None
    assert read(written["districts"]) == {"360214": District("360214", 1.0, 150_000)}


@pytest.mark.parametrize(
    ("said", "year", "field"),
    [
        ([District("320101", 1)], None, "districts.0.id"),
        ([District("360214", 1), District("360214", 2)], None, "districts.1.id"),
        ([District("360214", -1)], None, "districts.0.distance_km"),
        ([District("360214", None, 0)], None, "districts.0.population"),
        ([], 1, "year"),
    ],
)
def test_what_cannot_be_is_refused_by_its_field(said, year, field):
    with pytest.raises(QueueError) as refused:
        checked(said, None, year, NAMED)
    assert refused.value.details["field"] == field
