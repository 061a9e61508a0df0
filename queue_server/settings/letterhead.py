"""What stands above and below an official report, as a hall's file writes it."""

from typing import Annotated

from pydantic import AfterValidator, Field

from queue_server.domain.letterhead import GAPS, Letterhead, unknown_gaps
from queue_server.settings.site_values import Line
from queue_server.settings.toml_file import Strict


def _fillable(number: str) -> str:
    if unknown := unknown_gaps(number):
        known = " and ".join(f"{{{name}}}" for name in GAPS)
        raise ValueError(f"{{{unknown[0]}}} is filled by nothing; there are {known}")
    return number


_Short = Annotated[Line, Field(max_length=120)]


class LetterheadTable(Strict):
    """What stands above and below the official report (PDF); what is left out is left to be written by hand."""

    government: _Short | None = None
    """The first line: "PEMERINTAH KABUPATEN LEBAK"."""
    office: _Short | None = None
    """The office, in large letters; without it, ``owner``, or the hall's name."""
    contact: Annotated[Line, Field(max_length=200)] | None = None
    """Address, telephone, mail in one line; without it, ``address``."""
    number: Annotated[_Short, AfterValidator(_fillable)] | None = None
    """The document's number: ``500.16/......./DPMPTSP/{month}/{year}``; ``{month}`` is Roman. Without it, dots."""
    addressee: _Short | None = None
    """To whom it goes: "Bupati Lebak"; without it, nobody is addressed."""
    place: _Short | None = None
    """Where it is signed: "Rangkasbitung"; without it, dots."""
    signatory: _Short | None = None
    """The office of who signs: "Kepala Dinas". Name and employee's number are written by hand."""


def letterhead(table: LetterheadTable) -> Letterhead:
    """The domain value of the table."""
    return Letterhead(**table.model_dump())
