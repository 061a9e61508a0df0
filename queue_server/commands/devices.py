"""What those who keep a hall's kiosks and displays do to them from afar."""

from ..domain.device_events import DeviceAdded, DeviceAsked, DeviceRevoked
from ..domain.devices import Act, Test
from ..domain.errors import Code, QueueError
from ..domain.events import Kind
from ..domain.pairing import Place, is_alive, read_code
from ..domain.site import Site
from ..store import accounts, devices, pairings, presence
from ..store.ids import new_id
from ..store.transaction import Transaction, record


def ask(tx: Transaction, site: str, device: str, act: Act, test: Test | None = None) -> None:
    """Have an enrolled screen load its page anew, say who it is, or test itself. Raises ``not_found``."""
    if not devices.stands(tx.conn, site, device):
        raise QueueError(Code.NOT_FOUND)
    detail = DeviceAsked(device=device, site=site, act=act)
    if test is not None:
        detail["test"] = test
        presence.test_asked(tx.conn, device, tx.revision, test, tx.now)
    record(tx, Kind.DEVICE_ASKED, detail=detail)


def approve(tx: Transaction, site: Site, code: str, name: str, place: Place) -> str:
    """The screen that shows this code is a device of the site from now on, by the secret that it knows; its id.

    Raises ``not_found`` for a code that nobody shows or whose time is over, ``invalid`` for a name that is taken or a
    place that the hall does not have.
    """
    shown = pairings.by_code(tx.conn, read_code(code))
    if shown is None or not is_alive(shown.at, tx.now):
        raise QueueError(Code.NOT_FOUND)
    place.check(site)
    if accounts.has_device(tx.conn, site.id, name):
        raise QueueError(Code.INVALID, field="name", reason="taken")
    id = new_id()
    who = {"id": id, "name": name, "kind": place.kind, "site": site.id}
    accounts.add_device(tx.conn, **who, token_hash=shown.poll_hash, at=tx.now)
    devices.set_place(tx.conn, id, place.zone, place.counter, place.voice)
    pairings.end(tx.conn, shown.poll_hash)
    detail = DeviceAdded(device=id, kind=place.kind, site=site.id, name=name)
    if place.zone:
        detail["zone"] = place.zone
    if place.counter:
        detail["counter"] = place.counter
    if place.voice:
        detail["voice"] = True
    record(tx, Kind.DEVICE_ADDED, detail=detail)
    return id


def revoke(tx: Transaction, site: str, device: str) -> None:
    """A stolen or retired kiosk or display may do nothing any more, and says so itself. Raises ``not_found``."""
    if not devices.revoke(tx.conn, site, device, tx.now):
        raise QueueError(Code.NOT_FOUND)
    record(tx, Kind.DEVICE_REVOKED, detail=DeviceRevoked(devices=[device], site=site))
