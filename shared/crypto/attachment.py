"""Evidence: each file sealed alone under a one-off key that travels in the main envelope.

The plaintext is the file's bytes filled with zeros to a length class; its true size, like its
key, stands only in the sealed header.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterator

from shared.crypto import age
from shared.crypto.errors import TooLong
from shared.crypto.padding import KIB
from shared.crypto.record import Attachment, sha256_hex

CLASSES = (16 * KIB, 64 * KIB, 256 * KIB, 1024 * KIB, 4096 * KIB, 16384 * KIB)
MAX_BYTES = CLASSES[-1]


def seal_attachment(content: bytes, media: str) -> tuple[bytes, Attachment]:
    """(sealed bytes to upload, the entry for the record's header); TooLong past 16 MiB."""
    total = _class_of(content)
    identity = age.new_identity()
    sealed = age.encrypt(content.ljust(total, b"\x00"), [age.recipient_of(identity)])
    entry = Attachment(
        name=secrets.token_hex(16),
        size=len(content),
        media=media,
        sha256=sha256_hex(sealed),
        key=identity,
    )
    return sealed, entry


class SealingInParts:
    """As `seal_attachment`, a part at a time: no more than a part of the sealed file is in memory.

    Iterate once for the parts, each `part_bytes` long but the last; `attachment` is the entry for
    the record's header, and `size_bytes` of the sealed file, once the last part was given.
    Raises TooLong past 16 MiB.
    """

    def __init__(self, content: bytes | bytearray, media: str, part_bytes: int) -> None:
        self.name = secrets.token_hex(16)
        self.size_bytes = 0
        self._content, self._total = memoryview(content), _class_of(content)
        self._media, self._part_bytes = media, part_bytes
        self._identity = age.new_identity()
        self._digest = hashlib.sha256()

    def __iter__(self) -> Iterator[bytes]:
        held = bytearray()
        for piece in age.encrypt_chunks(self._chunks(), [age.recipient_of(self._identity)]):
            held += piece
            while len(held) >= self._part_bytes:
                yield self._given(bytes(held[: self._part_bytes]))
                del held[: self._part_bytes]
        if held:
            yield self._given(bytes(held))

    @property
    def attachment(self) -> Attachment:
        """Where the sealed file lies and what opens it."""
        return Attachment(
            name=self.name,
            size=len(self._content),
            media=self._media,
            sha256=self._digest.hexdigest(),
            key=self._identity,
        )

    def _chunks(self) -> Iterator[bytes | memoryview]:
        for start in range(0, self._total, age.CHUNK):
            chunk = self._content[start : start + age.CHUNK]
            full = min(age.CHUNK, self._total - start)
            yield chunk if len(chunk) == full else bytes(chunk).ljust(full, b"\x00")

    def _given(self, part: bytes) -> bytes:
        self._digest.update(part)
        self.size_bytes += len(part)
        return part


def _class_of(content: bytes | bytearray) -> int:
    total = next((size for size in CLASSES if len(content) <= size), None)
    if total is None:
        raise TooLong("attachment", limit_bytes=MAX_BYTES)
    return total
