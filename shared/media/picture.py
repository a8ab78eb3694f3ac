"""Takes place, time and camera out of photos.

The pixels are kept as they are; only the parts around them that a picture needs to be shown stay.
Turning hints go too, so a photo may lie on its side.
"""

from __future__ import annotations

from shared.media.kinds import MOST_PIXELS, Bytes
from shared.media.refusals import BrokenFile, TooManyPixels

_JPEG = b"\xff\xd8"
_PNG = b"\x89PNG\r\n\x1a\n"
_PNG_KEPT = {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"sBIT"}
_SOS, _EOI, _COMMENT = 0xDA, 0xD9, 0xFE
_APPS = range(0xE0, 0xF0)
_APPS_KEPT = {0xE0, 0xEE}  # JFIF and Adobe's colour transform: without them colours go wrong
_NO_FRAME = {0xC4, 0xC8, 0xCC}  # tables and extensions that stand among the frame markers
_FRAMES = set(range(0xC0, 0xD0)) - _NO_FRAME


def clean_jpeg(content: Bytes) -> bytearray:
    """JPEG bytes without EXIF, comments or anything after the picture.

    Raises BrokenFile, TooManyPixels.
    """
    try:
        return _jpeg(content)
    except IndexError:
        raise BrokenFile("files") from None


def clean_png(content: Bytes) -> bytearray:
    """PNG bytes without text, time, EXIF or anything after the picture.

    Raises BrokenFile, TooManyPixels.
    """
    kept, at = bytearray(_PNG), len(_PNG)
    while True:
        kind = bytes(content[at + 4 : at + 8])
        end = at + 12 + int.from_bytes(content[at : at + 4], "big")
        if len(kind) < 4 or end > len(content) or (at == len(_PNG)) != (kind == b"IHDR"):
            raise BrokenFile("files")
        if kind == b"IHDR":
            _check_size(content[at + 8 : at + 12], content[at + 12 : at + 16])
        if kind in _PNG_KEPT:
            kept += content[at:end]
        if kind == b"IEND":
            return kept
        at = end


def _jpeg(content: Bytes) -> bytearray:
    kept, at, has_frame = bytearray(_JPEG), 2, False
    while True:
        if content[at] != 0xFF:
            raise BrokenFile("files")
        while content[at + 1] == 0xFF:  # fill bytes (ITU-T T.81 B.1.1.2)
            at += 1
        marker = content[at + 1]
        if marker == _EOI and has_frame:
            return kept + b"\xff\xd9"
        end = at + 2 + int.from_bytes(content[at + 2 : at + 4], "big")
        if end < at + 4 or end > len(content):
            raise BrokenFile("files")
        if marker in _FRAMES:
            has_frame = True
            _check_size(content[at + 7 : at + 9], content[at + 5 : at + 7])
        if marker == _SOS:
            end = _scan_end(content, end)
        if marker != _COMMENT and (marker not in _APPS or marker in _APPS_KEPT):
            kept += content[at:end]
        at = end


def _check_size(width: Bytes, height: Bytes) -> None:
    """A JPEG of height 0 tells it later (DNL, T.81 B.2.5); nobody's camera writes that."""
    sides = int.from_bytes(width, "big"), int.from_bytes(height, "big")
    if 0 in sides:
        raise BrokenFile("files")
    if sides[0] * sides[1] > MOST_PIXELS:
        raise TooManyPixels("files")


def _scan_end(content: Bytes, at: int) -> int:
    """Where the compressed data ends: at the next marker that is no restart and no stuffing."""
    while True:
        at = content.find(b"\xff", at)
        if at < 0:
            raise BrokenFile("files")
        following = content[at + 1]
        if following != 0x00 and not 0xD0 <= following <= 0xD7 and following != 0xFF:
            return at
        at += 1 if following == 0xFF else 2
