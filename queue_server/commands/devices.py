"""What those who keep a hall's kiosks and displays do to them from afar."""

from ..domain.devices import Act, Test
from ..domain.errors import Code, QueueError
from ..domain.events import DeviceAsked, DeviceRevoked, Kind
from ..store import devices, presence
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


def revoke(tx: Transaction, site: str, device: str) -> None:
    """A stolen or retired kiosk or display may do nothing any more, and says so itself. Raises ``not_found``."""
    if not devices.revoke(tx.conn, site, device, tx.now):
        raise QueueError(Code.NOT_FOUND)
    record(tx, Kind.DEVICE_REVOKED, detail=DeviceRevoked(devices=[device], site=site))
