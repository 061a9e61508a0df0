"""Any hall that the site file allows is whole on every screen: judged by geometry, in halls that a generator wrote."""

import pytest

from tests.any_hall import looking
from tests.any_hall.files import CROWDED, MANY, REQUIRED, site_file
from tests.any_hall.looking import AnyHall, Look, look_at_kiosk, look_at_pages, server_of
from tests.server import Server


@pytest.fixture(scope="module")
def halls(tmp_path_factory) -> Server:
    """A server of the two halls that every run looks at."""
    server = server_of(tmp_path_factory.mktemp("any"), (REQUIRED, CROWDED))
    yield server
    server.kill()


def test_a_hall_of_the_required_keys_alone_is_whole_on_every_screen(chromium, halls):
    hall, look = AnyHall(halls, REQUIRED), Look()
    look_at_kiosk(chromium, hall, look, looking.KIOSKS[:2], [looking.MODES[1], looking.MODES[-1]])
    look_at_pages(chromium, hall, look, most_sizes=2)
    assert not look.found


def test_a_service_among_a_hundred_of_one_agency_is_found_in_few_touches(chromium, halls):
    hall, look = AnyHall(halls, CROWDED), Look()
    look_at_kiosk(chromium, hall, look, looking.KIOSKS[:1], [(), looking.MODES[-1]])
    assert not look.found
    assert look.touches <= 6


@pytest.mark.night
@pytest.mark.slow
@pytest.mark.parametrize("shape", MANY, ids=lambda shape: shape.id)
def test_any_hall_is_whole_on_every_screen_in_every_size_and_mode(chromium, tmp_path, shape):
    server = server_of(tmp_path, (shape,))
    try:
        hall, look = AnyHall(server, shape), Look()
        look_at_kiosk(chromium, hall, look, looking.KIOSKS, looking.MODES)
        look_at_pages(chromium, hall, look)
    finally:
        server.kill()
    assert not look.found


def test_a_generated_hall_stays_the_same_from_run_to_run():
    for shape in MANY:
        assert site_file(shape) == site_file(shape)
