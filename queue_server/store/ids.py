"""Ids and secrets: ordered ids that are unique across halls, tokens that only their holder knows."""

import hashlib
import hmac
import os
import secrets
import time
import uuid
from base64 import urlsafe_b64encode
from functools import lru_cache
from typing import Any


def new_id() -> str:
    """A UUIDv7 (RFC 9562): 48 bits of milliseconds, then random bits. Unique across halls, so halls can be merged."""
    ms = time.time_ns() // 1_000_000
    random = int.from_bytes(os.urandom(10))
    value = (ms & (1 << 48) - 1) << 80 | 0x7 << 76 | (random >> 68 & 0xFFF) << 64 | 0b10 << 62 | random & (1 << 62) - 1
    return str(uuid.UUID(int=value))


@lru_cache(maxsize=512)  # it is kept with the ticket, then said to its holder
def token(secret: bytes, ticket_id: str) -> str:
    """A ticket's secret token: the first 128 bits of HMAC-SHA256(server secret, ticket id), base64url."""
    digest = hmac.digest(secret, ticket_id.encode(), "sha256")[:16]
    return urlsafe_b64encode(digest).decode().rstrip("=")


_EPOCHS = 1_000_000  # by chance among so many: two restores of one backup are two histories


def next_epoch(epoch: Any) -> Any:
    """The epoch of a history that goes on from another's; a number or a column."""
    return epoch + 1 + secrets.randbelow(_EPOCHS)


_LETTERS = "BCDFGHJKLMNPRSTVWXYZ"  # no vowel: no word that somebody would mind
WORD_LETTERS = 4


@lru_cache(maxsize=512)
def word(token: str) -> str:
    """Four letters that follow from a ticket's token: by number and word its holder is known at a tablet."""
    digest = int.from_bytes(hmac.digest(token.encode(), b"word", "sha256")[:8])
    return "".join(_LETTERS[digest // len(_LETTERS) ** n % len(_LETTERS)] for n in range(WORD_LETTERS))


def token_hash(token: str) -> str:
    """What is stored in a token's place."""
    return hashlib.sha256(token.encode()).hexdigest()


def new_code(alphabet: str, length: int) -> str:
    """A code that people read and type."""
    return "".join(secrets.choice(alphabet) for _ in range(length))


def new_poll() -> str:
    """128 random bits for a screen that is to become a device, base64url."""
    return secrets.token_urlsafe(16)


def new_token() -> str:
    """256 random bits for a device or a session, base64url."""
    return secrets.token_urlsafe(32)
