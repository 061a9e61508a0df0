"""A screen that nobody attends is missed a minute after its last word, within opening hours, of the same day."""

from datetime import timedelta

import pytest

from queue_server.domain.absence import absent_from, wanted_from
from queue_server.domain.hours import open_span
from queue_server.domain.site import Holiday
from tests.world.values import at, hall, hours, service, special

SITE = hall(holidays=special(Holiday(at("2026-01-20 00:00").date(), "Libur")))


@pytest.mark.parametrize(
    ("seen", "now", "expected"),
    [
        pytest.param("2026-01-19 09:00:00", "2026-01-19 09:00:10", None, id="it spoke ten seconds ago"),
        pytest.param("2026-01-19 09:00:00", "2026-01-19 09:00:20", "2026-01-19 09:01:00", id="two words are missed"),
        pytest.param("2026-01-19 09:00:00", "2026-01-19 11:00:00", "2026-01-19 09:01:00", id="gone for long"),
        pytest.param("2026-01-19 07:30:00", "2026-01-19 07:45:00", None, id="before the hall opens"),
        pytest.param("2026-01-19 07:30:00", "2026-01-19 08:00:00", "2026-01-19 08:00:00", id="gone when it opens"),
        pytest.param("2026-01-19 07:59:30", "2026-01-19 08:00:10", "2026-01-19 08:00:30", id="gone just before"),
        pytest.param("2026-01-19 15:00:00", "2026-01-19 15:29:59", "2026-01-19 15:01:00", id="while people are served"),
        pytest.param("2026-01-19 15:00:00", "2026-01-19 15:30:00", None, id="after closing"),
        pytest.param("2026-01-16 15:00:00", "2026-01-19 09:00:00", None, id="not heard today"),
        pytest.param("2026-01-20 09:00:00", "2026-01-20 10:00:00", None, id="a holiday"),
        pytest.param("2026-01-17 09:00:00", "2026-01-17 10:00:00", None, id="a Saturday"),
        pytest.param("2026-01-19 09:00:30", "2026-01-19 09:00:00", None, id="a clock that was put back"),
    ],
)
def test_when_silence_is_an_alarm(seen, now, expected):
    found = absent_from(SITE, at(seen), at(now), opened=False, day_closed=False)
    assert found == (expected and at(expected))


@pytest.mark.parametrize(
    ("now", "opened", "day_closed", "missed"),
    [
        ("2026-01-19 10:00", False, True, False),
        ("2026-01-19 10:00", True, True, True),
        ("2026-01-17 10:00", True, False, True),
        ("2026-01-19 18:00", True, False, True),
    ],
    ids=["a day that was closed", "opened again", "a Saturday opened by a supervisor", "an evening opened"],
)
def test_what_a_supervisor_decided_is_above_the_hours(now, opened, day_closed, missed):
    found = absent_from(SITE, at(now) - timedelta(minutes=5), at(now), opened=opened, day_closed=day_closed)
    assert (found is not None) is missed


def test_the_hall_is_open_as_long_as_any_service_is():
    site = hall(service("a", hours={"mon": hours("06:00-09:00")}), service("b", hours={"mon": hours("12:00-24:00")}))
    assert open_span(site, at("2026-01-19 00:00").date()) == (at("2026-01-19 06:00"), at("2026-01-20 00:00"))
    assert open_span(site, at("2026-01-20 00:00").date()) is None


TWICE = hall(
    service("a", hours={"mon": hours("08:00-11:30", "13:00-15:00")}), service("b", hours={"mon": hours("09:00-10:00")})
)


@pytest.mark.parametrize(
    ("services", "since", "now", "expected"),
    [
        pytest.param("a", "07:00", "07:59", None, id="before it opens"),
        pytest.param("a", "07:00", "08:00", "08:00", id="from the opening on"),
        pytest.param("a", "09:10", "09:30", "09:10", id="since something happened"),
        pytest.param("a", "08:00", "11:30", None, id="in a pause"),
        pytest.param("a", "08:00", "13:20", "13:00", id="again after it"),
        pytest.param("b", "08:00", "10:30", None, id="once its own services are over"),
        pytest.param("ab", "08:00", "09:30", "08:00", id="any of its services counts"),
        pytest.param("a", "08:00", "15:00", None, id="after closing"),
    ],
)
def test_since_when_somebody_is_wanted_at_a_counter(services, since, now, expected):
    moments = [at(f"2026-01-19 {one}") for one in (since, now)]
    found = wanted_from(TWICE, services, *moments, opened=False, day_closed=False)
    assert found == (expected and at(f"2026-01-19 {expected}"))
    assert wanted_from(TWICE, services, *moments, opened=False, day_closed=True) is None
    assert wanted_from(TWICE, services, *moments, opened=True, day_closed=True) == moments[0]
