"""The code and the link of a place that was booked on the hall's own page: both follow from its id and the secret.

So a reply that was lost can be said once more, and neither lies anywhere. The link has 128 bits, which nobody guesses;
the code has eight digits, for the kiosk's keys, and opens nothing but the kiosk's door, where guesses are slowed.
"""

import hmac
from base64 import b32encode

from .bookings import normalise_code

DIGITS = 8
_BITS = 16  # bytes of the link's secret


def own_code(secret: bytes, id: str) -> str:
    """Eight digits."""
    return f"{int.from_bytes(hmac.digest(secret, f'own code {id}'.encode(), 'sha256')) % 10**DIGITS:0{DIGITS}d}"


def own_token(secret: bytes, id: str) -> str:
    """26 letters and digits; the same whatever a scanner makes of capitals."""
    return b32encode(hmac.digest(secret, f"own link {id}".encode(), "sha256")[:_BITS]).decode().rstrip("=").lower()


def own_code_hash(secret: bytes, site: str, code: str) -> str:
    """What is kept of a code: never what is kept of the same code on a list."""
    return hmac.digest(secret, f"own booking {site} {normalise_code(code)}".encode(), "sha256").hex()


def own_token_hash(secret: bytes, token: str) -> str:
    """What is kept of a link."""
    return hmac.digest(secret, f"own link of {normalise_code(token).lower()}".encode(), "sha256").hex()


def browser_hash(secret: bytes, site: str, browser: str) -> str:
    """What is kept of the browser in which a place was booked."""
    return hmac.digest(secret, f"booked in {site} {browser}".encode(), "sha256").hex()


def address_hash(secret: bytes, site: str, day: str, address: str) -> str:
    """What is kept, for this day alone, of where somebody has booked from: another value on each day."""
    return hmac.digest(secret, f"booked from {site} {day} {address}".encode(), "sha256").hex()
