"""What stands beside a month's open rows: equal ones together, and of what did not happen no row."""

from queue_server.domain.open_beside import Beside, in_order


def test_equal_rows_are_one_and_a_count_of_none_is_no_row():
    told = [
        Beside("corrected", "paper", 0),
        Beside("refused", "closed", 3, service="ktp", hour_from=8, hour_to=8),
        Beside("interruption", "power", 1, "", 20),
        Beside("refused", "closed", 4, service="ktp", hour_from=8, hour_to=8),
        Beside("interruption", "power", 1, "", 20),
    ]
    found = in_order(21, told)
    assert sorted((one.kind, one.count) for one in found) == [
        ("days", 21),
        ("interruption", 1),
        ("interruption", 1),
        ("refused", 7),
    ]
