"""Which of the six kinds a file is: its first bytes decide, never its name."""

from __future__ import annotations

from shared.media.refusals import HeicPhoto, TwoKinds, WrongKind

JPEG, PNG, PDF = "image/jpeg", "image/png", "application/pdf"
MP3, M4A, MP4 = "audio/mpeg", "audio/mp4", "video/mp4"
ENDINGS = {JPEG: "jpg", PNG: "png", PDF: "pdf", MP3: "mp3", M4A: "m4a", MP4: "mp4"}
MOST_FILES = 5
MOST_BYTES = 10 * 1024 * 1024
MOST_PIXELS = 64_000_000

Bytes = bytes | bytearray

_PICTURES = {b"\xff\xd8\xff": JPEG, b"\x89PNG\r\n\x1a\n": PNG}
_SOUND_BRANDS = (b"M4A ", b"M4B ", b"M4P ")
_HEIC_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"avif")
_QUICKTIME = b"qt  "
_PDF = b"%PDF-"
_ZIP_END, _ZIP_END_BYTES = b"PK\x05\x06", 22


def media_of(content: Bytes) -> str:
    """The media type; raises WrongKind (HeicPhoto among them) and TwoKinds.

    A PDF whose mark does not open the file is two kinds at once: readers of PDF look past what
    stands in front (ISO 32000-1, annex H.3.4.1), browsers do not.
    """
    head = bytes(content[:16])
    for mark, media in _PICTURES.items():
        if head.startswith(mark):
            return media
    if head.startswith(_PDF):
        return PDF
    if head[4:8] == b"ftyp":
        return _boxed(head[8:12])
    if head.startswith(b"ID3") or _is_layer_3(head):
        return MP3
    if _PDF in content[:1024]:
        raise TwoKinds("files")
    raise WrongKind("files")


def ends_as_zip(content: Bytes) -> bool:
    """Whether a ZIP archive ends where the file ends (APPNOTE 4.3.16): it opens as one, too."""
    start = max(0, len(content) - 65535 - _ZIP_END_BYTES)
    at = content.rfind(_ZIP_END, start)
    while at >= 0:
        end = at + _ZIP_END_BYTES + int.from_bytes(content[at + 20 : at + 22], "little")
        if at + _ZIP_END_BYTES <= len(content) == end:
            return True
        at = content.rfind(_ZIP_END, start, at)
    return False


def _boxed(brand: bytes) -> str:
    if brand in _HEIC_BRANDS:
        raise HeicPhoto("files")
    if brand == _QUICKTIME:
        raise WrongKind("files")
    return M4A if brand in _SOUND_BRANDS else MP4


def _is_layer_3(head: bytes) -> bool:
    return len(head) > 2 and head[0] == 0xFF and head[1] & 0xE6 == 0xE2
