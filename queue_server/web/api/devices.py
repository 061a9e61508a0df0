"""A hall's enrolled kiosks and displays: how each is, and what is wanted of it from afar."""

from typing import Any

from flask import Blueprint

from ...commands import devices as commands
from ...domain.devices import Act as Wanted
from ...domain.devices import Test
from ...domain.rights import Act
from ...house import House
from ...perform import Answer, Command
from ...queries.devices import devices, registry
from ...store.transaction import ALL_SITES, Transaction
from ..http.endpoint import PREFIX, Asked, Body, Empty, endpoint

bp = Blueprint("devices", __name__, url_prefix=f"{PREFIX}/sites/<site>")


class TestBody(Body):
    """Which test the screen is to make of itself."""

    kind: Test


@endpoint(bp, "GET", "/devices", act=Act.KEEP_DEVICES, reply="devices")
def get_devices(asked: Asked, site: str) -> Any:
    """The site's enrolled kiosks and displays, and how each is."""
    return of_house(asked.house, site)


def of_house(house: House, site: str) -> Any:
    """The registry as it is now."""
    return registry(house.reader, site, house.clock(), house.build, house.seen.last_heard)


@endpoint(bp, "POST", "/devices/<device>/reload", act=Act.KEEP_DEVICES, body=Empty, reply="registered", status=202)
def reload_device(asked: Asked, site: str, device: str) -> Any:
    """Have a screen load its page anew: 202."""
    return _ask(asked, site, device, "reload")


@endpoint(bp, "POST", "/devices/<device>/identify", act=Act.KEEP_DEVICES, body=Empty, reply="registered", status=202)
def identify_device(asked: Asked, site: str, device: str) -> Any:
    """Have a screen show its name, large: 202."""
    return _ask(asked, site, device, "identify")


@endpoint(bp, "POST", "/devices/<device>/test", act=Act.KEEP_DEVICES, body=TestBody, reply="registered", status=202)
def test_device(asked: Asked, site: str, device: str) -> Any:
    """Have a screen test its sound, picture, clock or network: 202; what came of it is its ``last_test``."""
    return _ask(asked, site, device, "test", asked.body.kind)


@endpoint(bp, "POST", "/devices/<device>/revoke", act=Act.KEEP_DEVICES, body=Empty, reply="devices")
def revoke_device(asked: Asked, site: str, device: str) -> Any:
    """A device may do nothing any more, from now on; its own screen says so."""
    _perform(asked, lambda tx: commands.revoke(tx, site, device), lambda tx: Answer(204, None))
    return of_house(asked.house, site)


def _ask(asked: Asked, site: str, device: str, act: Wanted, test: Test | None = None) -> Any:
    house = asked.house

    def reply(tx: Transaction) -> Answer:
        found = devices(tx.conn, site, house.clock(), house.build, house.seen.last_heard)
        return Answer(202, next(one for one in found if one["id"] == device))

    return _perform(asked, lambda tx: commands.ask(tx, site, device, act, test), reply)


def _perform(asked: Asked, command: Command, reply: Any) -> Any:
    answer = asked.house.perform(ALL_SITES, command, actor=asked.actor, key=asked.key(), reply=lambda tx, _: reply(tx))
    return answer.body, answer.status
