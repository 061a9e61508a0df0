"""``bookings import``: a list of booked places, from the shell."""

from datetime import datetime
from pathlib import Path

import click

from .. import data_folder
from ..domain.errors import QueueError
from .common import cli, config_option, data_option, folder_with_data, known, load_settings, opened


@cli.group()
def bookings() -> None:
    """Places that were booked beforehand."""


@bookings.command("import")
@click.option("--site", required=True)
@click.option("--service", help="Of lines that name none.")
@click.option(
    "--date", "day", type=click.DateTime(["%Y-%m-%d"]), help="With --service: a heading alone cancels that day's list."
)
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@data_option
@config_option
def import_list(
    site: str, service: str | None, day: datetime | None, file: Path, data: Path | None, config: Path | None
) -> None:
    """Read a list in (CSV or XLSX), all of it or nothing, also beside a running server."""
    from ..booking_lists import MOST_BYTES, read_list
    from ..commands import importing

    settings = load_settings(config, data)
    known("site", (site,), settings.sites)
    if file.stat().st_size > MOST_BYTES:
        raise click.ClickException(f"{file}: more than {MOST_BYTES} bytes")
    listed = read_list(file.read_bytes(), service=service, day=day.date() if day else None)
    folder = folder_with_data(settings, data, must_hold=True)
    try:
        with opened(settings, folder) as (writer, _):
            perform = data_folder.make_performer(settings, folder, writer)
            done = perform(site, lambda tx: importing.import_bookings(tx, listed)).body
    except QueueError as error:
        for one in error.details.get("problems", ()):
            where = f"{one['sheet']}: " if "sheet" in one else ""
            click.echo(f"{where}line {one['line']}: {one['reason']}", err=True)
        said = f"{error.details['total']} faults" if "total" in error.details else error.code.value
        raise click.ClickException(f"{said}: nothing was read in") from None
    for one in done.lists:
        counts = f"{one.added} new, {one.changed} changed, {one.gone} cancelled, {one.unchanged} as before"
        click.echo(f"{one.day} {one.service}: {counts}")
    for sheet in done.ignored:
        click.echo(f"{sheet}: no list of bookings, left out")
