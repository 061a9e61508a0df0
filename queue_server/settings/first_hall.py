"""The file of a hall that begins: the small one that ships, under the names that were typed, or one of the malls."""

import tomllib
from pathlib import Path

from queue_server import places
from queue_server.settings.toml_out import site_file


def small_hall(id: str, name: str, timezone: str) -> str:
    """A hall of one agency, two services and two counters."""
    document = tomllib.loads(places.SMALL_HALL.read_text(encoding="utf-8"))
    return site_file(document | {"id": id, "name": name, "timezone": timezone})


def named(file: Path) -> str:
    """A shipped file as it is, with all that it says of its sources."""
    return file.read_text(encoding="utf-8")
