"""Photos lose place and time, and stay pictures."""

from __future__ import annotations

import struct
import zlib

import pytest

from client.photo import is_cleanable, without_metadata
from client.refusals import BrokenPhoto


def segment(marker: int, content: bytes) -> bytes:
    return bytes([0xFF, marker]) + struct.pack(">H", len(content) + 2) + content


SCAN = segment(0xDA, b"\x01\x01\x00\x00\x3f\x00") + b"\x12\xff\x00\x34\xff\xd0\x56"
JPEG_KEPT = [segment(0xE0, b"JFIF\x00"), segment(0xDB, bytes(65)), segment(0xC0, bytes(15))]
PLAIN_JPEG = b"\xff\xd8" + b"".join(JPEG_KEPT) + SCAN + b"\xff\xd9"


def chunk(kind: bytes, content: bytes) -> bytes:
    check = struct.pack(">I", zlib.crc32(kind + content))
    return struct.pack(">I", len(content)) + kind + content + check


PNG = b"\x89PNG\r\n\x1a\n"
PLAIN_PNG = PNG + chunk(b"IHDR", bytes(13)) + chunk(b"IDAT", b"xyz") + chunk(b"IEND", b"")


def test_a_jpeg_loses_exif_comment_and_what_follows_the_picture() -> None:
    told = (
        b"\xff\xd8"
        + segment(0xE1, b"Exif\x00\x00GPS -6.9")
        + JPEG_KEPT[0]
        + segment(0xFE, b"rumah saya")
        + segment(0xED, b"Photoshop")
        + b"".join(JPEG_KEPT[1:])
        + b"\xff"  # a fill byte
        + SCAN
        + b"\xff\xd9"
        + b"second picture with GPS"
    )

    assert without_metadata(told) == PLAIN_JPEG


def test_a_progressive_jpeg_keeps_every_scan() -> None:
    plain = b"\xff\xd8" + JPEG_KEPT[1] + SCAN + segment(0xC4, b"\x00") + SCAN + b"\xff\xd9"

    assert without_metadata(plain) == plain


def test_a_png_loses_text_time_and_exif() -> None:
    told = (
        PNG
        + chunk(b"IHDR", bytes(13))
        + chunk(b"tEXt", b"Author\x00Budi")
        + chunk(b"eXIf", b"GPS")
        + chunk(b"tIME", bytes(7))
        + chunk(b"IDAT", b"xyz")
        + chunk(b"IEND", b"")
        + b"trailer"
    )

    assert without_metadata(told) == PLAIN_PNG


@pytest.mark.parametrize("plain", [PLAIN_JPEG, PLAIN_PNG], ids=["jpeg", "png"])
def test_a_photo_cut_anywhere_is_refused(plain: bytes) -> None:
    assert is_cleanable(plain)
    for size in range(8, len(plain) - 1):
        with pytest.raises(BrokenPhoto):
            without_metadata(plain[:size])


def test_other_files_stay_as_they_are() -> None:
    assert not is_cleanable(b"%PDF-1.7")
    assert without_metadata(b"%PDF-1.7") == b"%PDF-1.7"
