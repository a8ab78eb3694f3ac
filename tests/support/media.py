"""Small files of every kind, each telling on its maker: a place, a name, a time."""

from __future__ import annotations

import base64
import struct
import zlib
from collections.abc import Mapping, Sequence

CANARY = b"KENARI-GPS-6.9147S"
# 16 × 12 pixels, painted by Chromium.
PAINTED_JPEG = base64.b64decode(
    "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDABsSFBcUERsXFhceHBsgKEIrKCUlKFE6PTBCYFVlZF9VXVtqeJmBanGQ"
    "c1tdhbWGkJ6jq62rZ4C8ybqmx5moq6T/2wBDARweHigjKE4rK06kbl1upKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSk"
    "pKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKT/wAARCAAMABADASIAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAA"
    "AAX/xAAUEAEAAAAAAAAAAAAAAAAAAAAA/8QAFQEBAQAAAAAAAAAAAAAAAAAAAgP/xAAUEQEAAAAAAAAAAAAAAAAA"
    "AAAA/9oADAMBAAIRAxEAPwCOAaD/2Q=="
)


def segment(marker: int, content: bytes) -> bytes:
    """One JPEG marker segment."""
    return bytes([0xFF, marker]) + struct.pack(">H", len(content) + 2) + content


def exif(orientation: int = 1) -> bytes:
    """An EXIF segment: a turning hint, and a place in the open."""
    tiff = b"MM\x00\x2a\x00\x00\x00\x08\x00\x01" + struct.pack(
        ">HHIHH", 0x0112, 3, 1, orientation, 0
    )
    return segment(0xE1, b"Exif\x00\x00" + tiff + bytes(4) + CANARY)


def geotagged_jpeg() -> bytes:
    """A JPEG any browser shows, with EXIF in front and a second picture behind."""
    return PAINTED_JPEG[:2] + exif() + PAINTED_JPEG[2:] + b"second picture " + CANARY


def chunk(kind: bytes, content: bytes) -> bytes:
    """One PNG chunk."""
    check = struct.pack(">I", zlib.crc32(kind + content))
    return struct.pack(">I", len(content)) + kind + content + check


def png(width: int = 2, height: int = 2, *more: bytes) -> bytes:
    """A grey PNG of this size by its header (its pixels are always four), `more` chunks inside."""
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    pixels = chunk(b"IDAT", zlib.compress(b"\x00\x80\x80" * 2))
    body = [chunk(b"IHDR", head), *more, pixels, chunk(b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(body)


def box(kind: bytes, *content: bytes) -> bytes:
    """One box of an MP4 file."""
    inside = b"".join(content)
    return struct.pack(">I", len(inside) + 8) + kind + inside


def _track(handler: bytes, offset: int, sizes: list[int]) -> bytes:
    times = struct.pack(">IIII", 0, 0xE0000001, 0xE0000002, 1)
    tables = [
        box(b"stsd", struct.pack(">II", 0, 0)),
        box(b"stsz", struct.pack(f">III{len(sizes)}I", 0, 0, len(sizes), *sizes)),
        box(b"stsc", struct.pack(">IIIII", 0, 1, 1, len(sizes), 1)),
        box(b"stco", struct.pack(">III", 0, 1, offset)),
    ]
    name = box(b"hdlr", bytes(8), handler, b"appl" + bytes(8), CANARY)
    media = box(b"mdia", box(b"mdhd", times), name, box(b"minf", box(b"stbl", *tables)))
    return box(b"trak", box(b"tkhd", times), media, box(b"udta", CANARY))


def movie(brand: bytes = b"isom", *more: bytes, mvex: bool = False) -> bytes:
    """A film of one picture track, one track of places, times and names; `more` boxes behind."""
    head = box(b"ftyp", brand, bytes(4), b"mp42")
    picture, place = b"PICTURE!" * 2, CANARY * 2
    start = len(head) + 8
    mdat = box(b"mdat", picture, place)
    tracks = _track(b"vide", start, [8, 8]) + _track(
        b"meta", start + len(picture), [len(CANARY), len(CANARY)]
    )
    moov = box(
        b"moov",
        box(b"mvhd", struct.pack(">IIII", 0, 0xE0000001, 0xE0000002, 1)),
        tracks,
        box(b"mvex", box(b"trex", bytes(24))) if mvex else b"",
        box(b"udta", box(b"\xa9xyz", CANARY)),
        box(b"meta", CANARY),
    )
    return head + mdat + moov + b"".join(more)


FRAME = b"\xff\xfb\x90\x00" + b"s" * 413  # MPEG 1 layer III, 128 kbit/s, 44.1 kHz
ID3 = b"ID3\x04\x00\x00" + bytes([0, 0, 0, len(CANARY)]) + CANARY


def sound(frames: int = 3, behind: bytes = b"TAG" + CANARY.ljust(125, b"\x00")) -> bytes:
    """An MP3 with a name in front and behind."""
    return ID3 + bytes(10) + FRAME * frames + behind


def document(*more: bytes, behind: bytes = b"\n") -> bytes:
    """A PDF that names its author in three places."""
    xmp = b'<?xpacket begin="" id="W5"?><dc:creator>' + CANARY + b'</dc:creator><?xpacket end="w"?>'
    body = [
        b"%PDF-1.7\n1 0 obj<</Author (Bu \\) " + CANARY + b" (di rumah))/Title (Kwitansi)",
        b"/CreationDate (D:20261122) /Creator <" + CANARY.hex().encode() + b">>>endobj\n",
        b"2 0 obj<</Type/Metadata>>stream\n" + xmp + b"\nendstream endobj\n",
        b"3 0 obj<</Filter/DCTDecode>>stream\n\xff\xd8" + exif() + b"\xff\xd9\nendstream endobj\n",
    ]
    return b"".join(body) + b"".join(more) + b"trailer<</Info 1 0 R>>\n%%EOF" + behind


def with_zip(content: bytes) -> bytes:
    """The same bytes with an empty ZIP archive at the end."""
    return content + b"PK\x05\x06" + bytes(18)


def form_with_files(
    words: Mapping[str, str], files: Sequence[tuple[str, bytes]]
) -> tuple[bytes, str]:
    """(body, content type) of a form as a browser sends it; `files` are (name, content)."""
    mark = "----kentongan-uji"
    head = f'--{mark}\r\nContent-Disposition: form-data; name="%s"'
    parts = [(head % name).encode() + b"\r\n\r\n" + text.encode() for name, text in words.items()]
    for name, content in files:
        told = f'; filename="{name}"\r\nContent-Type: application/octet-stream\r\n\r\n'
        parts.append((head % "files" + told).encode() + content)
    return b"\r\n".join(
        [*parts, f"--{mark}--\r\n".encode()]
    ), f"multipart/form-data; boundary={mark}"
