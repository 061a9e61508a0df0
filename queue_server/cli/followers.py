"""``followers`` and ``rebuild``: how far what follows the record has come, and its tables written anew."""

import sys
from pathlib import Path

import click
from sqlalchemy import Engine

from .. import data_folder
from ..domain.errors import QueueError
from ..followers import FOLLOWERS
from ..followers.batches import rebuild as write_anew
from ..followers.follower import Writes
from ..operations import following
from ..perform import Performer
from ..reports import sheets
from ..serving.process import process_name
from ..store import sheets as kept
from ..store.cursors import Overtaken
from .common import cli, config_option, data_option, folder_with_data, known, load_settings, on_reader, opened

_SHEETS = "sheets"  # what no follower writes: they are made of days that are over
_WRITERS = {follower.name: follower for follower in FOLLOWERS if isinstance(follower, Writes)}


@cli.command()
@data_option
@config_option
def followers(data: Path | None, config: Path | None) -> None:
    """How far each follower has come at each site, and which process runs it: one line each."""
    settings = load_settings(config, data)
    for place in on_reader(settings, data, lambda conn: list(following.places(conn, iter(settings.sites)))):
        click.echo(_line(place))


def _line(place: following.Place) -> str:
    said = f"{place.site}  {place.follower} ({place.promise})"
    if place.seen.cursor is None:
        return f"{said}: has not begun"
    (epoch, revision), head = place.seen.cursor, place.seen.head
    at = f"epoch {epoch}, revision {revision} of {head[1]}" + (f" in epoch {head[0]}" if head[0] != epoch else "")
    if place.since is None:
        return f"{said}: {at}, nothing left to read, {place.runs}"
    return f"{said}: {at}, {place.seen.behind} behind, the next of {place.since:%Y-%m-%d %H:%M:%S} UTC, {place.runs}"


@cli.command()
@click.argument("table", type=click.Choice(sorted([*_WRITERS, _SHEETS])))
@click.option("--site", "sites", multiple=True, help="A site to do it for (repeatable; default: all).")
@click.option("--missing", is_flag=True, help="Of sheets: only those that are not there, as after a broken-off run.")
@data_option
@config_option
def rebuild(table: str, sites: tuple[str, ...], missing: bool, data: Path | None, config: Path | None) -> None:
    """Write TABLE anew from the record, also while the server runs; the record itself is not touched."""
    settings = load_settings(config, data)
    known("site", sites, settings.sites)
    folder = folder_with_data(settings, data, must_hold=True)
    with opened(settings, folder) as (writer, reader):
        perform = data_folder.make_performer(settings, folder, writer)
        for site in sites or settings.sites:
            try:
                click.echo(_anew(table, site, reader, perform, missing))
            except (QueueError, Overtaken) as error:
                raise click.ClickException(f"{site}: broken off ({error}); run it again") from None


def _anew(table: str, site: str, reader: Engine, perform: Performer, missing: bool) -> str:
    if table == _SHEETS:
        return f"{site}: sheets of {_sheets_anew(site, reader, perform, missing)} days written anew"
    count = write_anew(_WRITERS[table], site, process_name(), reader, perform.aside)
    return f"{site}: {table} of {count} tickets written anew"


def _sheets_anew(site: str, reader: Engine, perform: Performer, missing: bool) -> int:
    """Day after day, the latest first, with a bar on a terminal; each is in use as soon as it is written."""
    if not missing:
        with perform.aside() as conn:
            kept.forget_all(conn, site)
    count = 0
    with click.progressbar(length=0, label=site, file=sys.stderr) as bar:
        for _, left in sheets.make_all(reader, perform.sites[site], perform.sites, perform.aside):
            count += 1
            bar.length = count + left
            bar.update(1)
    return count
