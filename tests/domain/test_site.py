"""What stands in a counter's tile."""

import pytest

from queue_server.domain.site import Counter


@pytest.mark.parametrize(
    ("name", "tile"),
    [
        ("Loket 5", "5"),
        ("loket A1", "A1"),
        ("LOKET  12-B", "12-B"),
        ("Loket Prioritas 2", "Prioritas 2"),
        ("Ruang Wawancara", "Ruang Wawancara"),
        ("Loketing", "Loketing"),
        ("Loket", "Loket"),
        ("Loket ", "Loket "),
        ("5", "5"),
    ],
)
def test_a_counter_s_number_stands_in_its_tile_and_any_other_name_in_full(name, tile):
    assert Counter("5", name, "imigrasi", "A", ()).tile == tile
