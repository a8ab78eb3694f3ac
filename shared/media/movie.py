"""Takes place, time, device and hidden tracks out of MP4 and M4A files, where they stand.

    file    = box*            box = u32be size ‖ four letters ‖ content     (ISO/IEC 14496-12 §4.2)

A box nobody needs to play the file becomes `free` and its content zeros, so that no other box
moves and every offset stays right. What may stay is a list; whatever is not on it goes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from shared.media.refusals import BrokenFile
from shared.media.track import wipe_samples

# Which boxes may stand in which; "" is the file itself. The depth of this table bounds the walk.
_TABLES = (
    "stsd stts ctts cslg stsc stsz stz2 stco co64 stss stsh stdp sdtp sbgp sgpd subs saiz saio"
)
_STAYS: dict[str, frozenset[str]] = {
    box: frozenset(inside.split())
    for box, inside in {
        "": "ftyp styp sidx mdat moov moof mfra",
        "moov": "mvhd trak mvex",
        "trak": "tkhd edts mdia",
        "edts": "elst",
        "mdia": "mdhd hdlr minf",
        "minf": "vmhd smhd dinf stbl",
        "dinf": "dref",
        "stbl": _TABLES,
        "mvex": "mehd trex",
        "moof": "mfhd traf",
        "traf": f"tfhd tfdt trun {_TABLES}",
        "mfra": "tfra mfro",
    }.items()
}
_TIMED = {"mvhd", "tkhd", "mdhd"}
_PLAYED = {b"vide", b"soun"}
_WAY_DOWN = {"trak": "mdia", "mdia": "minf", "minf": "stbl", "stbl": ""}
_MOST_BOXES = 20_000  # in one box; a second of fragmented film takes two


@dataclass(frozen=True)
class Box:
    """One box: where it starts, where its content starts, where it ends."""

    kind: str
    at: int
    inside: int
    end: int


def clean_movie(content: bytearray) -> None:
    """Clean the file in place; raises BrokenFile when its structure does not hold."""
    top = list(_boxes(content, 0, len(content), is_file=True))
    kinds = {box.kind for box in top}
    if top[0].kind != "ftyp" or "mdat" not in kinds or "moov" not in kinds:
        raise BrokenFile("files")
    for box in top:
        if box.kind == "moov":
            _drop_unplayed_tracks(content, box)
    _clean(content, top, "")


def _boxes(content: bytearray, at: int, end: int, *, is_file: bool = False) -> Iterator[Box]:
    count = 0
    while at < end:
        count += 1
        size, inside = int.from_bytes(content[at : at + 4], "big"), at + 8
        if size == 1:
            size, inside = int.from_bytes(content[at + 8 : at + 16], "big"), at + 16
        elif size == 0 and is_file:
            size = end - at
        if inside > at + size or at + size > end or count > _MOST_BOXES:
            raise BrokenFile("files")
        yield Box(content[at + 4 : at + 8].decode("latin-1"), at, inside, at + size)
        at += size


def _clean(content: bytearray, boxes: list[Box], parent: str) -> None:
    for box in boxes:
        if box.kind not in _STAYS[parent]:
            _blank(content, box)
        elif box.kind in _STAYS:
            _clean(content, list(_boxes(content, box.inside, box.end)), box.kind)
        elif box.kind in _TIMED:
            # Version and flags, then created and modified: 4 bytes each, 8 in version 1 (§8.2.2).
            wide = 8 if content[box.inside : box.inside + 1] == b"\x01" else 4
            _zero(content, box.inside + 4, min(box.end, box.inside + 4 + 2 * wide))
        elif box.kind == "hdlr":  # after the kind of track: maker and name of the recorder (§8.4.3)
            _zero(content, min(box.end, box.inside + 12), box.end)
        elif box.kind == "dref":  # where media would lie outside, perhaps a path on a disk (§8.7.2)
            for entry in _boxes(content, min(box.end, box.inside + 8), box.end):
                _zero(content, min(entry.end, entry.inside + 4), entry.end)


def _drop_unplayed_tracks(content: bytearray, moov: Box) -> None:
    """Tracks that are neither picture nor sound (places, sensors, texts) go with their samples."""
    inside = list(_boxes(content, moov.inside, moov.end))
    for track in (box for box in inside if box.kind == "trak"):
        leaves = _leaves(content, track)
        handler = leaves.get("hdlr")
        if handler and bytes(content[handler.inside + 8 : handler.inside + 12]) in _PLAYED:
            continue
        if any(box.kind == "mvex" for box in inside):  # its samples lie scattered in fragments
            raise BrokenFile("files")
        wipe_samples(content, {kind: content[box.inside : box.end] for kind, box in leaves.items()})
        _blank(content, track)


def _leaves(content: bytearray, track: Box) -> dict[str, Box]:
    """The boxes of one track that say what it is and where its samples lie; the first counts."""
    leaves: dict[str, Box] = {}
    level: Box | None = track
    while level is not None:
        inside = list(_boxes(content, level.inside, level.end))
        below = _WAY_DOWN[level.kind]
        level = next((box for box in inside if box.kind == below), None)
        for box in inside:
            leaves.setdefault(box.kind, box)
    return leaves


def _blank(content: bytearray, box: Box) -> None:
    content[box.at + 4 : box.at + 8] = b"free"
    _zero(content, box.inside, box.end)


def _zero(content: bytearray, start: int, end: int) -> None:
    content[start:end] = bytes(end - start)
