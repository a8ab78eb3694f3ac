"""Photos lose place and time, and stay pictures."""

from __future__ import annotations

import struct

import pytest

from shared.media.picture import clean_jpeg, clean_png
from shared.media.refusals import BrokenFile, TooManyPixels
from tests.support.media import CANARY, PAINTED_JPEG, chunk, geotagged_jpeg, png, segment

SCAN = segment(0xDA, b"\x01\x01\x00\x00\x3f\x00") + b"\x12\xff\x00\x34\xff\xd0\x56"
FRAME = segment(0xC0, b"\x08" + struct.pack(">HH", 12, 16) + bytes(10))
JPEG_KEPT = [segment(0xE0, b"JFIF\x00"), segment(0xDB, bytes(65)), FRAME]
PLAIN_JPEG = b"\xff\xd8" + b"".join(JPEG_KEPT) + SCAN + b"\xff\xd9"


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

    assert clean_jpeg(told) == PLAIN_JPEG


def test_a_browsers_own_jpeg_stays_as_it_is() -> None:
    assert clean_jpeg(PAINTED_JPEG) == PAINTED_JPEG
    assert clean_jpeg(geotagged_jpeg()) == PAINTED_JPEG


def test_a_progressive_jpeg_keeps_every_scan() -> None:
    plain = b"\xff\xd8" + FRAME + SCAN + segment(0xC4, b"\x00") + SCAN + b"\xff\xd9"

    assert clean_jpeg(plain) == plain


def test_a_png_loses_text_time_and_exif() -> None:
    told = png(
        2, 2, chunk(b"tEXt", b"Author\x00" + CANARY), chunk(b"eXIf", CANARY), chunk(b"tIME", b"1")
    )

    assert clean_png(told + b"trailer") == png()


@pytest.mark.parametrize("size", range(8, len(PLAIN_JPEG) - 1))
def test_a_jpeg_cut_anywhere_is_refused(size: int) -> None:
    with pytest.raises(BrokenFile):
        clean_jpeg(PLAIN_JPEG[:size])


@pytest.mark.parametrize("size", range(8, len(png()) - 1))
def test_a_png_cut_anywhere_is_refused(size: int) -> None:
    with pytest.raises(BrokenFile):
        clean_png(png()[:size])


def test_a_flood_of_pixels_is_refused_by_the_header_alone() -> None:
    flood = FRAME.replace(struct.pack(">HH", 12, 16), struct.pack(">HH", 65000, 65000))

    with pytest.raises(TooManyPixels):
        clean_png(png(50_000, 50_000))
    with pytest.raises(TooManyPixels):
        clean_jpeg(PLAIN_JPEG.replace(FRAME, flood))
