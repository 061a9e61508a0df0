"""What administrators do: the declared structure is applied, accounts and devices are made, sessions begin and end."""

from datetime import timedelta

from ..domain.errors import Code, QueueError
from ..domain.events import AccountAdded, AccountChanged, Configured, DeviceAdded, DeviceRevoked, Kind, OfAccount
from ..domain.roles import Role, in_order, mightiest
from ..store import accounts, counters, numbers, schema, structure, tickets
from ..store.accounts import Account
from ..store.ids import new_id, token_hash
from ..store.transaction import Transaction, record
from .leaving import vacate

SESSION_LASTS = timedelta(hours=12)
MOST_SESSIONS = 20  # of one account; one more ends the oldest


def apply_site(tx: Transaction) -> None:
    """Make the database's structure what the site file declares; records nothing if it already is.

    Rows that the file no longer names are retired, never deleted; a retired counter is closed and its visitor goes
    back into the queue. New weights turn every wheel to its first slot.
    """
    changes = structure.differences(tx.conn, tx.config)
    new_weights = dict(tx.weights) != dict(tx.config.order)
    if not changes and not new_weights:
        return
    retired = [id for id, columns in changes.get(schema.counter, {}).items() if columns is None]
    for id in retired:
        if (state := counters.get(tx.conn, tx.site_id, id)) is not None:
            vacate(tx, state, "retired")
    for table, rows in changes.items():
        for id, columns in rows.items():
            structure.write(tx.conn, table, tx.site_id, id, columns, tx.now)
    structure.write_weights(tx.conn, tx.site_id, tx.config.name, tx.config.order)
    detail = {
        t.name: {id: "retired" if c is None else "declared" for id, c in rows.items()} for t, rows in changes.items()
    }
    event_detail = Configured(changes=detail, counters=sorted(tx.config.counters), weights=new_weights)
    if new_weights:
        event_detail["order"] = dict(tx.config.order)
    if schema.service in changes and (above := _above_given(tx)):
        event_detail["series"] = above
    every = list(counters.of_site(tx.conn, tx.site_id).values())
    record(tx, Kind.CONFIGURED, detail=event_detail, every_counter=every)


def _above_given(tx: Transaction) -> dict[str, dict[str, int]]:
    """day -> service -> where its series must go on, if its prefix was another service's earlier that day (I-1)."""
    if tx.day is None:
        return {}
    given, following = tickets.highest_given(tx.conn, tx.site_id, tx.day), numbers.of_day(tx.conn, tx.site_id, tx.day)
    all_services = tx.config.services.values()
    raised = {s.id: highest + 1 for s in all_services if (highest := given.get(s.prefix, 0)) >= following.get(s.id, 1)}
    return {tx.day.isoformat(): raised} if raised else {}


def add_account(tx: Transaction, new: Account) -> str:
    """Add an account; its id. Raises ``invalid`` for a username that is taken."""
    if accounts.is_known(tx.conn, new.username):
        raise QueueError(Code.INVALID, field="username", reason="taken")
    accounts.add(tx.conn, new, tx.now)
    roles, sites, agencies = in_order(new.roles), list(new.sites), list(new.agencies)
    detail = AccountAdded(account=new.id, role=new.role.value, roles=roles, sites=sites, agencies=agencies)
    record(tx, Kind.ACCOUNT_ADDED, detail=detail)
    return new.id


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


def disable_account(tx: Transaction, username: str) -> None:
    """An account may do nothing any more, from now on. Raises ``not_found``."""
    id = accounts.disable(tx.conn, username, tx.now)
    if id is None:
        raise QueueError(Code.NOT_FOUND)
    record(tx, Kind.ACCOUNT_DISABLED, detail=OfAccount(account=id))


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

    An account with other rights signs in again, so that no open page shows what it may not. Raises ``not_found``.
    """
    asked = {"roles": roles, "sites": sites, "agencies": agencies, "name": name}
    changes = {what: value for what, value in asked.items() if value is not None}
    limits = changes.keys() - {"name"}
    id = accounts.change(tx.conn, username, changes, end_sessions=bool(limits))
    if id is None:
        raise QueueError(Code.NOT_FOUND)
    detail = AccountChanged(account=id)  # a name is personal: no event holds it
    if roles is not None:
        detail["role"], detail["roles"] = mightiest(roles).value, in_order(roles)
    if sites is not None:
        detail["sites"] = list(sites)
    if agencies is not None:
        detail["agencies"] = list(agencies)
    record(tx, Kind.ACCOUNT_CHANGED, detail=detail)


def set_password(tx: Transaction, username: str, password_hash: str) -> None:
    """Another password; all sessions end, and a disabled account may sign in again. Raises ``not_found``."""
    id = accounts.set_password(tx.conn, username, password_hash)
    if id is None:
        raise QueueError(Code.NOT_FOUND)
    record(tx, Kind.PASSWORD_SET, detail=OfAccount(account=id))


def revoke_device(tx: Transaction, site: str, name: str) -> None:
    """A stolen or retired kiosk or display may do nothing any more. Raises ``not_found``."""
    ids = accounts.revoke_devices(tx.conn, site, name, tx.now)
    if not ids:
        raise QueueError(Code.NOT_FOUND)
    record(tx, Kind.DEVICE_REVOKED, detail=DeviceRevoked(devices=ids, site=site))


def sign_in(tx: Transaction, account: Account, session_token: str) -> None:
    """A session begins; sessions too old to count are forgotten on the way, and the oldest of too many end."""
    accounts.drop_sessions_before(tx.conn, tx.now - SESSION_LASTS)
    ended = accounts.end_oldest_sessions(tx.conn, account.id, keep=MOST_SESSIONS - 1)
    accounts.start_session(tx.conn, token_hash(session_token), account.id, tx.now)
    record(tx, Kind.SIGNED_IN, officer=account.id, detail={"ended": ended} if ended else None)


def sign_out(tx: Transaction, session_token: str) -> None:
    """A session ends."""
    if accounts.end_session(tx.conn, token_hash(session_token)):
        record(tx, Kind.SIGNED_OUT, officer=tx.actor.id)
