"""A PostgreSQL URL as PostgreSQL's own programs take it: all the hosts and settings that our driver is given."""

from typing import Any

from sqlalchemy.engine import make_url

DRIVER = "postgresql+psycopg2"
# What else must stand on no command line; the programs take it by no environment variable either.
_UNTELLABLE = ("sslpassword", "scram_client_key", "scram_server_key", "oauth_client_secret")
# When a host that is gone is given up, in libpq's own words: the next one is tried after 5 s, a line on which nothing
# is acknowledged is broken after 10 s, and one on which nothing happens is asked after 5 s whether it still is one.
VANISHED = {
    "connect_timeout": 5,
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 2,
    "tcp_user_timeout": 10_000,
}


def parameters(url: str) -> dict[str, Any]:
    """libpq's connection parameters of a URL, as the driver below our engines gets them."""
    driven = make_url(url).set(drivername=DRIVER)
    return dict(driven.get_dialect()().create_connect_args(driven)[1])


def places(url: str) -> list[str]:
    """Where a URL leads: each host with its port, as a person reads them; never who, or by which password."""
    own = parameters(url)
    hosts = str(own.get("hostaddr") or own.get("host") or "this machine").split(",")
    ports = str(own.get("port") or "5432").split(",")
    ports = ports if len(ports) == len(hosts) else ports[:1] * len(hosts)
    return [f"{host}:{port or 5432}" for host, port in zip(hosts, ports, strict=True)]


def for_programs(url: str) -> tuple[str, dict[str, str]]:
    """What ``pg_dump``, ``pg_restore`` and ``psql`` take as ``--dbname``, and what only their environment may say.

    A command line is everybody's to read, so the password is never in the first. Raises ValueError for a secret that
    those programs take nowhere else.
    """
    from psycopg2.extensions import make_dsn  # installed only where it is needed

    given = VANISHED | parameters(url)
    if untellable := [name for name in _UNTELLABLE if name in given]:
        raise ValueError(
            f"{untellable[0]} can be told to PostgreSQL's programs by a service file only (pg_service.conf)"
        )
    environment = {"LC_ALL": "C"}
    if "password" in given:
        environment["PGPASSWORD"] = str(given.pop("password"))
    return make_dsn(**given), environment
