"""What may be written down about a visitor: never an identity number (UU 27/2022, Pelindungan Data Pribadi)."""

import re
import unicodedata

from .errors import Code, QueueError

# NIK, Kartu Keluarga and the NPWP of today have 16 digits. People write them together, in fours, or as on the form:
# region (six digits, or three pairs), birth date (six), serial number (four). Dates, times, sums and telephone numbers
# are grouped otherwise, so that two of them side by side are no identity number.
_GAP = r"\s?[\s./_\u2010-\u2015-]\s?"
_SHAPES = ((16,), (4, 4, 4, 4), (6, 6, 4), (2, 2, 2, 6, 4))
_WRITTEN = "|".join(_GAP.join(f"[0-9]{{{digits}}}" for digits in shape) for shape in _SHAPES)
_IDENTITY_NUMBER = re.compile(rf"(?<![0-9])(?:{_WRITTEN})(?![0-9])")


def holds_identity_number(text: str) -> bool:
    """Whether somebody wrote an identity number into the text: 16 digits, together or grouped as people group them."""
    return bool(_IDENTITY_NUMBER.search(unicodedata.normalize("NFKC", text)))


def refuse_identity_number(field: str, text: str) -> None:
    """Raises ``invalid`` for a text that names somebody by number. The error does not repeat the text."""
    if holds_identity_number(text):
        raise QueueError(Code.INVALID, field=field, reason="identity_number")
