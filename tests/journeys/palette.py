"""A screenshot made small: the same picture with at most 256 colours, in plain Python."""

import struct
import zlib
from collections import Counter

COLOURS = 256


def shrink(png: bytes) -> bytes:
    """An 8-bit RGB or RGBA screenshot as a palette PNG. Screens have few colours; the rest are soft edges."""
    width, height, step, raw = _read(png)
    rows = [
        [row[i : i + 3] for i in range(0, width * step, step)] for row in _unfilter(raw, width * step, step, height)
    ]
    counts = Counter(pixel for row in rows for pixel in row)
    palette = [colour for colour, _ in counts.most_common(COLOURS)]
    index = {colour: n for n, colour in enumerate(palette)}
    for colour in counts:
        if colour not in index:
            index[colour] = min(range(len(palette)), key=lambda n, c=colour: _distance(palette[n], c))
    lines = b"".join(b"\0" + bytes(index[pixel] for pixel in row) for row in rows)
    head = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    parts = (b"IHDR", head), (b"PLTE", b"".join(palette)), (b"IDAT", zlib.compress(lines, 9)), (b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in parts)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _distance(one: bytes, other: bytes) -> int:
    return sum((a - b) ** 2 for a, b in zip(one, other, strict=True))


def _read(png: bytes) -> tuple[int, int, int, bytes]:
    """Width, height, bytes a pixel, and the filtered rows."""
    at, packed, head = 8, b"", b""
    while at < len(png):
        length, kind = struct.unpack(">I4s", png[at : at + 8])
        data = png[at + 8 : at + 8 + length]
        head = data if kind == b"IHDR" else head
        packed += data if kind == b"IDAT" else b""
        at += 12 + length
    width, height, depth, colour = struct.unpack(">IIBB", head[:10])
    if (depth, colour) not in ((8, 2), (8, 6)):
        raise ValueError(f"not a screenshot: depth {depth}, colour type {colour}")
    return width, height, 3 if colour == 2 else 4, zlib.decompress(packed)


def _unfilter(raw: bytes, length: int, step: int, height: int) -> list[bytes]:
    """The rows as they are, with the PNG's row filters undone."""
    rows, above = [], bytearray(length)
    for n in range(height):
        kind = raw[n * (length + 1)]
        row = bytearray(raw[n * (length + 1) + 1 : (n + 1) * (length + 1)])
        for i in range(length) if kind else ():
            left = row[i - step] if i >= step else 0
            corner = above[i - step] if i >= step else 0
            guess = (0, left, above[i], (left + above[i]) // 2, _paeth(left, above[i], corner))[kind]
            row[i] = (row[i] + guess) & 0xFF
        rows.append(bytes(row))
        above = row
    return rows


def _paeth(left: int, up: int, corner: int) -> int:
    guess = left + up - corner
    return min((abs(guess - left), 0, left), (abs(guess - up), 1, up), (abs(guess - corner), 2, corner))[2]
