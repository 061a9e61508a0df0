"""The first run: the first administrator of a hall that begins."""

from ..domain.errors import Code, QueueError
from ..domain.events import Kind
from ..domain.structure_events import SetUp
from ..store import accounts
from ..store.accounts import Account
from ..store.transaction import Transaction, record
from . import accounting, admin


def set_up(tx: Transaction, *, new: Account, site: str, stage: str, token: str, browser: str) -> None:
    """Make the first administrator, signed in by a session of this token; ``stage``: where the hall's file is ready.

    Raises ``not_found`` where there ever was an account or a device: of two who come at once, one is too late.
    """
    if accounts.anybody(tx.conn):
        raise QueueError(Code.NOT_FOUND)
    accounting.add(tx, new)
    record(tx, Kind.SET_UP, detail=SetUp(account=new.id, site=site, stage=stage))
    admin.sign_in(tx, new, token, browser)
