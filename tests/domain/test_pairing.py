"""A code that people read off a screen and type, and where a device may be wanted."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.domain.errors import Code, QueueError
from queue_server.domain.pairing import ALPHABET, LASTS, LENGTH, Place, is_alive, read_code
from tests.world.values import at, hall

NOW = at("2026-01-19 10:00")


def test_the_alphabet_has_32_signs_and_none_that_is_read_as_another():
    assert len(set(ALPHABET)) == len(ALPHABET) == 32
    assert not set("01IO") & set(ALPHABET)


@pytest.mark.parametrize("typed", ["7KM4XR", "7km4xr", " 7KM 4XR ", "7km-4xr", "7 K M 4 X R"])
def test_a_code_is_read_however_it_is_typed(typed):
    assert read_code(typed) == "7KM4XR"


@pytest.mark.parametrize("typed", ["", "7KM4X", "7KM4XRR", "7KM4X0", "7KM4XÄ", "7KM4X/", "%00%00%00", "７KM4XR"])
def test_what_is_no_code_is_found_nowhere(typed):
    with pytest.raises(QueueError) as refused:
        read_code(typed)
    assert refused.value.code is Code.NOT_FOUND


@given(st.text(alphabet=ALPHABET, min_size=LENGTH, max_size=LENGTH))
def test_every_code_reads_as_itself(code):
    assert read_code(code.lower()) == code


@pytest.mark.parametrize(
    ("ago", "alive"),
    [
        (timedelta(0), True),
        (LASTS - timedelta(seconds=1), True),
        (LASTS, False),
        (-LASTS, True),  # a clock that was put back
        (-LASTS - timedelta(seconds=1), False),
    ],
)
def test_a_code_lives_ten_minutes(ago, alive):
    assert is_alive(NOW - ago, NOW) is alive


@pytest.mark.parametrize(
    ("place", "wrong"),
    [
        (Place("kiosk"), None),
        (Place("display"), None),
        (Place("display", zone="A", voice=True), None),
        (Place("display", counter="1"), None),
        (Place("display", zone="Z"), "zone"),
        (Place("display", counter="99"), "counter"),
        (Place("display", zone="A", counter="1"), "zone"),
        (Place("display", counter="1", voice=True), "voice"),
        (Place("kiosk", counter="1"), "counter"),
        (Place("kiosk", zone="A"), "zone"),
        (Place("kiosk", voice=True), "voice"),
    ],
)
def test_a_device_is_wanted_where_the_hall_has_a_place(place, wrong):
    site = hall()
    first = next(iter(site.counters))
    zone = site.wall.zones[0] if site.wall.zones else None
    place = Place(
        place.kind,
        zone if place.zone == "A" else place.zone,
        first if place.counter == "1" else place.counter,
        place.voice,
    )
    if wrong is None:
        place.check(site)
        return
    with pytest.raises(QueueError) as refused:
        place.check(site)
    assert refused.value.details == {"field": wrong}
