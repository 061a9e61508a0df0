"""Passwords: how long they are, and that they are none of those that everybody tries first (NIST SP 800-63B, 3.1.1.2).

No rule about capitals and signs: they make passwords that people write down.
"""

import re
from collections.abc import Collection, Iterable, Iterator

from .errors import Code, QueueError
from .site import Site

LEAST, MOST = 12, 256  # characters (contract.md)
_BETWEEN = re.compile(r"[\W\d_]+")
_EDGES = re.compile(r"^[\W\d_]+|[\W\d_]+$")
_ROWS = (
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890123456789",
    "qwertyuiopasdfghjklzxcvbnm",
    "qazwsxedcrfvtgbyhnujmikolp",
)
_FEWEST_SIGNS = 5  # different ones
# Words of this trade and of every Indonesian list of bad passwords; the package's list is of the whole world.
_OURS = frozenset(
    {
        *("antrean", "antrian", "loket", "petugas", "layanan", "pelayanan", "pelayananpublik", "malpelayananpublik"),
        *("disdukcapil", "dukcapil", "imigrasi", "dpmptsp", "administrator", "pengelola", "pengawas", "pimpinan"),
        *("katasandi", "rahasia", "rahasiasekali", "bismillah", "alhamdulillah", "indonesia", "indonesiaraya"),
        *("merdeka", "sayang", "sayangku", "akusayangkamu"),
    }
)


def places(sites: Iterable[Site], own: Collection[str]) -> Iterator[str]:
    """What the account's halls and their agencies are called: the first words that a colleague would try."""
    for site in sites:
        if not own or site.id in own:
            yield from (site.id, site.name, site.short_name)
            yield from (word for agency in site.agencies.values() for word in (agency.id, agency.name))


def refuse_weak(password: str, common: Collection[str], about: Iterable[str] = (), field: str = "password") -> None:
    """Raises ``password_short``, and ``password_common`` for what is guessed first.

    ``common``: a list of what many people chose, in small letters; ``about``: what is known of the account and its
    place: its names, its sites and agencies. Figures and signs at the ends of a word make it no better.
    """
    if len(password) < LEAST:
        raise QueueError(Code.PASSWORD_SHORT, field=field, limit=LEAST)
    if _is_common(password.casefold(), common, {_plain(word) for word in about} | _OURS):
        raise QueueError(Code.PASSWORD_COMMON, field=field)


def _is_common(password: str, common: Collection[str], known: Collection[str]) -> bool:
    core, joined = _EDGES.sub("", password), _plain(password)
    words = [word for word in _BETWEEN.split(password) if word]
    if not core or len(set(password)) < _FEWEST_SIGNS or _is_row(joined):
        return True
    if _piece("".join(words)) in known or all(word in known for word in words):
        return True
    return any(one in common or one in known for one in (joined, core, _piece(core), *_without_ends(password)))


def _without_ends(password: str) -> Iterator[str]:
    """The password without some of the figures and signs behind it, or before it; whole, and its piece, first."""
    yield from (password, _piece(password))
    yield from (password[:end] for end in range(len(password)) if _BETWEEN.fullmatch(password[end:]))
    yield from (password[start:] for start in range(1, len(password)) if _BETWEEN.fullmatch(password[:start]))


def _plain(text: str) -> str:
    """Letters and figures alone, small."""
    return re.sub(r"[\W_]", "", text.casefold())


def _piece(text: str) -> str:
    """The shortest piece that the text repeats; the text itself if it repeats none."""
    at = (text + text).find(text, 1)
    return text[:at] if at > 0 else text


def _is_row(text: str) -> bool:
    """Whether it walks along the alphabet, the figures or the keyboard, forwards or backwards."""
    return any(text in row or text in row[::-1] for row in _ROWS)
