"""A reader of clean QR codes: version 1, numeric, no repair (ISO/IEC 18004:2015)."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Iterator

SIZE = 21
_BORDER = 4
_FORMAT_MASK = 0x5412
_LEVEL_WORDS = {1: 19, 0: 16, 3: 13, 2: 9}  # data codewords by level bits: L, M, Q, H
_MASKS: tuple[Callable[[int, int], int], ...] = (
    lambda i, j: (i + j) % 2,
    lambda i, j: i % 2,
    lambda i, j: j % 3,
    lambda i, j: (i + j) % 3,
    lambda i, j: (i // 2 + j // 3) % 2,
    lambda i, j: i * j % 2 + i * j % 3,
    lambda i, j: (i * j % 2 + i * j % 3) % 2,
    lambda i, j: ((i + j) % 2 + i * j % 3) % 2,
)


def read_qr(png: bytes) -> str:
    """The digits in a code drawn straight, with its border of 4 light modules."""
    dark = _modules(_pixels(png))
    word = int("".join(str(dark[8][j]) for j in (0, 1, 2, 3, 4, 5, 7, 8)), 2) << 7
    word |= int("".join(str(dark[i][8]) for i in (7, 5, 4, 3, 2, 1, 0)), 2)
    word ^= _FORMAT_MASK
    level, mask = word >> 13, word >> 10 & 7
    bits = "".join(str(dark[i][j] ^ (not _MASKS[mask](i, j))) for i, j in _path())
    return _numeric(bits[: _LEVEL_WORDS[level] * 8])


def _numeric(bits: str) -> str:
    assert bits[:4] == "0001", "one numeric segment"
    count, at, digits = int(bits[4:14], 2), 14, ""
    while len(digits) < count:
        length = min(3, count - len(digits))
        width = (0, 4, 7, 10)[length]
        digits += f"{int(bits[at : at + width], 2):0{length}d}"
        at += width
    assert not bits[at : at + 4].strip("0"), "nothing after it"
    return digits


def _path() -> Iterator[tuple[int, int]]:
    """Data modules in reading order: pairs of columns from the right, up and down in turns."""
    rightmost = (20, 18, 16, 14, 12, 10, 8, 5, 3, 1)
    for turn, right in enumerate(rightmost):
        for step in range(SIZE):
            i = step if turn % 2 else SIZE - 1 - step
            for j in (right, right - 1):
                corner = (i < 9 and j < 9) or (i < 9 and j > 12) or (i > 12 and j < 9)
                if not corner and 6 not in (i, j):
                    yield i, j


def _modules(rows: list[list[int]]) -> list[list[int]]:
    scale = len(rows) // (SIZE + 2 * _BORDER)
    at = [(_BORDER + k) * scale + scale // 2 for k in range(SIZE)]
    edge = [rows[0], rows[-1], [row[0] for row in rows], [row[-1] for row in rows]]
    assert not any(map(any, edge)), "the border is light"
    return [[rows[i][j] for j in at] for i in at]


def _pixels(png: bytes) -> list[list[int]]:
    """1 for black, from a greyscale PNG of one bit (RFC 2083)."""
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    at, packed, width = 8, b"", 0
    while at < len(png):
        length, kind = struct.unpack_from(">I4s", png, at)
        content = png[at + 8 : at + 8 + length]
        if kind == b"IHDR":
            width, _, depth, colour = struct.unpack_from(">IIBB", content)
            assert (depth, colour) == (1, 0), "one bit of grey"
        elif kind == b"IDAT":
            packed += content
        at += length + 12
    raw, stride = zlib.decompress(packed), (width + 7) // 8 + 1
    above, rows = bytes(stride - 1), []
    for start in range(0, len(raw), stride):
        filtered, row = raw[start], raw[start + 1 : start + stride]
        assert filtered in {0, 2}, "no filter, or the difference from the row above"
        if filtered:
            row = bytes((one + other) % 256 for one, other in zip(row, above, strict=True))
        rows.append([int(bit) ^ 1 for bit in "".join(f"{byte:08b}" for byte in row)[:width]])
        above = row
    return rows
