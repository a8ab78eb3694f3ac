"""Signed requests: Ed25519 over a text that names method, path, nonce and body."""

from __future__ import annotations

import hashlib

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

PREFIX = b"kentongan/v1 request\n"


def request_string(method: str, path: str, nonce: str, body: bytes) -> bytes:
    """What a mailbox request signs.

        "kentongan/v1 request\\n" METHOD "\\n" path "\\n" nonce "\\n" hex(SHA-256(body))

    `method` in capitals, `path` without host and query, `nonce` as the server gave it.
    """
    lines = (method.upper(), path, nonce, hashlib.sha256(body).hexdigest())
    return PREFIX + "\n".join(lines).encode("utf-8")


def public_of(seed: bytes) -> bytes:
    """The 32-byte Ed25519 public key of a 32-byte seed (RFC 8032)."""
    return Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()


def sign(seed: bytes, message: bytes) -> bytes:
    """64 bytes of Ed25519."""
    return Ed25519PrivateKey.from_private_bytes(seed).sign(message)


def verify(public: bytes, message: bytes, signature: bytes) -> bool:
    """True only for a good signature; a malformed key or signature is just not good."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True
