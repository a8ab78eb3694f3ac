"""Finds and wipes the samples of one track by its tables (ISO/IEC 14496-12 §8.6 and §8.7)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from shared.media.refusals import BrokenFile

_MOST_ROWS = 200_000  # an hour of a sensor that speaks fifty times a second


def wipe_samples(content: bytearray, tables: Mapping[str, bytearray]) -> None:
    """Zero every sample the tables (box kind → content) point at; raises BrokenFile."""
    left = len(content)  # a true file never points at more bytes than it has
    for offset, size in _chunks(tables):
        left -= size
        if left < 0 or offset + size > len(content):
            raise BrokenFile("files")
        content[offset : offset + size] = bytes(size)


def _chunks(tables: Mapping[str, bytearray]) -> Iterator[tuple[int, int]]:
    """(offset, bytes) of each chunk of samples."""
    offsets = _offsets(tables)
    each, sizes = _sizes(tables)
    runs = _runs(tables)
    run, sample = -1, 0
    for number, offset in enumerate(offsets, start=1):
        if run + 1 < len(runs) and runs[run + 1][0] <= number:
            run += 1
        if run < 0:
            raise BrokenFile("files")
        count = runs[run][1]
        size = each * count if each else sum(sizes[sample : sample + count])
        sample += count
        yield offset, size


def _offsets(tables: Mapping[str, bytearray]) -> list[int]:
    wide, kind = (8, "co64") if "co64" in tables else (4, "stco")
    return _numbers(tables.get(kind, bytearray(8)), 4, wide)


def _sizes(tables: Mapping[str, bytearray]) -> tuple[int, list[int]]:
    """(bytes of every sample, []) or (0, bytes of each)."""
    table = tables.get("stsz")
    if table is None:
        raise BrokenFile("files")
    each = int.from_bytes(table[4:8], "big")
    return (each, []) if each else (0, _numbers(table, 8, 4))


def _runs(tables: Mapping[str, bytearray]) -> list[tuple[int, int]]:
    """(first chunk, samples in each chunk from there on)."""
    flat = _numbers(tables.get("stsc", bytearray(8)), 4, 4, row=3)
    return list(zip(flat[0::3], flat[1::3], strict=True))


def _numbers(table: bytearray, at: int, wide: int, *, row: int = 1) -> list[int]:
    """The big-endian numbers behind a count of rows at `at`; raises BrokenFile."""
    count = int.from_bytes(table[at : at + 4], "big") * row
    start = at + 4
    if start + count * wide > len(table) or count > _MOST_ROWS:
        raise BrokenFile("files")
    return [
        int.from_bytes(table[i : i + wide], "big") for i in range(start, start + count * wide, wide)
    ]
