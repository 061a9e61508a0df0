"""Sheets as PO files, for those who review in Poedit, Weblate or their like; by Babel."""

import io
from collections.abc import Iterable
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.pofile import PoFileError, PoFileParser, write_po

from .review import Reviewed, Row

_CHECKED = "Diperiksa oleh: "
_PROJECT = "Antrean"


class Unreadable(ValueError):
    """No sheet; the message says why."""


class _Sheet(Catalog):
    """What comes back. No text of ours has a plural: a header that says a hundred million is not believed."""

    num_plurals = 1  # else so many texts are built for each that has one


def write(rows: Iterable[Row], language: str) -> bytes:
    """A sheet that goes out; a row that was checked against another Indonesian text is *fuzzy*."""
    made = _catalog(language)
    for row in rows:
        said = row.sundanese if language == "su" else row.english
        beside = [f"Inggris: {row.english}"] if language == "su" else []
        was = [f"Bahasa Indonesia dahulu: {row.was}"] if row.was is not None else []
        _add(made, Reviewed(row.key, row.source, said, row.checked_by), beside + was, stale=row.was is not None)
    return _bytes(made)


def write_kept(rows: Iterable[Reviewed], language: str) -> bytes:
    """The checked texts, as they are kept."""
    made = _catalog(language)
    for row in rows:
        _add(made, row, [], stale=False)
    return _bytes(made)


def read(data: bytes) -> tuple[str, list[Reviewed]]:
    """The language and rows of a sheet; a fuzzy row is signed by nobody. Raises Unreadable, with the line."""
    found = _Sheet()
    try:
        PoFileParser(found, abort_invalid=True).parse(io.BytesIO(data))
    except PoFileError as error:
        raise Unreadable(f"line {error.lineno + 1}: no PO file: {error.args[0]}") from None
    except (UnicodeDecodeError, LookupError, ValueError) as error:
        raise Unreadable(f"no PO file: {error}") from None
    translator = str(found.last_translator).partition("<")[0].strip()
    fallback = "" if translator in ("", "FULL NAME") else translator
    rows = [
        Reviewed(one.context or "", _text(one.id), _text(one.string), _signed(one, fallback), one.lineno or 0)
        for one in found
        if one.id
    ]
    return (found.locale_identifier or "").partition("_")[0], rows


def _signed(one: Any, fallback: str) -> str:
    """The name of the checker: its own comment's; else the file's last translator."""
    if one.fuzzy:
        return ""
    own = [said.removeprefix(_CHECKED) for said in one.user_comments if said.startswith(_CHECKED)]
    return own[0] if own else fallback


def _text(said: Any) -> str:
    return said if isinstance(said, str) else " ".join(said)


def _catalog(language: str) -> Catalog:
    return Catalog(locale=language, project=_PROJECT, fuzzy=False, header_comment="# Antrean: teks layar")


def _add(made: Catalog, row: Reviewed, about: list[str], *, stale: bool) -> None:
    signed = [f"{_CHECKED}{row.checked_by}"] if row.checked_by else []
    said = made.add(row.source, row.said, context=row.key, user_comments=signed, auto_comments=about)
    said = said or made.get(row.source, row.key)
    said.flags.discard("python-format")  # a share of "80 %" is no blank of Python's
    if stale:
        said.flags.add("fuzzy")


def _bytes(made: Catalog) -> bytes:
    file = io.BytesIO()
    write_po(file, made, width=0, omit_header=False)
    return file.getvalue()
