"""What is done at the shell by name: accounts and devices are made and changed. Sessions begin and end."""

from ..domain.device_events import DeviceAdded, DeviceRevoked
from ..domain.errors import Code, QueueError
from ..domain.events import Kind
from ..domain.roles import Role
from ..store import accounts, private, structure
from ..store.accounts import SESSION_LASTS, Account
from ..store.ids import new_id, token_hash
from ..store.refused_sign_ins import ADDRESS_LASTS
from ..store.transaction import Transaction, record
from . import accounting

FROM_WHERE = ("address", "browser")  # what is kept apart of a sign-in
MOST_SESSIONS = 20  # of one account; one more ends the oldest


def add_account(tx: Transaction, new: Account) -> str:
    """Add an account; its id. Raises ``username_taken``."""
    return accounting.add(tx, new)


def disable_account(tx: Transaction, username: str) -> None:
    """An account may do nothing any more, from now on. Raises ``not_found``, also for one that may nothing already."""
    id = _id(tx, username)
    if accounts.by_username(tx.conn, username) is None:
        raise QueueError(Code.NOT_FOUND)
    accounting.disable(tx, id)


def change_account(
    tx: Transaction,
    username: str,
    *,
    roles: frozenset[Role] | None = None,
    sites: tuple[str, ...] | None = None,
    agencies: tuple[str, ...] | None = None,
    name: str | None = None,
) -> None:
    """Change what an account may do, or how it is shown; None leaves as it is, no site or agency named means all.

    Raises ``not_found``.
    """
    asked = {"roles": roles, "sites": sites, "agencies": agencies, "name": name}
    accounting.change(tx, _id(tx, username), {what: value for what, value in asked.items() if value is not None})


def set_password(tx: Transaction, username: str, password_hash: str) -> None:
    """Another password; all sessions end, and a disabled account may sign in again. Raises ``not_found``."""
    accounting.reset_password(tx, _id(tx, username), password_hash, enabling=True)


def _id(tx: Transaction, username: str) -> str:
    id = accounts.id_of(tx.conn, username)
    if id is None:
        raise QueueError(Code.NOT_FOUND)
    return id


def add_device(tx: Transaction, name: str, kind: Role, site: str, token: str) -> str:
    """Enrol a kiosk or a display by a token that only it will know; its id.

    Raises ``invalid`` for a name that another device of the site has: to revoke one would shut out both.
    """
    if accounts.has_device(tx.conn, site, name):
        raise QueueError(Code.INVALID, field="name", reason="taken")
    id = new_id()
    accounts.add_device(tx.conn, id=id, name=name, kind=kind.value, site=site, token_hash=token_hash(token), at=tx.now)
    record(tx, Kind.DEVICE_ADDED, detail=DeviceAdded(device=id, kind=kind.value, site=site, name=name))
    return id


def revoke_device(tx: Transaction, site: str, name: str) -> None:
    """A stolen or retired kiosk or display may do nothing any more. Raises ``not_found``."""
    ids = accounts.revoke_devices(tx.conn, site, name, tx.now)
    if not ids:
        raise QueueError(Code.NOT_FOUND)
    record(tx, Kind.DEVICE_REVOKED, detail=DeviceRevoked(devices=ids, site=site))


def sign_in(
    tx: Transaction, account: Account, session_token: str, browser: str | None = None, address: str | None = None
) -> None:
    """A session begins; sessions too old to count are forgotten on the way, and the oldest of too many end.

    From where somebody signed in is kept apart from the event, and forgotten after its time.
    """
    accounts.drop_sessions_before(tx.conn, tx.now - SESSION_LASTS)
    if structure.clock_believed(tx.conn, tx.now):
        private.forget(tx.conn, tx.site_id, FROM_WHERE, tx.now - ADDRESS_LASTS)
    ended = accounts.end_oldest_sessions(tx.conn, account.id, keep=MOST_SESSIONS - 1)
    accounts.start_session(tx.conn, token_hash(session_token), account.id, tx.now, browser)
    where = dict(zip(FROM_WHERE, (address, browser), strict=True))
    record(tx, Kind.SIGNED_IN, officer=account.id, detail={"ended": ended} if ended else None, private=where)


def sign_out(tx: Transaction, session_token: str) -> None:
    """A session ends."""
    if accounts.end_session(tx.conn, token_hash(session_token)):
        record(tx, Kind.SIGNED_OUT, officer=tx.actor.id)
