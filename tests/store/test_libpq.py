"""What PostgreSQL's programs are told is what our driver is told, whatever form the URL has."""

import pytest
from psycopg2.extensions import parse_dsn
from sqlalchemy import create_engine
from sqlalchemy.engine import make_url

from queue_server.store import libpq

URLS = [
    "postgresql://",
    "postgresql:///hall",
    "postgresql://hall@/hall?host=/run/postgresql",
    "postgresql://hall:p%40ss%20w@db.example:5433/hall",
    "postgresql+psycopg2://hall:s3cret@[fd00::1]:5433/hall",
    "postgresql://hall:s3cret@/hall?host=one:5432&host=two:5433&target_session_attrs=read-write",
    "postgresql://hall:s3cret@/hall?host=one,two&port=5432,5433",
    "postgresql://hall:s3cret@one,two/hall?load_balance_hosts=disable",
    "postgresql://hall@db/hall?sslmode=verify-full&sslrootcert=/etc/our%20ca.pem&sslcert=/c&sslkey=/k",
    "postgresql://hall@db/hall?options=-csearch_path%3Dhall",
    "postgresql:///?service=hall",
    "postgresql:///?dbname=hall&user=us&password=it%27s%20a%20secret",
    "postgresql://hall@db/it's%20a%20%22hall%22?passfile=/etc/pass",
]


def driver(url: str, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """What SQLAlchemy hands to psycopg2 for the URL, as libpq reads it."""
    import psycopg2
    from psycopg2.extensions import make_dsn

    class Asked(Exception):
        """Instead of a connection."""

    def connect(dsn: str | None = None, **given: object) -> None:
        raise Asked(parse_dsn(make_dsn(dsn, **given)))

    monkeypatch.setattr(psycopg2, "connect", connect)
    with pytest.raises(Asked) as asked:
        create_engine(make_url(url).set(drivername="postgresql+psycopg2")).connect()
    return asked.value.args[0]


@pytest.mark.parametrize("url", URLS)
def test_every_form_of_url_reaches_the_programs_as_it_reaches_the_driver(url, monkeypatch):
    where, environment = libpq.for_programs(url)
    told = parse_dsn(where)
    assert "password" not in told, "a command line is everybody's to read"
    if "PGPASSWORD" in environment:
        told["password"] = environment["PGPASSWORD"]
    ours = {name: str(value) for name, value in libpq.VANISHED.items()}  # the URL's own word comes before it
    assert told == ours | driver(url, monkeypatch)


def test_a_secret_that_fits_nowhere_is_refused_rather_than_shown():
    with pytest.raises(ValueError, match="sslpassword"):
        libpq.for_programs("postgresql://hall@db/hall?sslkey=/k&sslpassword=s3cret")
