"""X-Wing keys as age writes them: `age1pq1…` recipients and `AGE-SECRET-KEY-PQ-1…` identities.

An identity is a 32-byte seed; SHAKE256(seed, 96) gives the ML-KEM-768 seed (64) and the X25519
scalar (32), draft-connolly-cfrg-xwing-kem. A recipient is ML-KEM-768 public key (1,184 bytes)
followed by the X25519 public key (32).
"""

from __future__ import annotations

import functools
import hashlib
import secrets

from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import (
    AEAD,
    KDF,
    KEM,
    MLKEM768X25519PrivateKey,
    MLKEM768X25519PublicKey,
    Suite,
)

from shared.crypto import bech32
from shared.crypto.errors import MalformedIdentity, MalformedRecipient

RECIPIENT_PREFIX = "age1pq"
IDENTITY_PREFIX = "AGE-SECRET-KEY-PQ-"
SEED_BYTES = 32
MLKEM_PUBLIC_BYTES = 1184
RECIPIENT_BYTES = MLKEM_PUBLIC_BYTES + 32
RECIPIENT_CHARACTERS = len(RECIPIENT_PREFIX) + 1 + (RECIPIENT_BYTES * 8 + 4) // 5 + 6
STANZA = "mlkem768x25519"
INFO = b"age-encryption.org/mlkem768x25519"
SHARE_BYTES = 1120
SUITE = Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)


def _halves(seed: bytes) -> tuple[MLKEM768PrivateKey, X25519PrivateKey]:
    expanded = hashlib.shake_256(seed).digest(96)
    return (
        MLKEM768PrivateKey.from_seed_bytes(expanded[:64]),
        X25519PrivateKey.from_private_bytes(expanded[64:]),
    )


def seed_of(identity: str) -> bytes:
    """The 32-byte seed inside `AGE-SECRET-KEY-PQ-1…`; MalformedIdentity."""
    try:
        prefix, seed = bech32.decode(identity)
    except ValueError:
        raise MalformedIdentity from None
    if prefix.upper() != IDENTITY_PREFIX or len(seed) != SEED_BYTES or identity != identity.upper():
        raise MalformedIdentity
    return seed


def private_key(identity: str) -> MLKEM768X25519PrivateKey:
    """The HPKE key of an identity."""
    return MLKEM768X25519PrivateKey(*_halves(seed_of(identity)))


def identity_from_seed(seed: bytes) -> str:
    """`AGE-SECRET-KEY-PQ-1…` of a 32-byte X-Wing seed."""
    if len(seed) != SEED_BYTES:
        raise MalformedIdentity
    return bech32.encode(IDENTITY_PREFIX, seed).upper()


def new_identity() -> str:
    """A fresh identity from the operating system's randomness."""
    return identity_from_seed(secrets.token_bytes(SEED_BYTES))


def recipient_of(identity: str) -> str:
    """`age1pq1…` to which the identity opens."""
    lattice, curve = _halves(seed_of(identity))
    public = lattice.public_key().public_bytes_raw() + curve.public_key().public_bytes_raw()
    return bech32.encode(RECIPIENT_PREFIX, public)


@functools.lru_cache(maxsize=64)
def public_key(recipient: str) -> MLKEM768X25519PublicKey:
    """The HPKE key of `age1pq1…`; MalformedRecipient. Kept, for units repeat."""
    try:
        if len(recipient) != RECIPIENT_CHARACTERS:
            raise ValueError("length")
        prefix, public = bech32.decode(recipient)
        if prefix != RECIPIENT_PREFIX or recipient != recipient.lower():
            raise ValueError("prefix")
        return MLKEM768X25519PublicKey(
            MLKEM768PublicKey.from_public_bytes(public[:MLKEM_PUBLIC_BYTES]),
            X25519PublicKey.from_public_bytes(public[MLKEM_PUBLIC_BYTES:]),
        )
    except ValueError:
        raise MalformedRecipient from None


def check_recipient(recipient: str) -> str:
    """The recipient itself when it is a well-formed `age1pq1…`; MalformedRecipient otherwise."""
    public_key(recipient)
    return recipient
