"""Bodies on the broker: sealed under a key only the services hold, padded to fixed sizes.

    0x01 ‖ key id ‖ salt 24 ‖ AES-256-GCM(k, nonce 0, u32be length ‖ body ‖ zeros to a class) ‖ tag
    k = HKDF-Expand-SHA-256(key, "kentongan/v1 road" ‖ 0x00 ‖ salt)                (RFC 5869 §2.3)
    aad = "kentongan/v1 road" ‖ 0x00 ‖ fact id

Every body has a key of its own, so a nonce is never used twice (ADR 13).

Key id = first byte of SHA-256("kentongan/v1 road key" ‖ 0x00 ‖ key). The first key seals, all
open: to rotate, put the new key first everywhere, later drop the old one.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

from shared.crypto import padding
from shared.crypto.errors import MalformedBody, MalformedKey, TooLong
from shared.crypto.padding import KIB

__all__ = ["MalformedBody", "RoadKeys", "TooLong", "open_body", "seal_body"]

CLASSES = (1 * KIB, 4 * KIB, 32 * KIB, 64 * KIB, 128 * KIB, 256 * KIB)
MAX_BODY_BYTES = CLASSES[-1] - padding.PREFIX
_SALT = 24
OVERHEAD = 1 + 1 + _SALT + 16
_VERSION = 1
_NONCE = bytes(12)
_LABEL = b"kentongan/v1 road\x00"
_KEY_BYTES = 32


def key_id(key: bytes) -> int:
    return hashlib.sha256(b"kentongan/v1 road key\x00" + key).digest()[0]


@dataclass(frozen=True, repr=False)
class RoadKeys:
    """The keys by id; `sealing` is the id that seals."""

    sealing: int
    keys: dict[int, bytes]

    @classmethod
    def of(cls, keys: Sequence[bytes]) -> RoadKeys:
        """From raw 32-byte keys, the sealing one first; MalformedKey."""
        by_id = {key_id(key): key for key in keys}
        if not keys or len(by_id) != len(keys) or any(len(key) != _KEY_BYTES for key in keys):
            raise MalformedKey
        return cls(key_id(keys[0]), by_id)

    @classmethod
    def parse(cls, text: str) -> RoadKeys:
        """From the setting: base64 keys, comma-separated, the sealing one first; MalformedKey."""
        try:
            return cls.of([base64.b64decode(one.strip(), validate=True) for one in text.split(",")])
        except (binascii.Error, ValueError):
            raise MalformedKey from None

    @staticmethod
    def new_setting() -> str:
        """A fresh key as the setting wants it."""
        return base64.b64encode(secrets.token_bytes(_KEY_BYTES)).decode("ascii")


def _aad(fact_id: str) -> bytes:
    return _LABEL + fact_id.encode()


def _cipher(key: bytes, salt: bytes) -> AESGCM:
    return AESGCM(HKDFExpand(SHA256(), _KEY_BYTES, _LABEL + salt).derive(key))


def seal_body(keys: RoadKeys, body: bytes, fact_id: str) -> bytes:
    """The sealed body, 42 bytes longer than its class; TooLong past 256 KiB."""
    salt = secrets.token_bytes(_SALT)
    cipher = _cipher(keys.keys[keys.sealing], salt)
    sealed = cipher.encrypt(_NONCE, padding.pad(body, CLASSES), _aad(fact_id))
    return bytes([_VERSION, keys.sealing]) + salt + sealed


def open_body(keys: RoadKeys, sealed: bytes, fact_id: str) -> bytes:
    """The body of exactly this fact; MalformedBody."""
    key = keys.keys.get(sealed[1]) if len(sealed) - OVERHEAD in CLASSES else None
    if key is None or sealed[0] != _VERSION:
        raise MalformedBody
    try:
        cipher = _cipher(key, sealed[2 : 2 + _SALT])
        padded = cipher.decrypt(_NONCE, sealed[2 + _SALT :], _aad(fact_id))
        return padding.unpad(padded, CLASSES)
    except (InvalidTag, ValueError):
        raise MalformedBody from None
