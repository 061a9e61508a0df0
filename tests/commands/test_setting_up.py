"""The first administrator is made once, in an empty house, and is signed in."""

from dataclasses import replace

import pytest

from queue_server import settings
from queue_server.commands.setting_up import set_up
from queue_server.domain.errors import Code, QueueError
from queue_server.domain.roles import Role
from queue_server.store import accounts
from queue_server.store.accounts import Account
from queue_server.store.ids import new_id
from queue_server.store.transaction import ALL_SITES
from tests.world.hall import SITE, Hall

TOKEN = "kunci-sesi-yang-panjang-sekali"  # of a session of this test alone


def begun(hall: Hall, username: str) -> Account:
    """Somebody makes the hall and themselves its administrator."""
    new = Account(new_id(), username, username.title(), Role.ADMIN.only, "-", (), ())
    made = {"new": new, "site": SITE, "stage": "sites.new/1", "token": TOKEN, "browser": "Chrome"}
    hall.perform(ALL_SITES, lambda tx: set_up(tx, **made))
    return new


def test_the_first_administrator_is_made_and_signed_in_and_nobody_after(tmp_path):
    told = settings.load(None, environ={})
    hall = Hall(tmp_path / "data", replace(told, sites={SITE: told.sites[SITE]}))
    first = begun(hall, "dewi")
    with hall.reader.connect() as conn, conn.begin():
        assert accounts.anybody(conn)
    with pytest.raises(QueueError) as late:
        begun(hall, "rini")
    assert late.value.code is Code.NOT_FOUND
    with hall.reader.connect() as conn, conn.begin():
        assert accounts.by_username(conn, "dewi").id == first.id
        assert accounts.by_username(conn, "rini") is None
    hall.stop()
