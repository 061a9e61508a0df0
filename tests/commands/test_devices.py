"""A new screen shows a code, somebody approves it, and from then on it is asked, and revoked, by its id."""

from datetime import timedelta

import pytest

from queue_server.commands import admin, devices, pairing
from queue_server.domain.errors import Code, QueueError
from queue_server.domain.pairing import ALPHABET, LASTS, LENGTH, MOST, MOST_OF_ADDRESS, Place
from queue_server.domain.roles import Role
from queue_server.store import accounts, events, pairings, presence
from queue_server.store import devices as rows
from queue_server.store.ids import token_hash
from queue_server.store.transaction import ALL_SITES
from tests.world.details import detail_faults
from tests.world.hall import SITE, WATI, Hall

WALL = Place("display")


class Screens:
    """The hall's screens: new ones that show a code, and those that are devices by now."""

    def __init__(self, hall: Hall) -> None:
        self.hall = hall

    def shows(self, secret: str = "secret", kind: str = "display", address: str = "192.168.1.20") -> str:
        """The code that a new screen shows."""
        with self.hall.perform.aside() as conn:
            return pairing.begin(conn, secret, kind, address, self.hall.now)

    def do(self, command, *said):
        """The supervisor does something to screens."""
        return self.hall.perform(ALL_SITES, lambda tx: command(tx, *said), actor=WATI).body

    def approve(self, code: str, name: str = "TV ruang tunggu", place: Place = WALL) -> str:
        """The supervisor types the code; the device's id."""
        return self.do(devices.approve, self.hall.site, code, name, place)

    def looked(self, query, *said):
        """A query of the store."""
        with self.hall.reader.connect() as conn, conn.begin():
            return query(conn, *said)

    def last(self):
        """The newest event of the server itself, as its kind declares."""
        event = self.looked(lambda conn: list(events.of_site(conn, ALL_SITES)))[-1]
        assert detail_faults([event]) == [] and event.by == WATI.id
        return event

    def refused(self, command, *said) -> tuple[Code, dict]:
        """Why it is refused; nothing was recorded, and what waited waits on."""
        before = self.looked(lambda conn: len(list(events.of_site(conn, ALL_SITES))))
        with pytest.raises(QueueError) as caught:
            self.do(command, *said)
        assert self.looked(lambda conn: len(list(events.of_site(conn, ALL_SITES)))) == before
        return caught.value.code, caught.value.details


@pytest.fixture
def screens(hall) -> Screens:
    """Of MPP Lebak."""
    return Screens(hall)


def test_an_approved_screen_is_a_device_by_the_secret_that_it_knew_and_its_code_is_over(screens):
    code = screens.shows("tv's secret")
    assert len(code) == LENGTH and set(code) <= set(ALPHABET)
    id = screens.approve(code.lower())
    device = screens.looked(accounts.by_device_token, token_hash("tv's secret"))
    assert (device.id, device.roles, device.sites) == (id, Role.DISPLAY.only, frozenset({SITE}))
    assert screens.looked(pairings.by_poll, "tv's secret") is None
    assert screens.refused(devices.approve, screens.hall.site, code, "Lain", WALL)[0] is Code.NOT_FOUND


PLACES = [
    (Place("kiosk"), {}),
    (Place("display"), {}),
    (Place("display", zone="A", voice=True), {"zone": "A", "voice": True}),
    (Place("display", counter="5"), {"counter": "5"}),
]


def test_where_a_screen_is_wanted_is_kept_with_it_and_told_with_its_approval(screens):
    for n, (place, told) in enumerate(PLACES):
        id = screens.approve(screens.shows(f"secret {n}", place.kind), f"Layar {n}", place)
        event = screens.last()
        detail = {"device": id, "kind": place.kind, "site": SITE, "name": f"Layar {n}"}
        assert (event.kind, event.detail) == ("device_added", detail | told)
        kept = screens.looked(rows.place_of, f"secret {n}")
        assert (kept.id, kept.zone, kept.counter, kept.voice) == (id, place.zone, place.counter, place.voice)


