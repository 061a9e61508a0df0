"""What a file is around its streams: one container from the first byte to the last, and nothing else besides."""

import mmap
import re
import struct
from collections.abc import Iterator
from pathlib import Path

from .bounds import Refused

# ISO/IEC 14496-12: what stands at the top of an MP4. "uuid" and "meta" hold a camera's remarks, which stay behind.
_BOXES = frozenset(b"ftyp styp moov mdat free skip wide udta meta uuid moof mfra sidx ssix pdin prft emsg pnot".split())
_EBML, _SEGMENT = b"\x1a\x45\xdf\xa3", b"\x18\x53\x80\x67"  # RFC 8794, RFC 9559
_VOID = (b"\xec", b"\xbf")  # padding and a checksum may stand between
_ARCHIVE_ENDS = re.compile(rb"PK\x05\x06|PK\x06\x07|7z\xbc\xaf\x27\x1c|Rar!\x1a\x07")
_OTHER_THINGS = re.compile(rb"<script|<!doctype|<iframe|<\?php |<html>|%PDF-1\.", re.IGNORECASE)
_TAIL = 65_557  # bytes from the end in which an archive's directory must end


def check(path: Path, type: str) -> None:
    """Raises Refused: ``no_video`` for what is no such container, ``other_things`` for what is something else too."""
    with path.open("rb") as file:
        if file.seek(0, 2) < 64:
            raise Refused("no_video")
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
            (_webm if type == "video/webm" else _mp4)(data)
            # Nothing of it is passed on anyway; but such a file was made to be taken for another, and is told so.
            if _ARCHIVE_ENDS.search(data, max(0, len(data) - _TAIL)) or _OTHER_THINGS.search(data):
                raise Refused("other_things")


def _mp4(data: mmap.mmap) -> None:
    if data[4:8] != b"ftyp":
        raise Refused("no_video")
    if {name for name, _ in _boxes(data)} - _BOXES:
        raise Refused("other_things")


def _boxes(data: mmap.mmap) -> Iterator[tuple[bytes, int]]:
    """The boxes at the top, which fill the file to its last byte."""
    at = 0
    while at < len(data):
        if at + 8 > len(data):
            raise Refused("other_things")
        size, name = struct.unpack_from(">I4s", data, at)
        if size == 1 and at + 16 <= len(data):
            size = struct.unpack_from(">Q", data, at + 8)[0]
        elif size == 0:  # as far as the file goes
            size = len(data) - at
        if size < 8 or at + size > len(data):
            raise Refused("no_video" if at + size > len(data) and name in _BOXES else "other_things")
        yield name, size
        at += size


def _webm(data: mmap.mmap) -> None:
    if data[:4] != _EBML:
        raise Refused("no_video")
    head_size, length = _size(data, 4)
    at = 4 + length + head_size
    if b"webm" not in data[:at]:
        raise Refused("no_video")
    while at < len(data) and data[at : at + 1] in _VOID:
        size, length = _size(data, at + 1)
        at += 1 + length + size
    if data[at : at + 4] != _SEGMENT:
        raise Refused("other_things")
    size, length = _size(data, at + 4)
    if size != (1 << 7 * length) - 1 and at + 4 + length + size < len(data):  # of unknown size: to the end
        raise Refused("other_things")


def _size(data: mmap.mmap, at: int) -> tuple[int, int]:
    """A size as EBML writes it, and over how many bytes it is written."""
    first = data[at] if at < len(data) else 0
    length = 9 - first.bit_length()
    if length > 8 or at + length > len(data):
        raise Refused("no_video")
    return int.from_bytes(data[at : at + length]) & (1 << 7 * length) - 1, length
