"""The first run: whoever reads the server's terminal makes the first administrator, by a code that stands there."""

import hmac
import re

from .errors import Code, QueueError
from .pairing import ALPHABET
from .plain_text import is_blank

LENGTH = 8  # of 32 letters: 40 bits
WRONG_PER_MINUTE = 5  # codes that one address may type wrongly, a hall's own too
WRONG_IN_ALL = 60  # and all addresses together
ZONES = ("Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura")  # WIB, WITA, WIT
_NO_NAME = {"mpp", "mal", "pelayanan", "publik", "kabupaten", "kab", "kota", "provinsi", "balai"}
_LONGEST = 40


def code_of(secret: bytes) -> str:
    """The code of a server: it follows from its secret, so every start and every process shows the same."""
    digest = hmac.digest(secret, b"first run", "sha256")
    return "".join(ALPHABET[byte % len(ALPHABET)] for byte in digest[:LENGTH])


def spaced(code: str) -> str:
    """As people read it."""
    return f"{code[: LENGTH // 2]}-{code[LENGTH // 2 :]}"


def require_code(code: str, typed: str) -> None:
    """Raises ``wrong_code`` unless it was typed, in letters of any size, with or without its dash."""
    plain = re.sub(r"[\s-]", "", typed.upper())
    if not hmac.compare_digest(plain.encode(), code.encode()):
        raise QueueError(Code.WRONG_CODE, field="code")


def hall_id(name: str) -> str:
    """How a hall's addresses begin, from its name: *Mal Pelayanan Publik Kabupaten Serang* is ``serang``."""
    words = re.findall(r"[a-z0-9]+", name.lower())
    telling = [word for word in words if word not in _NO_NAME]
    return "-".join(telling)[:_LONGEST].strip("-") or "mpp"


def refuse_hall(name: str) -> None:
    """Raises ``invalid`` for a name of a hall that would be blank, or two lines, where it is shown."""
    if is_blank(name) or not name.isprintable():
        raise QueueError(Code.INVALID, field="hall", reason="hall")
