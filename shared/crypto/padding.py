"""Length classes: what is sealed is framed and filled with zeros, so sizes tell little.

u32be length ‖ content ‖ zeros up to the smallest class that holds it
"""

from __future__ import annotations

from collections.abc import Sequence

from shared.crypto.errors import TooLong

KIB = 1024
PREFIX = 4


def fitting(size: int, classes: Sequence[int], *, field: str | None = None) -> int:
    """The smallest class of at least `size` bytes; TooLong past the last."""
    for limit in classes:
        if size <= limit:
            return limit
    raise TooLong(field, limit_bytes=classes[-1] - PREFIX)


def pad(content: bytes, classes: Sequence[int]) -> bytes:
    """Frame and fill; TooLong."""
    total = fitting(PREFIX + len(content), classes)
    return (len(content).to_bytes(PREFIX, "big") + content).ljust(total, b"\x00")


def unpad(padded: bytes, classes: Sequence[int]) -> bytes:
    """The content; ValueError for a wrong class, length or filling."""
    length = int.from_bytes(padded[:PREFIX], "big")
    end = PREFIX + length
    if len(padded) not in classes or end > len(padded):
        raise ValueError("length")
    if padded[end:] != bytes(len(padded) - end):
        raise ValueError("filling")
    return padded[PREFIX:end]
