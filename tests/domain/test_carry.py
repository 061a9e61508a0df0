"""On which day a kept place is: the first that the service has, by the structure that holds then."""

from datetime import date, timedelta

import pytest

from queue_server.domain.carry import Ahead, in_force, next_place
from queue_server.domain.hours import HORIZON_DAYS
from queue_server.domain.site import Holiday
from tests.world.values import at, hall, service, special

TUESDAY, THURSDAY = date(2026, 11, 24), date(2026, 11, 26)


def shut(since: date, days: int) -> dict[date, Holiday]:
    """So many days on which the hall stays closed."""
    return special(*(Holiday(since + timedelta(days=n), "Renovasi", closed=True) for n in range(days)))


NOW = hall(service("ktp"), service("sim"))
LATER = hall(service("ktp", days=("fri",)), service("paspor"))
CLOSED = hall(service("ktp"), service("sim"), holidays=shut(TUESDAY, 2))
FOR_EVER = hall(service("ktp"), holidays=shut(TUESDAY, HORIZON_DAYS + 9))


@pytest.mark.parametrize(
    ("ahead", "of", "opens"),
    [
        pytest.param([Ahead(TUESDAY, NOW)], "ktp", "2026-11-24 08:00", id="one structure"),
        pytest.param([Ahead(TUESDAY, NOW), Ahead(THURSDAY, LATER)], "ktp", "2026-11-24 08:00", id="before the change"),
        pytest.param([Ahead(TUESDAY, CLOSED), Ahead(THURSDAY, LATER)], "ktp", "2026-11-27 08:00", id="after it"),
        pytest.param([Ahead(TUESDAY, CLOSED), Ahead(THURSDAY, LATER)], "sim", "2026-11-26 08:00", id="dropped by it"),
        pytest.param([Ahead(TUESDAY, FOR_EVER)], "ktp", None, id="no day at all"),
        pytest.param([Ahead(TUESDAY, CLOSED), Ahead(THURSDAY, FOR_EVER)], "ktp", None, id="none, whatever holds"),
    ],
)
def test_a_place_is_kept_for_the_first_day_that_the_service_has(ahead, of, opens):
    found = next_place(ahead, of)
    assert (found[0] if found else None) == (at(opens) if opens else None)
    if found:
        assert found[1] is in_force(ahead, found[0].date())
