"""``outage-sheet``: the paper for a day on which nothing works, printed beforehand."""

from pathlib import Path

import click

from ..domain.outage import MOST, sheet
from .common import cli, config_option, data_option, known, load_settings

_COLUMNS = ("arrival", "call", "service", "end", "counter", "people")


@cli.command("outage-sheet")
@click.option("--site", required=True)
@click.option("--service", required=True)
@click.option("--count", type=click.IntRange(1, MOST), default=50, show_default=True)
@click.option("--first", type=click.IntRange(1, 9999), default=1, show_default=True)
@data_option
@config_option
def outage_sheet(site: str, service: str, count: int, first: int, data: Path | None, config: Path | None) -> None:
    """The numbers of a service on paper, each with room for what is entered afterwards."""
    settings = load_settings(config, data)
    known("site", (site,), settings.sites)
    hall = settings.sites[site]
    known("service", (service,), hall.services)
    try:
        numbers = sheet(hall, service, count, first)
    except LookupError:
        raise click.ClickException(f"P, V and Z before {hall.services[service].prefix} are prefixes already") from None
    click.echo(f"{hall.name}: {hall.services[service].name['id']}")
    click.echo("  ".join(["number  ", *(f"{name:<10}" for name in _COLUMNS)]).rstrip())
    for number in numbers:
        click.echo("  ".join([f"{number:<8}", *("_" * 10 for _ in _COLUMNS)]))
