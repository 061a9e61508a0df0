"""``structure``: what a hall is made of, taken out as a site file, compared with one, and put in force."""

from datetime import date
from pathlib import Path
from typing import Any

import click

from .. import data_folder
from ..commands import structuring
from ..domain.errors import QueueError
from ..domain.structure import GONE, changes, digest_of
from ..settings import Settings
from ..settings.site_document import document_of
from ..settings.site_file import read_site
from ..settings.toml_file import SettingsError
from ..settings.toml_out import site_file
from ..store import structures
from ..store.structure import site_row
from ..store.structures import Version
from .common import cli, config_option, data_option, folder_with_data, known, load_settings, on_reader, opened

_FILE = click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
_SITE = click.option("--site", required=True)


@cli.group()
def structure() -> None:
    """Compare, change and take out what a hall is made of, also while the server runs."""


@structure.command("export")
@_SITE
@click.option("--day", type=click.DateTime(["%Y-%m-%d"]), help="As that day ended with it (default: as it is now).")
@data_option
@config_option
def export(site: str, day: Any, data: Path | None, config: Path | None) -> None:
    """Print the structure in force as a site file."""
    settings = load_settings(config, data)
    known("site", (site,), settings.sites)
    click.echo(site_file(_version(settings, data, site, day.date() if day else None).document), nl=False)


@structure.command("diff")
@_FILE
@data_option
@config_option
def diff(file: Path, data: Path | None, config: Path | None) -> None:
    """Print what would be other if FILE held: a line for each value."""
    settings = load_settings(config, data)
    site, document = _read(settings, file)
    found = changes(_version(settings, data, site).document, document)
    for change in found:
        click.echo(f"{change.name}: {_said(change.before)} -> {_said(change.after)}")
    if not found:
        click.echo(f"{file}: the same as what is in force")


@structure.command("apply")
@_FILE
@click.option("--from", "first", type=click.DateTime(["%Y-%m-%d"]), help="With that day's opening (default: at once).")
@click.option("--reason", help="Why: it stands in the list of versions.")
@data_option
@config_option
def apply(file: Path, first: Any, reason: str | None, data: Path | None, config: Path | None) -> None:
    """Put FILE in force, also over what was edited on screen; every server on the database goes by it at once."""
    settings = load_settings(config, data)
    site, document = _read(settings, file)
    new = structuring.New(document, digest_of(document), settings.site_of(document), "shell")
    day: date | None = first.date() if first else None

    def command(tx: Any) -> tuple[int, bool]:
        before = tx.structure
        number = structuring.save(tx, new, structuring.head(tx, day), day, reason)
        return number, number != before

    folder = folder_with_data(settings, data, must_hold=True)
    with opened(settings, folder) as (writer, _):
        perform = data_folder.make_performer(settings, folder, writer)
        try:
            number, is_new = perform(site, command).body
        except QueueError as error:
            details = ", ".join(map(str, error.details.get("paths", ()))) or error.details
            raise click.ClickException(f"{error.code.value}: {details}") from None
    when = f"with the opening of {day}" if day else "now"
    click.echo(f"{site}: version {number} is in force {when}" if is_new else f"{site}: nothing is other than before")


def _read(settings: Settings, file: Path) -> tuple[str, dict[str, Any]]:
    try:
        table, document = read_site(file)
    except SettingsError as error:
        raise click.ClickException("\n".join(map(str, error.problems))) from None
    known("site", (table.id,), settings.sites)
    return table.id, document_of(document)


def _version(settings: Settings, data: Path | None, site: str, day: date | None = None) -> Version:
    def look(conn: Any) -> Version | None:
        row = site_row(conn, site)
        if row is None:
            return None
        return structures.on_day(conn, site, day) if day else structures.version(conn, site, row.structure)

    found = on_reader(settings, data, look)
    if found is None:
        raise click.ClickException(f"the record knows no structure of {site}" + (f" on {day}" if day else ""))
    return found  # type: ignore[no-any-return]


def _said(value: Any) -> str:
    return "nothing" if value is GONE else repr(value)
