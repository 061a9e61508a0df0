"""The keys that what is personal is sealed with: one for every site, service day and lifetime, in one file.

To purge is to destroy the key: what was sealed with it can be read nowhere any more, in no copy of the database either.
So the file lies beside the database and never in it, is replaced whole and kept in no version, and each process looks
at it again before it opens anything. A lost file makes the texts unreadable; everything else goes on, with new keys.

Texts are sealed by AES-256-GCM under the key of their day, bound to their place; addresses that are counted, by AES-SIV
(equal ones are equal); hashes of booking codes are hashed once more.
"""

import base64
import contextlib
import fcntl
import hashlib
import hmac
import os
import secrets
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import structlog
from sqlalchemy.engine import URL, make_url

from ..domain.privacy import Lifetime
from .key_file import FILE, Content, Key, as_bytes, give_to_owner, lock_of, read_keys, replace_file

MARK = ":"  # between a key's id and a hash made with it
_NONCE = 12  # bytes, as GCM wants them

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Sealed:
    """What is stored in the place of a text, and the id of its key."""

    key: str | None  # none: it is sealed with nothing
    value: str


class _Texts(threading.local):
    count = 0


class Keyring:
    """The keys of a data folder, as its file has them."""

    def __init__(self, file: Path) -> None:
        self.file = file.resolve()  # a link stays a link to the file that others share
        self._texts = _Texts()
        self._seen: tuple[int, ...] | None = None
        self._content = Content([])
        self._keys: dict[str, Key] = {}
        self._of: dict[tuple[str, date, Lifetime], Key] = {}
        self._damaged = False
        self._turn = threading.Lock()

    @property
    def texts(self) -> int:
        """How many texts this thread has sealed or opened: whether a reply may hold one."""
        return self._texts.count

    @property
    def damaged(self) -> Path:
        """Where a file lies that was none of keys any more."""
        return self.file.with_name(f"{self.file.name}.damaged")

    @property
    def keys(self) -> Mapping[str, Key]:
        """All there are now; none from a file that cannot be read, which is left as it is."""
        try:
            self._look()
        except OSError as error:
            log.error("keys_unreadable", file=str(self.file), why=str(error))
            return {}
        return self._keys

    @property
    def destroyed(self) -> Mapping[str, date]:
        """The ids of keys that were destroyed, as long as a copy may hold what they sealed. Raises OSError."""
        self._look()
        return self._content.destroyed

    def seal(self, site: str, day: date, lifetime: Lifetime, text: str, place: str) -> Sealed:
        """Seal a text that stands at a place (nowhere else can it be opened). A key that is missing is made.

        Raises OSError if it cannot be written: what could not be read after the next start is not taken in.
        """
        self._texts.count += 1
        key = self._key(site, day, lifetime)
        nonce = secrets.token_bytes(_NONCE)
        closed = nonce + _gcm(key).encrypt(nonce, text.encode(), place.encode())
        return Sealed(key.id, base64.urlsafe_b64encode(closed).decode())

    def open(self, key: str, value: str, place: str) -> str | None:
        """The text; None once its key is destroyed, or lost, or if it is not what was sealed for that place."""
        from cryptography.exceptions import InvalidTag

        found = self.keys.get(key)
        if found is None:
            return None
        self._texts.count += 1
        closed = base64.urlsafe_b64decode(value)
        try:
            text: bytes = _gcm(found).decrypt(closed[:_NONCE], closed[_NONCE:], place.encode())
        except InvalidTag:
            return None
        return text.decode()

    def seal_alike(self, site: str, day: date, lifetime: Lifetime, text: str) -> Sealed:
        """Seal so that equal texts of a day are equal: what is counted. Raises as ``seal``."""
        key = self._key(site, day, lifetime)
        return Sealed(key.id, base64.urlsafe_b64encode(_siv(key).encrypt(text.encode(), None)).decode())

    def open_alike(self, key: str, value: str) -> str | None:
        """As ``open``."""
        from cryptography.exceptions import InvalidTag

        found = self.keys.get(key)
        if found is None:
            return None
        try:
            text: bytes = _siv(found).decrypt(base64.urlsafe_b64decode(value), None)
        except InvalidTag:
            return None
        return text.decode()

    def mark(self, site: str, day: date, lifetime: Lifetime, said: str) -> str:
        """A hash that says nothing without the day's key, behind that key's id. Raises as ``seal``."""
        return _marked(self._key(site, day, lifetime), said)

    def is_mark_of(self, mark: str, said: str) -> bool | None:
        """Whether that is what was marked; None once nobody has the key any more."""
        key = self.keys.get(mark.partition(MARK)[0])
        return None if key is None else hmac.compare_digest(mark, _marked(key, said))

    def marks(self, site: str, lifetime: Lifetime, said: str) -> list[str]:
        """The hashes that it has by each key of a site there is."""
        return [_marked(key, said) for key in self.keys.values() if (key.site, key.lifetime) == (site, lifetime)]

    def destroy(self, is_over: Callable[[Key], bool], today: date = date.max) -> list[Key]:
        """Destroy keys for ever; those that were. Raises OSError: then all are still there.

        Their ids are kept a while longer, so that no older file of keys brings one back: from their day on, or from
        ``today`` for one that a clock made which was ahead.
        """
        with self._alone():
            self._look()
            gone = [key for key in self._keys.values() if is_over(key)]
            if gone:
                kept = [key for key in self._keys.values() if not is_over(key)]
                own = self._content
                destroyed = {**own.destroyed, **{key.id: min(key.day, today) for key in gone}}
                self._write(Content(kept, destroyed, own.forgotten))
        return gone

    @property
    def forgotten(self) -> frozenset[str]:
        """Tickets of which a person had all erased, and accounts that became pseudonyms: for copies of before."""
        self._look()
        return self._content.forgotten

    def forget(self, ids: Iterable[str]) -> None:
        """Remember that these are forgotten. Raises OSError."""
        with self._alone():
            self._look()
            if fresh := frozenset(ids) - self._content.forgotten:
                self._write(Content(self._content.keys, self._content.destroyed, self._content.forgotten | fresh))

    def take_in(self, other: "Content") -> None:
        """Have the keys of a backup that is put back too, but for those that were destroyed since."""
        with self._alone():
            self._look()
            own = self._content
            destroyed = {**other.destroyed, **own.destroyed}
            keys = {key.id: key for key in (*own.keys, *other.keys) if key.id not in destroyed}
            self._write(Content([*keys.values()], destroyed, own.forgotten | other.forgotten))

    def copy_to(self, place: Path) -> Path:
        """Write the keys there are into the one file of a place of backups, in the place of those of before."""
        target = place / FILE
        self._look()
        replace_file(target, as_bytes(self._content))
        return target

    def _key(self, site: str, day: date, lifetime: Lifetime) -> Key:
        self._look()
        wanted = (site, day, lifetime)
        if (found := self._of.get(wanted)) is not None:
            return found
        with self._alone():
            self._look()
            if wanted not in self._of:
                new = Key(secrets.token_hex(6), *wanted, secrets.token_bytes(32))
                own = self._content
                self._write(Content([*own.keys, new], own.destroyed, own.forgotten))
        return self._of[wanted]

    def _look(self) -> None:
        """Read the file again if it is another one than last time, or another process has written it.

        A damaged file is as one that is lost.
        """
        seen = self._stands()
        if seen == self._seen:
            return
        try:
            self._take(read_keys(self.file) if seen else Content([]))
        except ValueError:
            if seen != self._stands():
                return self._look()  # replaced while it was read
            log.error("keys_damaged", file=str(self.file))
            self._take(Content([]))
            self._damaged = True
        self._seen = seen
        return None

    def _stands(self) -> tuple[int, ...]:
        try:
            stat = self.file.stat()
        except FileNotFoundError:
            return ()
        return (stat.st_ino, stat.st_mtime_ns, stat.st_size)

    def _take(self, content: "Content") -> None:
        self._content, self._damaged = content, False
        self._keys = {key.id: key for key in content.keys}
        self._of = {(key.site, key.day, key.lifetime): key for key in self._keys.values()}

    def _write(self, content: "Content") -> None:
        if self._damaged:  # whatever it is, it is no list of keys: it may still help somebody
            with contextlib.suppress(OSError):
                self.file.rename(self.damaged)
        replace_file(self.file, as_bytes(content))
        self._seen = None
        self._look()

    @contextlib.contextmanager
    def _alone(self) -> Iterator[None]:
        """One writer at a time, of all processes that share the file."""
        with self._turn:
            self.file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            lock = lock_of(self.file)
            handle = os.open(lock, os.O_RDWR | os.O_CREAT, 0o600)
            try:
                give_to_owner(lock, self.file)
                with contextlib.suppress(OSError):  # some network disks know no locks
                    fcntl.flock(handle, fcntl.LOCK_EX)
                yield
            finally:
                os.close(handle)


def _gcm(key: Key) -> Any:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # a server without personal texts needs none of it

    return AESGCM(key.own(b"text")[:32])


def _siv(key: Key) -> Any:
    from cryptography.hazmat.primitives.ciphers.aead import AESSIV

    return AESSIV(key.own(b"alike"))


def _marked(key: Key, said: str) -> str:
    return f"{key.id}{MARK}{hmac.new(key.own(b'mark'), said.encode(), hashlib.sha256).hexdigest()[:32]}"


_SERVED: dict[str, Keyring] = {}  # a database -> the keys of what lies in it


def serve(url: str, file: Path) -> Keyring:
    """From now on this process seals what goes into a database with the keys of a file."""
    name = _database(make_url(url))
    ring = _SERVED.get(name)
    if ring is None or ring.file != file.resolve():
        ring = _SERVED[name] = Keyring(file)
    return ring


def of(url: URL) -> Keyring | None:
    """The keys of a database; None of one that nobody said it for, as a copy that is only looked at."""
    return _SERVED.get(_database(url))


@cache
def _database(url: URL) -> str:
    """The database that a URL means, by whatever driver."""
    return url.set(drivername=url.get_backend_name()).render_as_string(hide_password=False)
