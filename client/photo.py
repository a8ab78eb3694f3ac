"""Takes place, time and camera out of photos before they are sealed.

The pixels are kept as they are; only the parts around them that a picture needs to be shown stay.
Turning hints go too, so a photo may lie on its side.
"""

from __future__ import annotations

from client.refusals import BrokenPhoto

_JPEG = b"\xff\xd8"
_PNG = b"\x89PNG\r\n\x1a\n"
_PNG_KEPT = {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"sBIT"}
_SOS, _EOI, _COMMENT = 0xDA, 0xD9, 0xFE
_APPS = range(0xE0, 0xF0)
_APPS_KEPT = {0xE0, 0xEE}  # JFIF and Adobe's colour transform: without them colours go wrong


def is_cleanable(content: bytes) -> bool:
    """Whether `without_metadata` knows this kind of picture."""
    return content.startswith((_JPEG, _PNG))


def without_metadata(content: bytes) -> bytes:
    """JPEG or PNG bytes without EXIF, comments or anything after the picture; BrokenPhoto.

    Other content is returned as it is.
    """
    try:
        if content.startswith(_JPEG):
            return _jpeg(content)
        if content.startswith(_PNG):
            return _png(content)
    except IndexError:
        raise BrokenPhoto("attach") from None
    return content


def _jpeg(content: bytes) -> bytes:
    kept, at = [_JPEG], 2
    while True:
        if content[at] != 0xFF:
            raise BrokenPhoto("attach")
        while content[at + 1] == 0xFF:  # fill bytes (ITU-T T.81 B.1.1.2)
            at += 1
        marker = content[at + 1]
        if marker == _EOI:
            return b"".join([*kept, b"\xff\xd9"])
        end = at + 2 + int.from_bytes(content[at + 2 : at + 4], "big")
        if end < at + 4 or end > len(content):
            raise BrokenPhoto("attach")
        if marker == _SOS:
            end = _scan_end(content, end)
        if marker != _COMMENT and (marker not in _APPS or marker in _APPS_KEPT):
            kept.append(content[at:end])
        at = end


def _scan_end(content: bytes, at: int) -> int:
    """Where the compressed data ends: at the next marker that is no restart and no stuffing."""
    while True:
        at = content.find(b"\xff", at)
        if at < 0:
            raise BrokenPhoto("attach")
        following = content[at + 1]
        if following != 0x00 and not 0xD0 <= following <= 0xD7 and following != 0xFF:
            return at
        at += 1 if following == 0xFF else 2


def _png(content: bytes) -> bytes:
    kept, at = [_PNG], len(_PNG)
    while True:
        kind = content[at + 4 : at + 8]
        end = at + 12 + int.from_bytes(content[at : at + 4], "big")
        if len(kind) < 4 or end > len(content):
            raise BrokenPhoto("attach")
        if kind in _PNG_KEPT:
            kept.append(content[at:end])
        if kind == b"IEND":
            return b"".join(kept)
        at = end
