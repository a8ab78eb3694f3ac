"""Takes names, pictures and texts out of MP3 files: only the sound's own frames stay."""

from __future__ import annotations

from shared.media.kinds import Bytes
from shared.media.refusals import BrokenFile

# kbit/s of layer III by the header's four bits (ISO/IEC 11172-3 §2.4.2.3, 13818-3 §2.4.2.3).
_MPEG1 = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
_MPEG2 = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)
_HERTZ = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}
_TAGS_BEHIND = (b"TAG", b"APETAGEX", b"LYRICSBEGIN", b"ID3")
_FEWEST_FRAMES = 2
_LONGEST_FRAME = 1441  # a recording cut off in its last frame still plays


def clean_sound(content: Bytes) -> bytearray:
    """The run of layer III frames; raises BrokenFile when something else stands there."""
    start = at = _after_tags(content)
    frames = 0
    while (size := _frame_bytes(content, at)) and at + size <= len(content):
        at += size
        frames += 1
    behind = bytes(content[at : at + 16])
    rest = len(content) - at
    is_whole = rest <= _LONGEST_FRAME or behind.startswith(_TAGS_BEHIND) or not any(content[at:])
    if frames < _FEWEST_FRAMES or not is_whole:
        raise BrokenFile("files")
    return bytearray(content[start:at])


def _after_tags(content: Bytes) -> int:
    """Where the frames begin: behind ID3v2 tags (id3.org, §3.1) and the zeros that fill them."""
    at = 0
    while content[at : at + 3] == b"ID3":
        size = 0
        for seven_bits in content[at + 6 : at + 10]:
            size = size << 7 | seven_bits & 0x7F
        has_footer = bool(content[at + 5 : at + 6] and content[at + 5] & 0x10)
        at += 10 + size + 10 * has_footer
    while at < len(content) and content[at] == 0:
        at += 1
    return at


def _frame_bytes(content: Bytes, at: int) -> int:
    """How long the frame at `at` is, 0 when there is none."""
    head = content[at : at + 4]
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE6 != 0xE2:
        return 0
    version, rate, hertz = head[1] >> 3 & 3, head[2] >> 4, head[2] >> 2 & 3
    if version == 1 or rate in (0, 15) or hertz == 3:
        return 0
    bits = (_MPEG1 if version == 3 else _MPEG2)[rate] * 1000
    samples = 144 if version == 3 else 72
    return samples * bits // _HERTZ[version][hertz] + (head[2] >> 1 & 1)
