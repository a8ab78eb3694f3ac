"""The shape of an age v1 file (c2sp.org/age): its textual header and the sizes of its payload.

    age-encryption.org/v1
    -> type argument…
    base64 of the body, lines of 64 characters, the last one shorter (perhaps empty)
    --- base64(HMAC-SHA-256 over everything up to and with "---")
    16-byte nonce ‖ chunks of 64 KiB + 16

Header lines end with one LF. Base64 is unpadded and canonical; whatever deviates is refused.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass

from shared.crypto.errors import MalformedEnvelope

VERSION = b"age-encryption.org/v1\n"
CHUNK = 64 * 1024
TAG = 16
NONCE = 16
MAX_HEADER_BYTES = 1024 * 1024
_VISIBLE = bytes(range(0x21, 0x7F))  # what words of a stanza are made of
_LINE = 64


@dataclass(frozen=True)
class Stanza:
    """One `->` entry: its words (the first is the type) and its decoded body."""

    words: tuple[str, ...]
    body: bytes

    @property
    def is_grease(self) -> bool:
        return self.words[0].endswith("-grease")


@dataclass(frozen=True)
class AgeFile:
    """A parsed file; `macced` are the header's bytes under the MAC."""

    stanzas: tuple[Stanza, ...]
    macced: bytes
    mac: bytes
    nonce: bytes
    payload: memoryview


def to_base64(content: bytes) -> bytes:
    return base64.b64encode(content).rstrip(b"=")


def from_base64(text: bytes) -> bytes:
    """Canonical unpadded base64 only: what is not spelled as we spell its content is refused."""
    try:
        content = base64.b64decode(text + b"=" * (-len(text) % 4), validate=True)
    except binascii.Error:
        raise MalformedEnvelope from None
    if to_base64(content) != text:
        raise MalformedEnvelope
    return content


def write_header(stanzas: Sequence[Stanza]) -> bytes:
    """The header up to and with `---`: what the MAC covers."""
    lines = [VERSION]
    for stanza in stanzas:
        lines.append(b"-> " + " ".join(stanza.words).encode("ascii") + b"\n")
        text = to_base64(stanza.body)
        for start in range(0, len(text) + 1, _LINE):
            lines.append(text[start : start + _LINE] + b"\n")
    return b"".join(lines) + b"---"


def header_of(file: bytes) -> bytes:
    """The header with its MAC and its last LF: all that a re-wrap replaces; MalformedEnvelope."""
    parsed = parse(file)
    return b"".join([parsed.macced, b" ", to_base64(parsed.mac), b"\n"])


class _Lines:
    """Reads LF-ended lines off the front of a file."""

    def __init__(self, file: bytes) -> None:
        self._file = file
        self.position = 0

    def next(self) -> bytes:
        end = self._file.find(b"\n", self.position, MAX_HEADER_BYTES)
        if end < 0:
            raise MalformedEnvelope
        line = self._file[self.position : end]
        self.position = end + 1
        return line


def _stanza(first: bytes, lines: _Lines) -> Stanza:
    words = first[3:].split(b" ")
    if any(not word or word.translate(None, _VISIBLE) for word in words):
        raise MalformedEnvelope
    body = []
    while True:
        line = lines.next()
        if len(line) > _LINE:
            raise MalformedEnvelope
        body.append(from_base64(line))
        if len(line) < _LINE:
            break
    return Stanza(tuple(word.decode("ascii") for word in words), b"".join(body))


def parse(file: bytes) -> AgeFile:
    """Read a whole file's shape without opening it; MalformedEnvelope."""
    if not file.startswith(VERSION):
        raise MalformedEnvelope
    lines = _Lines(file)
    lines.next()
    stanzas = []
    while True:
        start = lines.position
        line = lines.next()
        if not line.startswith(b"-> "):
            break
        stanzas.append(_stanza(line, lines))
    if not stanzas or not line.startswith(b"--- "):
        raise MalformedEnvelope
    mac = from_base64(line[4:])
    rest = memoryview(file)[lines.position :]
    if len(mac) != 32:
        raise MalformedEnvelope
    return AgeFile(tuple(stanzas), file[: start + 3], mac, bytes(rest[:NONCE]), rest[NONCE:])


def plaintext_size(parsed: AgeFile) -> int:
    """Bytes the payload holds once opened; MalformedEnvelope when no payload can be so long."""
    size = len(parsed.payload)
    if len(parsed.nonce) != NONCE or size < TAG:
        raise MalformedEnvelope
    full, last = divmod(size, CHUNK + TAG)
    if 0 < last <= TAG and size > TAG:
        raise MalformedEnvelope
    return size - TAG * (full + (last > 0))


def ciphertext_size(plain_bytes: int) -> int:
    """Bytes of nonce and chunks for a plaintext of this size."""
    chunks = max(1, -(-plain_bytes // CHUNK))
    return NONCE + plain_bytes + TAG * chunks
