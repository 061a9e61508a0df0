"""``words``: the texts of the screens, out to be checked and in again."""

from pathlib import Path
from types import ModuleType

import click

from .. import texts
from ..words import kept, po_file, review, xlsx_file
from ..words.po_file import Unreadable
from .common import cli, config_option, data_option, folder_with_data, load_settings

MOST_BYTES = 5_000_000
_KINDS = {".po": po_file, ".xlsx": xlsx_file}


@cli.group()
def words() -> None:
    """Have the screens' Sundanese and English checked by people who speak it."""


@words.command("export")
@click.option("--language", type=click.Choice(review.LANGUAGES), required=True)
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True, help="FILE.xlsx or FILE.po.")
@data_option
@config_option
def export(language: str, out: Path, data: Path | None, config: Path | None) -> None:
    """Write a review sheet: key, Indonesian, English, Sundanese, who checked it, and what has changed since."""
    folder = folder_with_data(load_settings(config, data), data, must_hold=True)
    shipped = texts.load()
    rows = review.sheet(shipped, language, _kept(folder, language))
    out.write_bytes(_kind(out).write(rows, language))
    checked, changed = sum(bool(row.checked_by) for row in rows), sum(row.was is not None for row in rows)
    click.echo(f"{out}: {len(rows)} texts, {checked} checked, of {changed} the Indonesian has changed since")


@words.command("import")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@data_option
@config_option
def import_sheet(file: Path, data: Path | None, config: Path | None) -> None:
    """Read a sheet in, all of it or nothing; the server shows it after its next start."""
    folder = folder_with_data(load_settings(config, data), data, must_hold=True)
    kind, shipped = _kind(file), texts.load()
    if file.stat().st_size > MOST_BYTES:
        raise click.ClickException(f"{file}: more than {MOST_BYTES} bytes")
    try:
        language, rows = kind.read(file.read_bytes())
    except Unreadable as error:
        raise click.ClickException(f"{file}: {error}") from None
    if language not in review.LANGUAGES:
        why = f"its language is {language or 'not said'}, not {' or '.join(review.LANGUAGES)}"
        raise click.ClickException(f"{file}: {why}")
    taken, faults = review.judged(rows, shipped, language, _kept(folder, language))
    for fault in faults:
        click.echo(f"line {fault.line}: {fault.key or 'no key'}: {fault.why}", err=True)
    if faults:
        raise click.ClickException(f"{len(faults)} faults: nothing was read in")
    known = review.sources(shipped)
    old = sum(not review.is_current(one, known) for one in taken)
    total = kept.keep(folder, language, taken) if taken else len(_kept(folder, language))
    said = f"{file}: {len(taken)} texts checked, {total} in all; shown after the server's next start"
    click.echo(f"{said}; {old} not shown: their Indonesian has changed since the sheet went out" if old else said)


def _kind(file: Path) -> ModuleType:
    if file.suffix.lower() not in _KINDS:
        raise click.ClickException(f"{file}: a sheet is a file of {' or '.join(_KINDS)}")
    return _KINDS[file.suffix.lower()]


def _kept(folder: Path, language: str) -> list[review.Reviewed]:
    try:
        return kept.kept(folder, language)
    except Unreadable as error:
        raise click.ClickException(f"{kept.file_of(folder, language)}: {error}") from None
