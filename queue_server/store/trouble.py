"""What a database says of itself, in our words: someone else holds it, it cannot be written, it is damaged."""

from sqlalchemy.exc import DBAPIError, TimeoutError

from ..domain.errors import Code

# SQLite's primary result codes (sqlite.org/rescode.html); the extended ones carry them in their low byte.
_BUSY, _LOCKED, _READONLY, _IOERR, _CORRUPT, _FULL, _CANTOPEN, _NOTADB = 5, 6, 8, 10, 11, 13, 14, 26
_SQLITE = {
    _BUSY: Code.BUSY,
    _LOCKED: Code.BUSY,
    _READONLY: Code.STORAGE_FULL,
    _IOERR: Code.STORAGE_FULL,
    _FULL: Code.STORAGE_FULL,
    _CANTOPEN: Code.STORAGE_FULL,
    _CORRUPT: Code.STORAGE_CORRUPT,
    _NOTADB: Code.STORAGE_CORRUPT,
}

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


def trouble(error: BaseException) -> Code | None:
    """Why the database could not do it; None if this is no trouble of the database's own.

    ``busy`` may also mean that nobody can know: a connection that broke during a commit. The caller's key tells,
    when it asks again.
    """
    if isinstance(error, TimeoutError):
        return Code.BUSY  # every connection of the pool is in use
    if not isinstance(error, DBAPIError):
        return None
    said = error.orig
    if (number := getattr(said, "sqlite_errorcode", None)) is not None:
        return _SQLITE.get(number & 0xFF)
    state = getattr(said, "pgcode", None)
    if state:
        return _STATE.get(state) or _CLASS.get(state[:2])
    return Code.BUSY if is_cut(error) else None


def is_cut(error: BaseException) -> bool:
    """Whether there is no connection, or it broke: PostgreSQL restarts, or cannot be reached."""
    if not isinstance(error, DBAPIError) or hasattr(error.orig, "sqlite_errorcode"):
        return False
    state = getattr(error.orig, "pgcode", None)
    if state:
        return state[:2] == "08" or state in ("57P01", "57P02", "57P03")
    return error.connection_invalidated or type(error.orig).__name__ in ("OperationalError", "InterfaceError")
