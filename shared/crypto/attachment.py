"""Evidence: each file sealed alone under a one-off key that travels in the main envelope.

The plaintext is the file's bytes filled with zeros to a length class; its true size, like its
key, stands only in the sealed header.
"""

from __future__ import annotations

import secrets

from shared.crypto import age
from shared.crypto.errors import TooLong
from shared.crypto.padding import KIB
from shared.crypto.record import Attachment, sha256_hex

CLASSES = (16 * KIB, 64 * KIB, 256 * KIB, 1024 * KIB, 4096 * KIB, 16384 * KIB)
MAX_BYTES = CLASSES[-1]


def seal_attachment(content: bytes, media: str) -> tuple[bytes, Attachment]:
    """(sealed bytes to upload, the entry for the record's header); TooLong past 16 MiB."""
    total = next((size for size in CLASSES if len(content) <= size), None)
    if total is None:
        raise TooLong("attachment", limit_bytes=MAX_BYTES)
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
