"""``privacy`` and ``purge``: what is personal, whether it is kept to its time, and what goes tonight."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import click
from sqlalchemy import Connection

from .. import data_folder, texts
from ..domain.errors import QueueError
from ..domain.privacy import DAYS, FIELDS, Field
from ..operations import breach as breaches
from ..operations import purging
from ..serving.process import Runtime
from ..settings import Settings
from ..store import purging as store
from ..store.structures import Structures
from ..store.transaction import ALL_SITES
from ..store.urn_keys import UrnKeys
from .common import cli, config_option, data_option, folder_with_data, load_settings, on_reader, opened

_DAY = click.DateTime(["%Y-%m-%d"])


@cli.command()
@click.option("--dry-run", is_flag=True, help="Say what is to go, and let it be.")
@data_option
@config_option
@click.pass_obj
def purge(runtime: Runtime, dry_run: bool, data: Path | None, config: Path | None) -> None:
    """Destroy what is personal and has outlived its time, also while the server runs. Run it every night."""
    settings = load_settings(config, data)
    folder = folder_with_data(settings, data, must_hold=True)
    now = runtime.clock()
    try:
        with opened(settings, folder) as (writer, reader):
            ring = data_folder.keys_of(settings, folder)
            perform = data_folder.make_performer(settings, folder, writer, runtime.clock)
            data_folder.ensure_rows(writer, settings.sites)
            if dry_run:
                with reader.connect() as conn, conn.begin():
                    gone = purging.due(conn, ring, purging.kept_now(conn, perform.sites, now), folder, now)
            else:
                gone = purging.purge(perform, ring, folder, now)
    except purging.CannotPurge as error:
        raise click.ClickException(str(error)) from None
    except QueueError as error:
        raise click.ClickException(f"not all is done, run it again ({error.code.value})") from None
    _say(gone, "to go" if dry_run else "gone")


def _say(gone: purging.Purged, how: str) -> None:
    days_of: dict[tuple[str, str], list[str]] = {}
    for key in gone.keys:
        days_of.setdefault((key.site, key.lifetime.value), []).append(key.day.isoformat())
    for (site, lifetime), days in sorted(days_of.items()):
        click.echo(f"{how}: {lifetime} of {_named(site)}, {len(days)} days ({min(days)} to {max(days)})")
    if gone.accounts:
        click.echo(f"{how}: the names of {gone.accounts} accounts that ended more than a year ago")
    for copy in gone.copies:
        click.echo(f"{how}: {copy}, made before texts were sealed")
    if not (gone.keys or gone.accounts or gone.copies):
        click.echo("nothing is due")


def _named(site: str) -> str:
    return "the server" if site == ALL_SITES else site


@cli.group(invoke_without_command=True)
@data_option
@config_option
@click.pass_context
def privacy(context: click.Context, data: Path | None, config: Path | None) -> None:
    """List what is personal: what for, how long, where it lies, and whether that is kept to."""
    if context.invoked_subcommand is not None:
        return
    settings, words, now = load_settings(config, data), texts.load(), context.obj.clock()
    for field in FIELDS:
        click.echo(f"{field.name:<10} {words.say('en', f'privacy.field_{field.name}')} [{field.whose}]")
        click.echo(f"{'':<10} for: {words.say('en', f'privacy.purpose_{field.name}')}")
        click.echo(f"{'':<10} kept: {how_long(field, words)}; in: {', '.join(field.where)}")
    click.echo("")
    for line in on_reader(settings, data, lambda conn: list(_kept_to(conn, settings, data, now))):
        click.echo(line)


def how_long(field: Field, words: texts.Texts) -> str:
    """Until when something is kept at most, in English."""
    days = DAYS[field.lifetime] if field.lifetime else 0
    return words.say("en", f"privacy.ends_{field.ends.value}", n=days)


def _kept_to(conn: Connection, settings: Settings, data: Path | None, now: datetime) -> Iterator[str]:
    folder = folder_with_data(settings, data, must_hold=True)
    ring = data_folder.keys_of(settings, folder)
    kept = purging.kept_now(conn, Structures(settings.sites, settings.site_of), now)
    for site, lifetimes in sorted(kept.lifetimes.items()):
        days = ", ".join(f"{lifetime} {n} days" for lifetime, n in sorted(lifetimes.days.items()))
        late = sum(1 for key in ring.keys.values() if key.site == site and kept.is_late(key))
        verdict = f"NOT KEPT TO: {late} keys ought to be destroyed; queue-server purge" if late else "kept to"
        yield f"{_named(site)}: {days}: {verdict}"
    if lost := store.unreadable(conn, ring):
        yield f"{lost} texts can be read no more: their keys are not in {ring.file}"
    if plain := store.plain(conn):
        yield f"{plain} texts are not sealed: start the server again"
    last = purging.last_purge(folder)
    yield f"last purge: {last:%Y-%m-%d %H:%M %Z}" if last else "last purge: never"


@privacy.command()
@click.option("--from", "first", type=_DAY, required=True, help="The first day that is concerned.")
@click.option("--to", "last", type=_DAY, required=True, help="The last one.")
@click.option("--language", type=click.Choice(["id", "en", "su"]), default="id", help="Of the letters.")
@data_option
@config_option
@click.pass_obj
def breach(
    runtime: Runtime, first: datetime, last: datetime, language: str, data: Path | None, config: Path | None
) -> None:
    """Say which data of how many may be out, and draft the letters that are due within 72 hours."""
    settings, words, now = load_settings(config, data), texts.load(), runtime.clock()
    folder = folder_with_data(settings, data, must_hold=True)
    ring, urn_keys = data_folder.keys_of(settings, folder), UrnKeys(folder)
    zone = next(iter(settings.sites.values())).timezone
    begins, ends = breaches.instants(first.date(), last.date(), zone)
    found = on_reader(settings, data, lambda conn: breaches.concerned(conn, ring, urn_keys, begins, ends))
    lines = [_counted(one, words, language) for one in found]
    about = {
        "first": f"{first:%d-%m-%Y}",
        "last": f"{last:%d-%m-%Y}",
        "by": f"{(now + breaches.WITHIN).astimezone(zone):%d-%m-%Y %H:%M}",
        "hall": " / ".join(one.name for one in settings.sites.values()),
    }
    for letter in ("authority", "people"):
        said = [
            words.say(language, f"privacy.breach_{letter}", **about),
            "\n".join(lines or [words.say(language, "privacy.breach_nothing")]),
            words.say(language, "privacy.breach_end", **about),
        ]
        click.echo("\n\n".join(said) + "\n" + "-" * 72)


def _counted(one: breaches.Concerned, words: texts.Texts, language: str) -> str:
    count = words.say(language, "privacy.breach_count", n=one.entries, readable=one.readable)
    return f"- {words.say(language, f'privacy.field_{one.field.name}')}: {count}"
