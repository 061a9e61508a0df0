"""What a database says of itself, in our words: someone else holds it, it cannot be written, it is damaged.

Only damage is a verdict that stays. All else passes: a lock, a full disk, a process without a free file descriptor.
"""

import errno
import os

from sqlalchemy.exc import DBAPIError, TimeoutError

from ..domain.errors import Code

# SQLite's primary result codes (sqlite.org/rescode.html); the extended ones carry them in their low byte.
_BUSY, _LOCKED, _NOMEM, _READONLY, _INTERRUPT, _IOERR, _CORRUPT = 5, 6, 7, 8, 9, 10, 11
_FULL, _CANTOPEN, _PROTOCOL, _NOTADB = 13, 14, 15, 26
_SQLITE = {
    _BUSY: Code.BUSY,
    _LOCKED: Code.BUSY,
    _NOMEM: Code.BUSY,
    _INTERRUPT: Code.BUSY,
    _PROTOCOL: Code.BUSY,  # several began at once, and none was first
    _READONLY: Code.STORAGE_FULL,
    _IOERR: Code.STORAGE_FULL,
    _FULL: Code.STORAGE_FULL,
    _CANTOPEN: Code.STORAGE_FULL,
    _CORRUPT: Code.STORAGE_CORRUPT,
    _NOTADB: Code.STORAGE_CORRUPT,
}

# SQLITE_IOERR_BLOCKED, _NOMEM, _LOCK: nothing was read or written, and the disk is not to blame.
_IOERR_PASSING = {2826, 3082, 3850}
_OUT_OF_FILES = (errno.EMFILE, errno.ENFILE)

# PostgreSQL's SQLSTATE: exact ones first, then whole classes (their first two characters).
_STATE = {
    "25006": Code.STORAGE_FULL,  # read-only: a standby, or an operator's switch
    "53100": Code.STORAGE_FULL,  # disk full
    "55P03": Code.BUSY,  # lock_timeout
    "57014": Code.BUSY,  # cancelled
    "XX001": Code.STORAGE_CORRUPT,
    "XX002": Code.STORAGE_CORRUPT,
}
_CLASS = {
    "08": Code.BUSY,  # the connection broke
    "40": Code.BUSY,  # serialization failure, deadlock: nothing was done
    "53": Code.BUSY,  # no connection, no memory
    "57": Code.BUSY,  # shut down, starting up
    "58": Code.STORAGE_FULL,  # the system under it: input and output
}


def code_of(error: BaseException) -> Code | None:
    """Why the database could not do it; None if this is no trouble of the database's own.

    ``busy`` may also mean that nobody can know: a connection that broke during a commit. The caller's key tells,
    when it asks again.
    """
    if isinstance(error, TimeoutError):
        return Code.BUSY  # every connection of the pool is in use
    if isinstance(error, OSError) and error.errno in _OUT_OF_FILES:
        return Code.BUSY
    if not isinstance(error, DBAPIError):
        return None
    said = error.orig
    if (number := getattr(said, "sqlite_errorcode", None)) is not None:
        return _of_sqlite(number)
    state = getattr(said, "pgcode", None)
    if state:
        return _STATE.get(state) or _CLASS.get(state[:2])
    return Code.BUSY if is_cut(error) else None


def _of_sqlite(number: int) -> Code | None:
    primary = number & 0xFF
    if number in _IOERR_PASSING or (primary == _CANTOPEN and _out_of_files()):
        return Code.BUSY
    return _SQLITE.get(primary)


def _out_of_files() -> bool:
    """Whether this process can open nothing more now. SQLite calls that a file that it cannot open."""
    try:
        os.close(os.open(os.devnull, os.O_RDONLY))
    except OSError as error:
        return error.errno in _OUT_OF_FILES
    return False


def is_held(error: BaseException) -> bool:
    """Whether somebody else has an SQLite database just now; ``error`` is SQLAlchemy's or the driver's."""
    said = error.orig if isinstance(error, DBAPIError) else error
    return (getattr(said, "sqlite_errorcode", None) or 0) & 0xFF in (_BUSY, _LOCKED, _PROTOCOL)


def is_passing(error: BaseException) -> bool:
    """Whether an error says nothing of what the database holds: it could not be opened, locked or read just now."""
    if isinstance(error, OSError | TimeoutError | MemoryError):
        return True
    said = error.orig if isinstance(error, DBAPIError) else error
    if (number := getattr(said, "sqlite_errorcode", None)) is not None:
        return _SQLITE.get(number & 0xFF) in (Code.BUSY, Code.STORAGE_FULL)
    return code_of(error) in (Code.BUSY, Code.STORAGE_FULL)


def is_cut(error: BaseException) -> bool:
    """Whether there is no connection, or it broke: PostgreSQL restarts, or cannot be reached."""
    if not isinstance(error, DBAPIError) or error.orig is None or not hasattr(error.orig, "pgcode"):
        return False  # SQLite's driver says some things without a code, as that a text cannot be decoded
    state = error.orig.pgcode
    if state:
        return state[:2] == "08" or state in ("57P01", "57P02", "57P03")
    return error.connection_invalidated or type(error.orig).__name__ in ("OperationalError", "InterfaceError")
