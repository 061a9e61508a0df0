"""``verify``: is every closed day as it was sealed?"""

from datetime import datetime
from pathlib import Path

import click
from sqlalchemy import Connection

from ..operations import sealing
from ..operations.sealing import Unsealed, Verdict
from ..store.transaction import ALL_SITES
from .common import cli, config_option, data_option, known, load_settings, on_reader

_DAY = click.DateTime(["%Y-%m-%d"])


@cli.command()
@click.option("--site", "sites", multiple=True, help="A site (repeatable; default: all, and the server's own record).")
@click.option("--from", "first", type=_DAY, help="The first day; default: the first there is.")
@click.option("--to", "last", type=_DAY, help="The last day; default: the last that is sealed.")
@data_option
@config_option
def verify(
    sites: tuple[str, ...], first: datetime | None, last: datetime | None, data: Path | None, config: Path | None
) -> None:
    """Work out each closed day's digest anew: one line each. Exits 1 if a day is altered or lacks its seal.

    Compare the digests with those that were printed or published before: whoever can write the database could make
    every seal anew.
    """
    settings = load_settings(config, data)
    known("site", sites, settings.sites)
    asked = sites or (*settings.sites, ALL_SITES)
    days = tuple(day.date() if day else None for day in (first, last))

    def look(conn: Connection) -> bool:
        altered = False
        for site in asked:
            for verdict in sealing.verify(conn, site, *days):
                click.echo(_line(verdict))
                altered = altered or verdict.why is not None
            for one in sealing.unsealed(conn, site):
                if (days[0] is None or one.day >= days[0]) and (days[1] is None or one.day <= days[1]):
                    click.echo(f"{_named(site)}  {one.day}  {_without(one)}")
                    altered = altered or one.missing
        return altered

    if on_reader(settings, data, look):
        raise SystemExit(1)


def _line(verdict: Verdict) -> str:
    seal = verdict.seal
    if verdict.why is not None:
        return f"{_named(seal.site)}  {seal.day}  ALTERED: {verdict.why}"
    return f"{_named(seal.site)}  {seal.day}  whole  {verdict.counted} events  {seal.digest}"


def _without(one: Unsealed) -> str:
    if one.missing:
        return "SEAL MISSING: it is long over, and the server seals such a day within minutes"
    return "not yet sealed: the server will come to it" if one.over else "not sealed: it is not over"


def _named(site: str) -> str:
    return "server" if site == ALL_SITES else site
