"""Takes out of PDF files what stands there in plain bytes: author, program, dates, photos' EXIF.

Nothing is unpacked and no byte moves, so what lies in compressed objects stays: the pages say so.
A signed document is left as it is; a change would break the signature that makes it worth having.
"""

from __future__ import annotations

import re

from shared.media.refusals import BrokenFile, TwoKinds

_END, _END_WITHIN = b"%%EOF", 2048
_SIGNED = re.compile(rb"/ByteRange\s*\[")
# A literal string with one level of brackets inside, or a hexadecimal one (ISO 32000-1 §7.3.4).
# Possessive throughout: a hostile file costs one pass.
_NAMED = re.compile(
    rb"/(?:Author|Creator|Producer|Company|Manager|LastModifiedBy|CreationDate|ModDate)\s*+"
    rb"(?:\(((?:[^()\\]|\\.|\((?:[^()\\]|\\.)*+\))*+)\)|<([0-9A-Fa-f\s]*+)>)",
    re.DOTALL,
)
_PACKET, _PACKET_END = b"<?xpacket begin", b"<?xpacket end"
_EXIF = (b"Exif\x00\x00", b"http://ns.adobe.com/xap/1.0/\x00")


def clean_document(content: bytearray) -> None:
    """Clean the file in place; raises BrokenFile, and TwoKinds for what follows its end."""
    end = content.rfind(_END)
    if end < 0:
        raise BrokenFile("files")
    if content[end + len(_END) :].strip(b"\x00\t\n\x0c\r "):
        raise TwoKinds("files") if len(content) - end > _END_WITHIN else BrokenFile("files")
    if _SIGNED.search(content):
        return
    found = _NAMED.search(content)
    while found:
        group = 1 if found.group(1) is not None else 2
        _fill(content, *found.span(group), b" " if group == 1 else b"0")
        found = _NAMED.search(content, found.end())
    _blank_packets(content)
    for mark in _EXIF:
        _blank_exif(content, mark)


def _blank_packets(content: bytearray) -> None:
    """XMP (ISO 16684-1 §7.3.2): from one processing instruction to the other."""
    at = content.find(_PACKET)
    while at >= 0 and (end := content.find(_PACKET_END, at)) >= 0:
        _fill(content, at, end, b" ")
        at = content.find(_PACKET, end)


def _blank_exif(content: bytearray, mark: bytes) -> None:
    """Segments of photos embedded as they were taken: marker FF E1, length, mark."""
    at = content.find(mark)
    while at >= 0:
        if at >= 4 and content[at - 4 : at - 2] == b"\xff\xe1":
            size = int.from_bytes(content[at - 2 : at], "big")
            _fill(content, at, min(at - 2 + size, len(content)), b"\x00")
        at = content.find(mark, at + 1)


def _fill(content: bytearray, start: int, end: int, byte: bytes) -> None:
    content[start:end] = byte * (end - start)