@pytest.mark.parametrize(("after", "alive"), [(LASTS - timedelta(seconds=1), True), (LASTS, False)])
def test_a_code_lives_for_ten_minutes(screens, after, alive):
    code = screens.shows()
    screens.hall.now += after
    if alive:
        assert screens.approve(code)
    else:
        refused = screens.refused(devices.approve, screens.hall.site, code, "TV", WALL)
        assert refused == (Code.NOT_FOUND, {})


def test_a_screen_is_not_approved_by_a_false_code_under_a_taken_name_or_for_a_place_that_the_hall_lacks(screens):
    code = screens.shows()
    admin_made = (admin.add_device, "Kios 1", Role.KIOSK, SITE, "token")
    screens.do(*admin_made)
    invalid = Code.INVALID
    for typed, name, place, told in (
        ("ZZZZZZ", "TV", Place("display"), (Code.NOT_FOUND, {})),
        (code, "Kios 1", Place("display"), (invalid, {"field": "name", "reason": "taken"})),
        (code, "TV", Place("display", counter="99"), (invalid, {"field": "counter"})),
        (code, "TV", Place("display", zone="Z"), (invalid, {"field": "zone"})),
    ):
        assert screens.refused(devices.approve, screens.hall.site, typed, name, place) == told
    screens.do(admin.revoke_device, SITE, "Kios 1")
    assert screens.approve(code, "Kios 1"), "whose name is free again, and the code was not used up"


def test_one_address_has_few_screens_waiting_and_the_server_not_many_until_codes_are_over(screens):
    for address in range(MOST // MOST_OF_ADDRESS):
        for n in range(MOST_OF_ADDRESS):
            screens.shows(f"{address} {n}", address=f"10.0.0.{address}")
        if address == 0:
            with pytest.raises(QueueError) as refused:
                screens.shows("one more", address="10.0.0.0")
            assert refused.value.code is Code.TOO_MANY_REQUESTS and refused.value.details["retry_after_s"] > 0
    with pytest.raises(QueueError):
        screens.shows("elsewhere", address="10.0.1.0")
    screens.hall.now += LASTS
    assert screens.shows("one more", address="10.0.0.0")


def test_no_two_screens_show_the_same_code_however_few_there_are(screens, monkeypatch):
    """With codes of one sign all 32 are given before one would have to be shown twice."""
    monkeypatch.setattr(pairing, "LENGTH", 1)
    shown = [screens.shows(f"secret {n}", address=f"10.0.0.{n // MOST_OF_ADDRESS}") for n in range(len(ALPHABET))]
    assert sorted(shown) == sorted(ALPHABET)


def test_a_screen_is_asked_and_its_test_waits_for_an_answer(screens):
    id = screens.approve(screens.shows())
    for act in ("reload", "identify"):
        screens.do(devices.ask, SITE, id, act)
        assert (screens.last().kind, screens.last().detail) == (
            "device_asked",
            {"device": id, "site": SITE, "act": act},
        )
    assert screens.looked(presence.of_site, SITE)[0].test is None
    screens.do(devices.ask, SITE, id, "test", "sound")
    asked = screens.last()
    assert asked.detail == {"device": id, "site": SITE, "act": "test", "test": "sound"}
    (row,) = screens.looked(presence.of_site, SITE)
    assert (row.test, row.test_kind, row.ok) == (asked.revision, "sound", None)


def test_a_revoked_screen_or_one_of_another_site_is_neither_asked_nor_revoked(screens):
    id = screens.approve(screens.shows("stolen"))
    assert screens.refused(devices.revoke, "pandeglang", id)[0] is Code.NOT_FOUND
    assert screens.refused(devices.ask, "pandeglang", id, "reload")[0] is Code.NOT_FOUND
    screens.do(devices.revoke, SITE, id)
    assert (screens.last().kind, screens.last().detail) == ("device_revoked", {"devices": [id], "site": SITE})
    assert screens.looked(accounts.by_device_token, token_hash("stolen")) is None
    assert screens.refused(devices.revoke, SITE, id)[0] is Code.NOT_FOUND
    assert screens.refused(devices.ask, SITE, id, "identify")[0] is Code.NOT_FOUND
