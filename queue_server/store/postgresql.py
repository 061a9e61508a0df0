"""How PostgreSQL is reached, also where its host vanishes: packets are dropped, and nothing is refused or closed.

The driver is waited for by a function of ours, green or not, because libpq heeds its own ``connect_timeout`` only where
it waits itself. Each host of a URL is tried for itself, so that one which is gone does not stand before the next.
"""

import random
import select
import time
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import make_url

from . import libpq, limits
from .json_text import read_json

_ONLY_HOST_S, _EACH_HOST_S = 5.0, 2.0  # to be connected to
_PING_S = 2.0  # for a pooled connection to show that it lives
_SHUNNED_S = 30.0  # a host that said nothing is tried last for so long

_OURS = {"application_name": "antrean"} | libpq.VANISHED
# The server's side: a client that is gone holds no row for long; a row that somebody holds is not waited for longer
# than a lock. A reader's longest statement is a year's export.
_SERVER = (
    f"-c timezone=UTC -c lock_timeout={limits.LOCK_WAIT_S:.0f}s"
    " -c tcp_keepalives_idle=5 -c tcp_keepalives_interval=2 -c tcp_keepalives_count=2 -c tcp_user_timeout=10s"
)
_WRITES = f"-c statement_timeout={limits.STATEMENT_S:.0f}s -c idle_in_transaction_session_timeout=10s"
_READS = "-c statement_timeout=300s -c idle_in_transaction_session_timeout=60s"


def open_engine(url: str, isolation_level: str, *, read_only: bool = False) -> Engine:
    """An engine on PostgreSQL. Raises ModuleNotFoundError if the driver is not installed."""
    from psycopg2.extensions import set_wait_callback

    engine = create_engine(
        make_url(url).set(drivername=libpq.DRIVER),
        isolation_level=isolation_level,
        execution_options={"postgresql_readonly": True} if read_only else {},
        pool_pre_ping=True,  # a connection that a restart cut is replaced before it is used
        pool_size=10,
        max_overflow=10,
        pool_timeout=limits.LOCK_WAIT_S,
        connect_args=_connect_args(url, _READS if read_only else _WRITES),
        json_deserializer=read_json,
    )
    set_wait_callback(wait)
    event.listen(engine, "do_connect", _Hosts().connect)
    really = engine.dialect.do_ping

    def ping(dbapi_connection: Any) -> bool:
        with limits.within(_PING_S):
            return really(dbapi_connection)

    engine.dialect.do_ping = ping  # type: ignore[method-assign]  # SQLAlchemy has no hook for it
    return engine


def _connect_args(url: str, sort: str) -> dict[str, Any]:
    """What we ask of each connection beside what the URL says; the URL's own word is never lost."""
    own = libpq.parameters(url)
    ours = {name: value for name, value in _OURS.items() if name not in own}
    return ours | {"options": " ".join(filter(None, (own.get("options"), _SERVER, sort)))}


def wait(connection: Any) -> None:
    """Wait for a connection's answer as the process waits (``select`` is green where threads are).

    Raises the driver's OperationalError when the limit in force is over; the driver then closes the connection.
    """
    from psycopg2 import OperationalError
    from psycopg2.extensions import POLL_OK, POLL_READ, POLL_WRITE

    until = limits.until()
    while (state := connection.poll()) != POLL_OK:
        if state not in (POLL_READ, POLL_WRITE):
            raise OperationalError(f"bad result from poll: {state!r}")
        left = None if until is None else until - time.monotonic()
        if (left is not None and left <= 0) or not _ready(connection.fileno(), state == POLL_WRITE, left):
            raise OperationalError("the database has not answered in time")


def _ready(handle: int, to_write: bool, left: float | None) -> bool:
    if hasattr(select, "poll"):  # eventlet takes it away; plain select knows no file beyond the 1,024th
        waiting = select.poll()
        waiting.register(handle, select.POLLOUT if to_write else select.POLLIN)
        return bool(waiting.poll(None if left is None else left * 1000))
    reads, writes = ([], [handle]) if to_write else ([handle], [])
    return any(select.select(reads, writes, [], left))


class _Hosts:
    """The hosts of one URL, in the order in which they are worth trying."""

    def __init__(self) -> None:
        self._silent: dict[str, float] = {}  # host -> when (monotonic) it said nothing

    def connect(self, dialect: Any, _record: Any, args: list[Any], parameters: dict[str, Any]) -> Any:
        """The first host that answers and is what the URL wants. Raises the driver's error of the last."""
        places = _places(parameters)
        wanted = parameters.get("target_session_attrs")
        passes = ["standby", "any"] if wanted == "prefer-standby" else [wanted] if wanted else [None]
        error: Exception | None = None
        for attrs in passes:
            more = {"target_session_attrs": attrs} if attrs else {}
            for place in sorted(places, key=self._shunned):
                try:
                    with limits.within(_EACH_HOST_S if len(places) > 1 else _ONLY_HOST_S):
                        began = time.monotonic()
                        return dialect.connect(*args, **parameters | place | more)
                except dialect.loaded_dbapi.OperationalError as this:
                    error = this
                    if time.monotonic() - began >= _EACH_HOST_S / 2:
                        self._silent[str(place)] = time.monotonic()
        raise error or RuntimeError("no host to connect to")

    def _shunned(self, place: dict[str, str]) -> bool:
        return time.monotonic() - self._silent.get(str(place), -_SHUNNED_S) < _SHUNNED_S


def _places(parameters: dict[str, Any]) -> list[dict[str, str]]:
    """A URL's hosts one by one, each with its port; one that names none is left as it is."""
    lists = {name: str(parameters[name]).split(",") for name in ("host", "hostaddr", "port") if parameters.get(name)}
    count = max((len(lists[name]) for name in ("host", "hostaddr") if name in lists), default=1)
    if count == 1:
        return [{}]
    each = {name: values if len(values) == count else values * count for name, values in lists.items()}
    places = [{name: values[n] for name, values in each.items()} for n in range(count)]
    if parameters.get("load_balance_hosts") == "random":
        random.shuffle(places)
    return places
