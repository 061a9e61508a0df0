"""Which voices are installed: folders of clips under ``display_ui/voice``, each with the lengths of its clips."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from ..places import DISPLAY_UI

VOICE = DISPLAY_UI / "voice"
LENGTHS = "pack.json"  # clip name -> seconds, written when the clips were made


@dataclass(frozen=True)
class Pack:
    """One installed voice."""

    lang: str
    folder: Path
    seconds: Mapping[str, float]

    def missing(self, names: Iterable[str]) -> list[str]:
        """Names of clips that this voice cannot say, sorted."""
        return sorted(name for name in set(names) if name not in self.seconds or not self._file(name).is_file())

    def duration(self, names: Iterable[str]) -> float:
        """Length in seconds of the clips said one after another, without the chime."""
        return sum(self.seconds[name] for name in names)

    def _file(self, name: str) -> Path:
        return self.folder / f"{name}.mp3"


def installed(voice: Path = VOICE) -> dict[str, Pack]:
    """The voices by language."""
    folders = sorted(listed.parent for listed in voice.glob(f"*/{LENGTHS}"))
    return {folder.name: Pack(folder.name, folder, lengths(folder)) for folder in folders}


def lengths(folder: Path) -> dict[str, float]:
    """Each clip of a folder and its length in seconds."""
    return json.loads((folder / LENGTHS).read_text(encoding="utf-8"))
