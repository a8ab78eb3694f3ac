"""What is kept for a visitor under a key that only the visitor's browser holds.

    name = HKDF-Expand-SHA-256(key, "kentongan/v1 pocket name"), 16 bytes: finds it
    tag  = HKDF-Expand-SHA-256(key, "kentongan/v1 pocket tag"), 8 bytes: says whose a page is
    sealed = 0x01 ‖ nonce 12 ‖ AES-256-GCM-SIV(padded content) under
             HKDF-Expand-SHA-256(key, "kentongan/v1 pocket seal"), 32 bytes,
             aad = "kentongan/v1 pocket" ‖ 0x00 ‖ name                               (RFC 8452)

The key is 32 random bytes, so Expand alone is enough (RFC 5869 §3.3). Whoever has the sealed
bytes, the names and every secret of the server, but not the key, opens nothing.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from functools import cached_property

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV

from shared.crypto import kdf
from shared.crypto.errors import CannotOpen, MalformedKey
from shared.crypto.padding import KIB, PREFIX, pad, unpad

CLASSES = (4 * KIB, 16 * KIB, 64 * KIB, 128 * KIB)
MOST_BYTES = CLASSES[-1] - PREFIX
_KEY = 32
_VERSION = b"\x01"
_NONCE = 12


@dataclass(frozen=True, repr=False)
class Pocket:
    """The three things a key of 32 bytes gives; raises MalformedKey for another length."""

    key: bytes

    def __post_init__(self) -> None:
        if len(self.key) != _KEY:
            raise MalformedKey

    @classmethod
    def new(cls) -> Pocket:
        """Under a fresh key."""
        return cls(secrets.token_bytes(_KEY))

    @cached_property
    def name(self) -> bytes:
        """Under which it is kept: 16 bytes that tell nothing of the key."""
        return kdf.expand(self.key, "pocket name", 16)

    @cached_property
    def tag(self) -> str:
        """For pages that belong to this key: 16 hex digits that tell nothing of key or name."""
        return kdf.expand(self.key, "pocket tag", 8).hex()

    def seal(self, content: bytes) -> bytes:
        """Padded to 4, 16, 64 or 128 KiB and sealed; raises TooLong past that."""
        nonce = secrets.token_bytes(_NONCE)
        return _VERSION + nonce + self._cipher.encrypt(nonce, pad(content, CLASSES), self._aad)

    def open(self, sealed: bytes) -> bytes:
        """The content; raises CannotOpen for what was not sealed under this key."""
        nonce, body = sealed[1 : 1 + _NONCE], sealed[1 + _NONCE :]
        try:
            if sealed[:1] != _VERSION or len(nonce) != _NONCE:
                raise ValueError("version")
            return unpad(self._cipher.decrypt(nonce, body, self._aad), CLASSES)
        except (InvalidTag, ValueError):
            raise CannotOpen from None

    @cached_property
    def _cipher(self) -> AESGCMSIV:
        return AESGCMSIV(kdf.expand(self.key, "pocket seal", 32))

    @property
    def _aad(self) -> bytes:
        return kdf.PREFIX + b"pocket\x00" + self.name
