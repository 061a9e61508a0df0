"""``backup``, ``restore`` and ``doctor``: what technicians do."""

import json
from collections.abc import Iterable
from pathlib import Path

import click

from ..operations import remedies
from ..operations.backup import CannotBackUp, make
from ..operations.doctor import examine
from ..operations.findings import Finding, Level
from ..operations.keeping import make_dated
from ..operations.restore import CannotRestore
from ..operations.restore import adopt as adopt_as_is
from ..operations.restore import restore as put_back
from ..serving.process import Runtime
from ..settings import has_hall
from ..store import engine as store
from ..store.backup import Damaged
from ..store.engine import StoreUnusable
from .common import cli, config_option, data_option, folder_of, load_settings


@cli.command()
@click.argument("dest", type=click.Path(path_type=Path))
@click.option(
    "--keep", type=click.IntRange(1), help="Make a dated folder in DEST, and remove the oldest beyond so many."
)
@data_option
@config_option
@click.pass_obj
def backup(runtime: Runtime, dest: Path, keep: int | None, data: Path | None, config: Path | None) -> None:
    """Write database and secret into the new folder DEST, also while the server runs, and prove that they are whole."""
    folder = folder_of(data)
    server = load_settings(config, data).server
    url = server.database_url or store.database_url(folder)
    try:
        if keep is None:
            made, gone = make(url, folder, dest, runtime.clock(), server.private_keys), []
        else:
            made, gone = make_dated(url, folder, dest, runtime.clock().astimezone(), keep, server.private_keys)
    except (CannotBackUp, Damaged) as error:
        raise click.ClickException(str(error)) from None
    except OSError as error:
        raise click.ClickException(f"cannot back up to {dest}: {_in_the_way(error)}") from None
    click.echo(f"backed up to {made.folder} ({made.size / 1e6:.1f} MB)")
    for old in gone:
        click.echo(f"removed {old}")
    _tell(made.sites)
    if made.keys:
        click.echo(f"keys of what is personal: {made.keys}, one file for all backups there")
    if not store.is_sqlite(url):
        click.echo("PostgreSQL's own copy (pg_dump): it is proven by restoring it, so rehearse that")
    if made.keys and made.keys.parent == made.folder:
        click.echo(
            f"warning: nothing can be written beside {made.folder}, so the keys lie in it, and with this copy can be"
            " read what is purged later: name a new folder on that disk",
            err=True,
        )
    if not made.closed:
        click.echo(
            f"warning: the disk of {made.folder} keeps no file modes (exFAT, FAT): whoever can read it there can read"
            " password hashes and the server's secret; keep the disk locked away, or mount it with umask=0077",
            err=True,
        )
    if not made.noted:
        click.echo(f"warning: {folder} cannot be written, so doctor will not know of this backup", err=True)


def _in_the_way(error: OSError) -> str:
    """What the system says, and of which file: one disk is full, and it had better be the right one."""
    return f"{error.strerror} ({error.filename})" if error.filename else str(error.strerror)


@cli.command()
@click.argument("src", type=click.Path(path_type=Path, exists=True), required=False)
@click.option("--adopt", is_flag=True, help="PostgreSQL: the database was put back by pg_restore; go on from it.")
@data_option
@config_option
@click.pass_obj
def restore(runtime: Runtime, src: Path | None, adopt: bool, data: Path | None, config: Path | None) -> None:
    """Put the backup SRC in the place of the data. The server must be stopped; what is replaced is kept aside."""
    if (src is None) != adopt:
        raise click.UsageError("name the backup, or say --adopt")
    folder = folder_of(data)
    if config is None and src is not None and has_hall(src) and not has_hall(folder):
        config = src  # the hall of the first run, on another machine
    settings = load_settings(config, data)
    try:
        if src is None:
            adopt_as_is(settings, folder, runtime.clock)
            click.echo("the database goes on as a new history; every series has a gap")
            return
        done = put_back(settings, folder, src, runtime.clock)
    except (CannotRestore, StoreUnusable, Damaged) as error:
        raise click.ClickException(str(error)) from None
    except OSError as error:
        raise click.ClickException(f"cannot restore: {_in_the_way(error)}") from None
    click.echo(f"restored {src}" + (f", made at {done.made_at.isoformat()}" if done.made_at else ""))
    if done.replaced:
        click.echo(f"what was there is kept in {done.replaced}")
    _tell(done.sites)
    click.echo("numbers go on above the next multiple of 1,000; everybody signs in again")
    click.echo("accounts disabled and devices revoked since the backup are not: do so again")


def _tell(sites: object) -> None:
    for site, at in sorted(dict(sites).items()):
        state = f", state {at['state']}" if "state" in at else ""
        click.echo(f"  {site}: revision {at['revision']}{state}")


@cli.command()
@click.option("--full", is_flag=True, help="Look at every index too (integrity_check): minutes on a large database.")
@data_option
@config_option
@click.option(
    "--json",
    "as_json",
    is_flag=True,
    help="A list of {id, level, what, since, todo, command, text, about}, for programs.",
)
@click.pass_context
def doctor(context: click.Context, full: bool, as_json: bool, data: Path | None, config: Path | None) -> None:
    """Ask whether all is well with data, machine and network: one line each. Exits 1 if anything is bad."""
    found: Iterable[Finding] = examine(load_settings(config, data), folder_of(data), context.obj.clock, full)
    if as_json:
        found = list(found)
        click.echo(
            json.dumps(remedies.entries(found, remedies.known_since(folder_of(data))), indent=2, ensure_ascii=False)
        )
    worst = False
    for finding in found:
        if not as_json:
            click.echo(f"{finding.level:<5}{finding.said}")
        worst = worst or finding.level is Level.BAD
    context.exit(1 if worst else 0)
