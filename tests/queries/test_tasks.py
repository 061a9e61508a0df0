"""What a hall asks of those who run it: each task is there until it is done, for whoever may do it."""

from dataclasses import replace

import pytest

from queue_server.commands import admin
from queue_server.domain.roles import Actor, Role
from queue_server.queries.tasks import tasks
from queue_server.store import accounts
from queue_server.store.accounts import Account
from tests.world.hall import SITE

ADMIN = Actor("rina", Role.ADMIN.only, frozenset({SITE}))


def asked(hall, actor=ADMIN, years=()):
    """kind -> how many, of what is asked of somebody now."""
    found = hall.read(lambda view: tasks(view, actor, {}, lambda site: years))
    return {one.kind: one.n for one in found}


def account(name, *roles, agencies=()):
    return Account(name, name, name, frozenset(roles), "-", (SITE,), agencies)


@pytest.fixture
def hall(hall):
    """The hall before anybody works there."""
    with hall.reader.connect() as conn, conn.begin():
        names = [one.username for one in accounts.enabled(conn)]
    for name in names:
        hall.on_server(admin.disable_account, name)
    return hall


def test_a_new_hall_asks_for_screens_people_and_what_is_to_be_published(hall):
    found = asked(hall)
    assert {"kiosk", "wall", "overseer", "officers"} <= found.keys() and "number" not in found
    assert found["officers"] == len(hall.site.counters), "nobody may open any of them"


def test_each_goes_by_itself_once_it_is_done(hall):
    hall.on_server(admin.add_device, "Kios", Role.KIOSK, SITE, "a token")
    assert "kiosk" not in asked(hall) and asked(hall)["number"] == 1
    hall.issue("skck-baru")
    assert "number" not in asked(hall)
    hall.on_server(admin.add_device, "TV", Role.DISPLAY, SITE, "another")
    assert "wall" not in asked(hall)
    hall.on_server(admin.revoke_device, SITE, "Kios")
    assert "kiosk" in asked(hall), "it is gone again"
    polres = sum(one.agency == "polres" for one in hall.site.counters.values())
    hall.on_server(admin.add_account, account("budi", Role.OFFICER, agencies=("polres",)))
    assert asked(hall)["officers"] == len(hall.site.counters) - polres
    hall.on_server(admin.add_account, account("dewi", Role.SUPERVISOR))
    assert not asked(hall).keys() & {"officers", "overseer"}
    assert asked(hall, years=(2027,))["calendar"] == 2027


@pytest.mark.parametrize(
    ("actor", "kinds"),
    [
        (replace(ADMIN, roles=Role.SUPERVISOR.only), {"kiosk", "wall"}),
        (replace(ADMIN, agencies=frozenset({"polres"})), {"officers"}),
        (replace(ADMIN, roles=Role.OFFICER.only), set()),
        (replace(ADMIN, roles=Role.AUDITOR.only), set()),
        (replace(ADMIN, sites=frozenset({"elsewhere"})), set()),
    ],
    ids=["supervisor", "admin of an agency", "officer", "auditor", "another hall's"],
)
def test_nobody_is_asked_for_what_they_may_not_do(hall, actor, kinds):
    found = asked(hall, actor, years=(2027,))
    assert found.keys() == kinds
    own = [one for one in hall.site.counters.values() if actor.for_agency(one.agency)]
    assert found.get("officers", len(own)) == len(own)
