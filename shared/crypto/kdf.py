"""Slow keys out of what people keep in their heads (Argon2id), and labelled keys out of those."""

from __future__ import annotations

import hashlib

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

PREFIX = b"kentongan/v1 "


def salt(text: str) -> bytes:
    """First 16 bytes of SHA-256("kentongan/v1 " ‖ text)."""
    return hashlib.sha256(PREFIX + text.encode()).digest()[:16]


def argon2id(secret: bytes, salt16: bytes, *, memory_kib: int, iterations: int) -> bytes:
    """32 bytes of Argon2id (RFC 9106), one lane."""
    return Argon2id(
        salt=salt16, length=32, iterations=iterations, lanes=1, memory_cost=memory_kib
    ).derive(secret)


def expand(prk: bytes, label: str, size: int) -> bytes:
    """HKDF-Expand-SHA-256(prk, info = "kentongan/v1 " ‖ label) (RFC 5869 §2.3)."""
    return HKDFExpand(SHA256(), size, PREFIX + label.encode()).derive(prk)
