"""A recorder under SQLite: every write, truncation and sync of every file, and what a power cut would leave of them.

It stands between the standard library's SQLite and the system, by replacing what opens a file in SQLite's default
VFS. A write that was not synced may be on the disk after a power cut, or not, or in part: each such outcome is an
image, made from the record.
"""

import ctypes
import random
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

_P, _I, _L = ctypes.c_void_p, ctypes.c_int, ctypes.c_longlong
_SECTOR = 512  # what a disk writes whole or not at all

_OPEN = ctypes.CFUNCTYPE(_I, _P, _P, _P, _I, _P)  # the name as a pointer: SQLite keeps it, and looks behind its end
_WRITE = ctypes.CFUNCTYPE(_I, _P, _P, _I, _L)
_TRUNCATE = ctypes.CFUNCTYPE(_I, _P, _L)
_SYNC = ctypes.CFUNCTYPE(_I, _P, _I)


class _Vfs(ctypes.Structure):
    """The beginning of ``sqlite3_vfs``, up to what opens a file."""

    _fields_ = [("version", _I), ("size", _I), ("longest", _I), ("next", _P), ("name", _P), ("data", _P), ("open", _P)]


class _Methods(ctypes.Structure):
    """``sqlite3_io_methods``, version 3."""

    _fields_ = [("version", _I), ("close", _P), ("read", _P), ("write", _P), ("truncate", _P), ("sync", _P)]
    _fields_ += [(f"other{n}", _P) for n in range(13)]


class _File(ctypes.Structure):
    _fields_ = [("methods", ctypes.POINTER(_Methods))]


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that was done to a file; ``data`` None: synced; ``at`` None: nothing written but the length cut."""

    file: str
    at: int | None = None
    data: bytes | None = None
    length: int | None = None


@dataclass
class Record:
    """What was done, in order; an acknowledgement is remembered as how many steps came before it."""

    steps: list[Step] = field(default_factory=list)
    acknowledged: list[tuple[int, int]] = field(default_factory=list)
    refuse: Callable[[str], int] = lambda act: 0  # asked before each write, truncate, sync: SQLite's code to fail with

    def acknowledge(self, what: int) -> None:
        """A caller was told that this revision is done."""
        self.acknowledged.append((len(self.steps), what))

    def image(self, upto: int, chance: random.Random, folder: Path) -> None:
        """What may lie on the disk if the power goes after that many steps: all that was synced, some of the rest."""
        files: dict[str, bytearray] = {}
        waiting: dict[str, list[Step]] = {}
        for step in self.steps[:upto]:
            if step.data is None and step.length is None:
                for one in waiting.pop(step.file, []):
                    _apply(files.setdefault(step.file, bytearray()), one)
            else:
                waiting.setdefault(step.file, []).append(step)
        luck = chance.choice([0.0, 0.0, 0.5, 0.9])
        for name, steps in waiting.items():
            for one in steps:
                for part in _sectors(one):
                    if chance.random() < luck:
                        _apply(files.setdefault(name, bytearray()), part)
        folder.mkdir()
        for name, content in files.items():
            (folder / Path(name).name).write_bytes(content)


def _sectors(step: Step) -> Iterator[Step]:
    if step.data is None or step.at is None:
        yield step
        return
    for start in range(0, len(step.data), _SECTOR):
        yield Step(step.file, step.at + start, step.data[start : start + _SECTOR])


def _apply(content: bytearray, step: Step) -> None:
    if step.length is not None:
        del content[step.length :]
    elif step.data is not None and step.at is not None:
        if len(content) < step.at:
            content.extend(bytes(step.at - len(content)))
        content[step.at : step.at + len(step.data)] = step.data


def library() -> ctypes.CDLL | None:
    """The very SQLite that the standard library uses; None where it is built into Python and cannot be reached."""
    try:
        found = ctypes.CDLL("libsqlite3.so.0")
    except OSError:
        return None
    found.sqlite3_libversion.restype = ctypes.c_char_p
    return found if found.sqlite3_libversion().decode() == sqlite3.sqlite_version else None


@contextmanager
def recording(names: tuple[str, ...]) -> Iterator[Record]:
    """Record what is done to files with these endings that are opened from here on."""
    lib, record = library(), Record()
    lib.sqlite3_vfs_find.restype = ctypes.POINTER(_Vfs)
    vfs = lib.sqlite3_vfs_find(None).contents
    kept: list[object] = []  # callbacks and tables must outlive the connections
    opened: dict[int, tuple[str, _Methods]] = {}
    plain = _OPEN(vfs.open)

    def open_file(own, name, file, flags, out) -> int:
        result = plain(own, name, file, flags, out)
        path = ctypes.string_at(name).decode() if name else ""
        if result == 0 and path.endswith(names):
            handle = ctypes.cast(file, ctypes.POINTER(_File)).contents
            opened[file] = (path, handle.methods.contents)
            table = _wrapped(handle.methods.contents, opened, record)
            kept.append(table)
            handle.methods = ctypes.pointer(table[0])
        return result

    callback = _OPEN(open_file)
    before, vfs.open = vfs.open, ctypes.cast(callback, _P).value
    try:
        yield record
    finally:
        vfs.open = before
        _KEPT.append((kept, callback, plain))


_KEPT: list[object] = []  # a connection that is closed later still calls its table


def _wrapped(plain: _Methods, opened: dict[int, tuple[str, _Methods]], record: Record) -> tuple:
    """The file's methods, with those that change it recorded once they are done."""

    def write(file, data, size, at) -> int:
        if code := record.refuse("write"):
            return code
        result = _WRITE(plain.write)(file, data, size, at)
        if result == 0:
            record.steps.append(Step(opened[file][0], at, ctypes.string_at(data, size)))
        return result

    def truncate(file, length) -> int:
        if code := record.refuse("truncate"):
            return code
        result = _TRUNCATE(plain.truncate)(file, length)
        if result == 0:
            record.steps.append(Step(opened[file][0], length=length))
        return result

    def sync(file, flags) -> int:
        if code := record.refuse("sync"):
            return code
        result = _SYNC(plain.sync)(file, flags)
        if result == 0:
            record.steps.append(Step(opened[file][0]))
        return result

    table = _Methods.from_buffer_copy(plain)
    calls: list[Callable] = [_WRITE(write), _TRUNCATE(truncate), _SYNC(sync)]
    for name, call in zip(("write", "truncate", "sync"), calls, strict=True):
        setattr(table, name, ctypes.cast(call, _P).value)
    return table, calls
