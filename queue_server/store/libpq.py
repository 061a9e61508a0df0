"""A PostgreSQL URL as PostgreSQL's own programs are told it: all the hosts and settings that our driver is given."""

from typing import Any

from sqlalchemy.engine import make_url

DRIVER = "postgresql+psycopg2"
# What else must stand on no command line; the programs take it by no environment variable either.
_UNTELLABLE = ("sslpassword", "scram_client_key", "scram_server_key", "oauth_client_secret")
_CONNECT_WITHIN_S = "5"  # of a host that is gone: then the next one


def parameters(url: str) -> dict[str, Any]:
    """libpq's connection parameters of a URL, as the driver below our engines gets them."""
    driven = make_url(url).set(drivername=DRIVER)
    return driven.get_dialect()().create_connect_args(driven)[1]


def told(url: str) -> tuple[str, dict[str, str]]:
    """What ``pg_dump``, ``pg_restore`` and ``psql`` take as ``--dbname``, and what only their environment may say.

    A command line is everybody's to read, so the password is never in the first. Raises ValueError for a secret that
    those programs take nowhere else.
    """
    from psycopg2.extensions import make_dsn  # installed only where it is needed

    given = parameters(url)
    if untellable := [name for name in _UNTELLABLE if name in given]:
        raise ValueError(
            f"{untellable[0]} can be told to PostgreSQL's programs by a service file only (pg_service.conf)"
        )
    environment = {"LC_ALL": "C", "PGCONNECT_TIMEOUT": _CONNECT_WITHIN_S}
    if "password" in given:
        environment["PGPASSWORD"] = str(given.pop("password"))
    return make_dsn(**given) if given else "", environment
