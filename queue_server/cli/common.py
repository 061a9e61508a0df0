"""What the subcommands share: the group, the options each takes, and a command on the server's own row."""

import contextlib
import errno
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import click
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError, TimeoutError

from .. import data_folder, first_run
from ..domain.errors import Code, QueueError
from ..operations import left_behind
from ..settings import Settings, SettingsError, load
from ..store.backup import Damaged
from ..store.database_errors import code_of, is_held
from ..store.engine import FILE, LOCK_WAIT_S, StoreUnusable, database_file, database_url, is_sqlite, open_reader
from ..store.transaction import ALL_SITES

data_option = click.option(
    "--data", type=click.Path(path_type=Path), envvar="QUEUE_DATA", help="Folder of everything that changes."
)
config_option = click.option(
    "--config",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    envvar="QUEUE_CONFIG",
    help="Folder of the site files; without it the hall that the first run made, or the two malls that ship.",
)


# command -> the module that defines it: only what is asked for is imported, which halves the time of most commands
_MODULES = {
    **{"run": "serve", "demo": "serve"},
    **{"check": "figures", "simulate": "figures", "export": "figures"},
    "figures": "published",
    **{"followers": "followers", "rebuild": "followers"},
    **{"backup": "operate", "restore": "operate", "doctor": "operate"},
    "bookings": "bookings",
    "outage-sheet": "outage",
    **{"user": "people", "device": "people"},
    "structure": "structure",
    "verify": "verify",
    "words": "words",
    **{"purge": "privacy", "privacy": "privacy"},
}


class _InALine(click.Group):
    """A folder, file or database that cannot be used is said in a line, whichever command met it."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(_MODULES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name in _MODULES:
            import_module(f"{__package__}.{_MODULES[cmd_name]}")
        return super().get_command(ctx, cmd_name)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except OSError as error:
            if error.errno == errno.EPIPE:
                raise  # whoever read our output has gone: click ends quietly
            user = "; run this as the server's own user, or as root" if isinstance(error, PermissionError) else ""
            said = f"cannot use {error.filename}: {error.strerror}{user}" if error.filename else str(error)
            raise click.ClickException(said) from None
        except (StoreUnusable, Damaged) as error:
            raise click.ClickException(str(error)) from None
        except (DBAPIError, TimeoutError) as error:
            raise click.ClickException(in_a_line(error)) from None


def in_a_line(error: Exception) -> str:
    """Why the database could not do it, for a person at a shell."""
    said = str(getattr(error, "orig", None) or error).strip().splitlines()[0]
    if code_of(error) is Code.BUSY and is_held(error):
        return f"somebody else held the database for more than {LOCK_WAIT_S:.0f} s; try again ({said})"
    return f"cannot use the database: {said}"


@click.group(cls=_InALine)
@click.version_option(package_name="antrean")
def cli() -> None:
    """Queue management and counter displays for public-service malls."""


def load_settings(config: Path | None, data: Path | None, **options: Any) -> Settings:
    """The settings of a ``--config`` folder, or of the data folder's own hall; all that is wrong is printed."""
    folder = folder_of(data)
    if not first_run.is_configured(config, folder) and first_run.is_unfinished(folder):
        _go_on(_load(config, folder, anew=True), folder)
    return _load(config, folder, **options)


def _load(config: Path | None, folder: Path, **options: Any) -> Settings:
    try:
        return load(config, folder, **options)
    except SettingsError as error:
        for problem in error.problems:
            click.echo(problem, err=True)
        raise click.exceptions.Exit(1) from None


def may_begin(config: Path | None, data: Path | None) -> bool:
    """Whether nothing is configured and nobody was ever here, so that the first run is to come.

    A folder that was named without a hall in it may be a slip: it counts only where the data folder is named too.
    """
    folder = folder_of(data)
    if first_run.is_configured(config, folder) or (config is not None and data is None):
        return False
    url = _load(config, folder, anew=True).server.database_url or database_url(folder)
    if is_sqlite(url) and not database_file(url).exists():
        return True
    reader = open_reader(url, LOCK_WAIT_S)
    try:
        return not first_run.anybody(reader)
    finally:
        reader.dispose()


def _go_on(settings: Settings, folder: Path) -> None:
    """If a first run was done and the power cut it short, its hall counts from now on."""
    url = settings.server.database_url or database_url(folder)
    if is_sqlite(url) and not database_file(url).exists():
        return
    reader = open_reader(url, LOCK_WAIT_S)
    try:
        first_run.go_on(folder, reader)
    finally:
        reader.dispose()


def folder_of(data: Path | None) -> Path:
    """The data folder; ``./data`` unless another is named."""
    return data or Path("data")


def folder_with_data(settings: Settings, data: Path | None, *, must_hold: bool) -> Path:
    """The data folder of a command that works beside the server: never one made up by being in the wrong place.

    ``must_hold``: refuse a named folder too if it holds no database (a report of nothing looks like an empty month).
    """
    folder = folder_of(data)
    there = settings.server.database_url is not None or (folder / FILE).exists()
    if not there and (must_hold or data is None):
        raise click.ClickException(f"there is no database in {folder}: name the server's folder with --data")
    return folder


def known(kind: str, asked: tuple[str, ...], there: Any) -> None:
    """Refuse ids that the configuration does not know."""
    for id in asked:
        if id not in there:
            raise click.ClickException(f"there is no {kind} {id!r}; there is: {', '.join(sorted(there))}")


def on_server(settings: Settings, data: Path | None, command: Any, *, missing: str = "", taken: str = "") -> None:
    """Carry out a server-wide command beside a server that may be running.

    ``missing`` and ``taken`` are what those refusals mean here, in words; what must be there is looked for in a folder
    that holds something.
    """
    folder = folder_with_data(settings, data, must_hold=bool(missing))
    try:
        with opened(settings, folder) as (writer, reader):
            perform = data_folder.make_performer(settings, folder, writer)
            data_folder.ensure_rows(writer, settings.sites)
            perform(ALL_SITES, command)
            with contextlib.suppress(QueueError):  # the server looks for it too, each minute
                left_behind.clear_counters(perform, reader)
    except QueueError as error:
        said = {Code.NOT_FOUND: missing, Code.INVALID: taken, Code.USERNAME_TAKEN: taken}.get(error.code)
        raise click.ClickException(said or _refused(error)) from None


def _refused(error: QueueError) -> str:
    if error.code is Code.BUSY and error.__cause__ is not None:
        return in_a_line(error.__cause__)
    return f"{error.code.value}: {error.details}"


def on_reader(settings: Settings, data: Path | None, query: Callable[[Connection], Any]) -> Any:
    """Ask the database something beside a server that may be running."""
    folder = folder_with_data(settings, data, must_hold=True)
    with opened(settings, folder) as (_, reader), reader.connect() as conn, conn.begin():
        return query(conn)


@contextlib.contextmanager
def opened(settings: Settings, folder: Path) -> Iterator[tuple[Engine, Engine]]:
    """Writer and reader of a folder's database for one command, which waits its turn beside a server."""
    engines = data_folder.open_store(settings, folder, LOCK_WAIT_S)
    try:
        yield engines
    finally:
        for engine in engines:
            engine.dispose()
