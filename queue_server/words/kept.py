"""What was checked, in the data folder; read when the server starts."""

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType

from ..texts import Texts, placeholders
from .po_file import Unreadable, read, write_kept
from .review import LANGUAGES, Reviewed, is_current, sources

FOLDER = "words"


def file_of(data: Path, language: str) -> Path:
    """Where a language's checked texts lie."""
    return data / FOLDER / f"{language}.po"


def kept(data: Path, language: str) -> list[Reviewed]:
    """The checked texts of a language; none, if nobody has checked any. Raises Unreadable."""
    file = file_of(data, language)
    return read(file.read_bytes())[1] if file.exists() else []


def keep(data: Path, language: str, rows: Iterable[Reviewed]) -> int:
    """Put what was checked now beside what was; how many there are. All of it or nothing."""
    all = {one.key: one for one in kept(data, language)} | {one.key: one for one in rows}
    file = file_of(data, language)
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = file.with_suffix(".new")
    with fresh.open("wb") as out:
        out.write(write_kept([all[key] for key in sorted(all)], language))
        out.flush()
        os.fsync(out.fileno())
    fresh.replace(file)
    return len(all)


def fits(one: Reviewed, known: Mapping[str, Mapping[str, str]]) -> bool:
    """Whether a kept text may be shown: it was checked against the text that is shown in Indonesian now."""
    return is_current(one, known) and placeholders(one.said) == placeholders(one.source)


def laid_over(texts: Texts, data: Path) -> Texts:
    """The screens' texts with what was checked here. A file that cannot be read is left out: ``doctor`` says so."""
    known, over = sources(texts), {}
    for language in LANGUAGES:
        try:
            rows = kept(data, language)
        except (Unreadable, OSError):
            continue
        for one in rows:
            if fits(one, known):
                over.setdefault(one.key, {})[language] = one.said
    sections = {
        section: MappingProxyType({key: {**row, **over.get(f"{section}.{key}", {})} for key, row in rows.items()})
        for section, rows in texts.sections.items()
    }
    return Texts(MappingProxyType(sections)) if over else texts
