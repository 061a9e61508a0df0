"""Configuration folders for tests: a minimal site, and what is wrong with a folder."""

from pathlib import Path

import pytest

from queue_server import settings
from queue_server.settings import SettingsError

MINIMAL = """
id = "kecil"
name = "Balai Kecil"
timezone = "Asia/Makassar"
hours = { mon = "08:00-12:00" }
[[agencies]]
id = "desa"
name = "Kantor Desa"
[[services]]
id = "surat"
agency = "desa"
prefix = "A"
name = "Surat"
[[counters]]
id = "1"
name = "Loket 1"
agency = "desa"
services = ["surat"]
"""


def folder(tmp_path: Path, *sites: str, server: str = "", holidays: str = "") -> Path:
    """A --config folder with these files in it."""
    for name in ("sites", "holidays"):
        (tmp_path / name).mkdir()
    for n, text in enumerate(sites):
        (tmp_path / "sites" / f"{n}.toml").write_text(text)
    if server:
        (tmp_path / "server.toml").write_text(server)
    if holidays:
        (tmp_path / "holidays" / "own.toml").write_text(holidays)
    return tmp_path


def load(*args, **kwargs):
    """Load without this machine's environment."""
    return settings.load(*args, environ=kwargs.pop("environ", {}), **kwargs)


def problems(config: Path, **kwargs) -> list[tuple[str, str, str]]:
    """What is wrong with it, file names without their folder."""
    with pytest.raises(SettingsError) as caught:
        load(config, **kwargs)
    return [(Path(p.file).name, p.key, p.reason) for p in caught.value.problems]


def keys(config: Path, **kwargs) -> list[str]:
    """The keys that are wrong."""
    return [key for _, key, _ in problems(config, **kwargs)]
