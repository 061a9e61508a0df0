"""The first run: an empty data folder becomes a hall with its first administrator, by a page and a code.

The commit decides. The hall's file is made ready beside the place where it will count; the transaction that makes the
account names it; then it is moved there. If the process ends in between, the next start moves it, or throws it away.
"""

import contextlib
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from . import places, settings
from .commands import setting_up
from .domain import first_run as rules
from .domain.errors import Code, QueueError
from .domain.roles import SYSTEM
from .perform import Answer, Performer
from .queries.snapshot import Reader
from .settings import SettingsError
from .settings.first_hall import named, small_hall
from .store import accounts, backup, migrate
from .store.accounts import Account
from .store.events import stage_of_set_up
from .store.ids import new_id
from .store.transaction import ALL_SITES

SMALL = "small"  # what is begun with where no file is named
_STAGES = "sites.new"


@dataclass
class FirstRun:
    """What may still happen once on a data folder; ``begin_anew``: the process starts again, and serves the hall."""

    data: Path
    reader: Reader
    secret: bytes
    begin_anew: Callable[[], None]
    over: bool = False

    @property
    def code(self) -> str:
        """What whoever sets the hall up reads in the terminal."""
        return rules.code_of(self.secret)

    def is_open(self) -> bool:
        """Whether nobody may speak here yet. Never again once there was an account or a device, whoever made it."""
        if not self.over and anybody(self.reader):
            self.over = True
            if settings.has_hall(self.data):  # another process on the same folder was asked
                self.begin_anew()
        return not self.over

    def stage(self, text: str) -> tuple[Path, str]:
        """Make a hall's file ready and prove that a server will serve it: its folder, the hall's id.

        Raises ``invalid`` with all that is wrong with it, as ``check`` says it.
        """
        folder = self.data / _STAGES / new_id()
        file = folder / "sites" / "hall.toml"
        try:
            file.parent.mkdir(parents=True)
            file.write_text(text, encoding="utf-8")
            (id,) = settings.load(folder).sites
            file = file.rename(file.with_name(f"{id}.toml"))
            for path in (file, file.parent, folder, folder.parent):
                backup.sync(path)
        except BaseException as error:
            shutil.rmtree(folder, ignore_errors=True)
            if isinstance(error, SettingsError):
                problems = [{"key": one.key, "reason": one.reason} for one in error.problems]
                raise QueueError(Code.INVALID, field="site_file", problems=problems) from None
            raise
        return folder, id

    def finish(self, perform: Performer, staged: tuple[Path, str], admin: Account, token: str, browser: str) -> str:
        """Make the hall and its first administrator, whose session begins; the hall's id.

        Raises ``not_found`` if somebody was quicker.
        """
        folder, id = staged
        try:
            command = partial(setting_up.set_up, new=admin, site=id, stage=folder.name, token=token, browser=browser)
            perform(ALL_SITES, command, actor=SYSTEM, reply=lambda tx, _: Answer(201, None))
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        _put_in_place(self.data, folder)
        self.over = True
        self.begin_anew()
        return id


def is_configured(config: Path | None, data: Path) -> bool:
    """Whether a hall is named, or was made here: then a server never begins with the first run."""
    return any(settings.has_hall(folder) for folder in (config, data) if folder is not None)


def choices() -> dict[str, str]:
    """The halls that ship with the package, which a new one may begin with: id -> name."""
    return {id: site.name for id, site in settings.load(None).sites.items()}


def text_of(start_from: str, name: str, timezone: str) -> str:
    """The text of the file that a new hall begins with. Raises ``invalid`` for one that does not ship."""
    if start_from == SMALL:
        rules.refuse_hall(name)
        return small_hall(rules.hall_id(name), name, timezone)
    file = places.CONFIG / "sites" / f"{start_from}.toml"
    if start_from not in choices() or not file.is_file():
        raise QueueError(Code.INVALID, field="start_from")
    return named(file)


def go_on(data: Path, reader: Reader) -> None:
    """Move a hall's file to where it counts, if the process ended between the commit and that."""
    with reader.connect() as conn, conn.begin():
        stage = stage_of_set_up(conn, ALL_SITES)
    folder = data / _STAGES / stage if stage else None
    if folder is not None and settings.has_hall(folder):
        _put_in_place(data, folder)


def is_unfinished(data: Path) -> bool:
    """Whether something was made ready and not moved."""
    return (data / _STAGES).is_dir() and not settings.has_hall(data)


def tidy(data: Path) -> None:
    """Throw away what was made ready and came to nothing; for the one process that serves the folder."""
    shutil.rmtree(data / _STAGES, ignore_errors=True)


def _put_in_place(data: Path, folder: Path) -> None:
    """A command beside the server may be quicker: then it is there."""
    try:
        with contextlib.suppress(FileNotFoundError):
            (data / "sites").rmdir()  # an empty one, made by hand
        (folder / "sites").rename(data / "sites")
    except OSError:
        if not settings.has_hall(data):
            raise
    backup.sync(data)


def anybody(reader: Reader) -> bool:
    """Whether there ever was an account or a device; in a database without a table there was nobody."""
    with reader.connect() as conn, conn.begin():
        return migrate.version(conn) is not None and accounts.anybody(conn)
