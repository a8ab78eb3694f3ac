"""The 65-byte entry that commits to one fact.

    0x01 ‖ T (32 bytes, tag) ‖ C (32 bytes, commitment)

T and C are HMACs under a key the ledger never sees (crypto-and-ledger.md, entry type 0x01): the
ledger can compare them and nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass

from shared.runtime.errors import Conflict, Refused

ENTRY_BYTES = 65
_TYPE = 0x01
_TAG_END = 33


class MalformedEntry(Refused):
    """Catatan ini tidak berbentuk 65 bita yang diawali 0x01. Periksa pengirimnya."""

    code = "entry_malformed"


class CommitmentConflict(Conflict):
    """Penanda ini sudah ada dengan isi lain. Yang pertama tetap berlaku; periksa pengirimnya."""

    code = "commitment_conflict"


@dataclass(frozen=True, order=True)
class Entry:
    """One entry: `tag` names the fact, `commitment` binds what it says."""

    tag: bytes
    commitment: bytes

    @property
    def encoded(self) -> bytes:
        """The 65 bytes."""
        return bytes([_TYPE]) + self.tag + self.commitment


def parse_entry(raw: bytes) -> Entry:
    """Read one entry; raises MalformedEntry for another length or first byte."""
    if len(raw) != ENTRY_BYTES or raw[0] != _TYPE:
        raise MalformedEntry("entries")
    return Entry(raw[1:_TAG_END], raw[_TAG_END:])


def parse_entries(raw: bytes, count: int) -> tuple[Entry, ...]:
    """Read `count` entries laid end to end: each once, in the order of their tags.

    Sorted, two batches that overlap are stored in the same order (no deadlock), and positions
    tell nothing about the order of the facts. Raises MalformedEntry, and CommitmentConflict when
    two entries of the batch share a tag and differ.
    """
    if count < 1 or len(raw) != count * ENTRY_BYTES:
        raise MalformedEntry("entries")
    pieces = (raw[at : at + ENTRY_BYTES] for at in range(0, len(raw), ENTRY_BYTES))
    entries = tuple(sorted({parse_entry(piece) for piece in pieces}))
    if len({entry.tag for entry in entries}) != len(entries):
        raise CommitmentConflict("entries")
    return entries
