"""Questions and answers as bytes, for a process of our own: what passes between us is Python's, and nobody else's."""

import copyreg
import io
import pickle
from io import FileIO
from types import MappingProxyType
from typing import Any

_SIZE = 8  # bytes that say how long a parcel is


def _read_only(values: dict[Any, Any]) -> Any:
    return MappingProxyType(values)


class _Pickler(pickle.Pickler):
    dispatch_table = copyreg.dispatch_table | {MappingProxyType: lambda one: (_read_only, (dict(one),))}


def wrapped(value: Any) -> bytes:
    """A value with its length before it. Raises what pickle raises for one that cannot leave its process."""
    out = io.BytesIO(bytes(_SIZE))
    out.seek(_SIZE)
    _Pickler(out, pickle.HIGHEST_PROTOCOL).dump(value)
    out.seek(0)
    out.write((len(out.getbuffer()) - _SIZE).to_bytes(_SIZE, "little"))
    return out.getvalue()


def received(pipe: FileIO) -> Any:
    """The next value that comes through. Raises EOFError where none comes any more."""
    return pickle.loads(_exactly(pipe, int.from_bytes(_exactly(pipe, _SIZE), "little")))  # from ourselves alone


def _exactly(pipe: FileIO, size: int) -> bytes:
    parts, left = list[bytes](), size
    while left:
        part = pipe.read(min(left, 1 << 20))
        if not part:
            raise EOFError
        parts.append(part)
        left -= len(part)
    return b"".join(parts)
