"""``check``, ``simulate`` and ``export``: look at the configuration, rehearse a day, take figures out."""

import sys
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import click

from .. import places
from ..domain.day_hours import written
from ..domain.site import LANGUAGES
from ..settings import Problem, Settings, warnings
from ..voice.packs import installed
from ..voice.unspoken import unspoken
from .common import (
    cli,
    config_option,
    data_option,
    folder_with_data,
    known,
    load_settings,
    may_begin,
    on_server,
    opened,
)


@cli.command()
@data_option
@config_option
def check(config: Path | None, data: Path | None) -> None:
    """Validate the configuration: file, key and reason of everything that is wrong."""
    if config is not None and may_begin(config, data):
        click.echo("there is no site file yet: the server begins with the page of the first run")
        return
    settings = load_settings(config, data)
    for problem in (*warnings(settings), *_of_the_voice(settings)):
        click.echo(f"warning: {problem}")
    for file, days in settings.dated.items():
        click.echo(f"holidays: {file}: {len(days)} dates" + (f", {days[0].date} … {days[-1].date}" if days else ""))
        own = not Path(file).is_relative_to(places.CONFIG)
        for line in map(_dated, days) if own else ():
            click.echo(f"  {line}")
    click.echo(f"ok: {', '.join(settings.sites)}")


def _of_the_voice(settings: Settings) -> Iterator[Problem]:
    """What the walls will not say, or not well, of each hall's counters."""
    voice = installed()[LANGUAGES[0]]
    for site in settings.sites.values():
        for counter, reason in unspoken(site, voice):
            key = f"counters[{list(site.counters).index(counter)}].name"
            yield Problem(settings.files[site.id], key, reason, counter)


def _dated(day: Any) -> str:
    """One dated exception in a line, as the hall will keep it."""
    hours = " and ".join("-".join(period) for period in written(day.hours)) if day.hours else "as usual"
    rest = "closed" if day.closed else f"open {hours}"
    return f"{day.date} {rest}: {day.name}" + (f" ({', '.join(day.sites)} only)" if day.sites else "")


@cli.command()
@click.option("--site", required=True)
@click.option("--visitors", default=300, show_default=True, type=click.IntRange(1, 100_000))
@click.option(
    "--speed", default=60.0, show_default=True, type=click.FloatRange(1, 3600), help="Times faster than life."
)
@click.option("--seed", default=1, show_default=True, help="The same seed plans the same day.")
@click.option("--url", default="http://127.0.0.1:8000", show_default=True, help="The running server.")
@click.option("--into-real-figures", is_flag=True, help="Allow it on a server that is not a demo.")
@data_option
@config_option
def simulate(
    site: str,
    visitors: int,
    speed: float,
    seed: int,
    url: str,
    into_real_figures: bool,
    data: Path | None,
    config: Path | None,
) -> None:
    """Rehearse a day on a running server: believable visitors and officers, live on every screen."""
    from ..rehearsal.command import simulate as rehearse

    settings = load_settings(config, data)
    known("site", (site,), settings.sites)
    folder = data or Path("data") / "demo"
    options = {"count": visitors, "speed": speed, "seed": seed, "allowed": into_real_figures}
    rehearse(settings, site, url, lambda command: on_server(settings, folder, command), **options)


@cli.group()
def export() -> None:
    """Figures for the outside."""


def _days(command: Callable[..., None]) -> Callable[..., None]:
    """The options of an export."""
    options = (
        click.option("--site", required=True),
        click.option("--from", "first", type=click.DateTime(["%Y-%m-%d"]), required=True),
        click.option("--to", "last", type=click.DateTime(["%Y-%m-%d"]), required=True),
        click.option("--out", type=click.Path(path_type=Path, dir_okay=False)),
        click.option(
            "--excel", type=click.Choice(["id"]), help="A file that Excel opens as people of this country write."
        ),
        data_option,
        config_option,
    )
    for option in reversed(options):
        command = option(command)
    return command


@export.command("tickets")
@_days
@click.option("--names", is_flag=True, help="Also what service and counter were called on that day.")
def export_tickets(names: bool, **asked: Any) -> None:
    """One CSV row per ticket of the service days FROM to TO."""
    from ..reports import export as csv

    _export(partial(csv.tickets, named=names), **asked)


@export.command("bookings")
@_days
def export_bookings(**asked: Any) -> None:
    """One CSV row per booked place of the days FROM to TO: for when, and what became of it."""
    from ..reports import export as csv

    _export(csv.booked, **asked)


@export.command("events")
@_days
def export_events(**asked: Any) -> None:
    """One CSV row per event of the service days FROM to TO: what happened, and who did it."""
    from ..reports import export as csv

    _export(csv.whole_record, **asked)


def _export(
    write: Callable[..., int],
    site: str,
    first: Any,
    last: Any,
    out: Path | None,
    excel: str | None,
    data: Path | None,
    config: Path | None,
) -> None:
    from ..reports import export as csv

    settings = load_settings(config, data)
    known("site", (site,), settings.sites)
    days: tuple[date, date] = (first.date(), last.date())
    if days[0] > days[1]:
        raise click.ClickException("--from is after --to")
    with opened(settings, folder_with_data(settings, data, must_hold=True)) as (_, reader):
        try:
            written = out.open("w", newline="", encoding="utf-8") if out else nullcontext(sys.stdout)
        except OSError as error:
            raise click.ClickException(f"{out}: {error.strerror}") from None
        with written as file:
            write(reader, site, settings.sites[site].timezone, *days, file, csv.FORMS[excel])
