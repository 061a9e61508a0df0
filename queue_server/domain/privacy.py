"""What may be written down about a visitor: never an identity number (UU 27/2022, Pelindungan Data Pribadi)."""

import re

from .errors import Code, QueueError

# NIK, Kartu Keluarga and the NPWP of today have 16 digits, written together or in groups.
_IDENTITY_NUMBER = re.compile(r"(?<![0-9])(?<![0-9][ .-])[0-9](?:[ .-]?[0-9]){15}(?![ .-]?[0-9])")


def holds_identity_number(text: str) -> bool:
    """Whether somebody wrote an identity number into the text: 16 digits, however grouped."""
    return bool(_IDENTITY_NUMBER.search(text))


def refuse_identity_number(field: str, text: str) -> None:
    """Raises ``invalid`` for a note or reason that names somebody by number. What was written is not repeated."""
    if holds_identity_number(text):
        raise QueueError(Code.INVALID, field=field, reason="identity_number")
