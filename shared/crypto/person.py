"""Keys of the people at the desk, wrapped by a passphrase that never leaves their browser.

    prk = Argon2id(NFKC(passphrase), salt = SHA-256("kentongan/v1 person" ‖ 0x00 ‖ deployment ‖
          0x00 ‖ name)[:16], 64 MiB, t = 3, p = 1)
    auth key = HKDF-Expand-SHA-256(prk, "kentongan/v1 person auth")
    KEK      = HKDF-Expand-SHA-256(prk, "kentongan/v1 person kek")
    wrapped  = nonce 12 ‖ AES-256-GCM(KEK, X-Wing seed 32 ‖ Ed25519 seed 32);
               aad = "kentongan/v1 person"

Only the auth key reaches the server, which keeps its SHA-256.

The same seeds may be wrapped once more for a passkey whose device has a PRF (WebAuthn §10.1.4):

    input = "kentongan/v1 person prf" ‖ 0x00 ‖ deployment
    KEK   = HKDF-Expand-SHA-256(PRF(input), "kentongan/v1 person prf kek")
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from shared.crypto import age, kdf
from shared.crypto.errors import CannotOpen, MalformedKey

MEMORY_KIB = 64 * 1024
ITERATIONS = 3
SEEDS_BYTES = 64
_AAD = b"kentongan/v1 person"
_NONCE = 12
WRAPPED_BYTES = _NONCE + SEEDS_BYTES + 16
_NOBODY = bytes(32)


@dataclass(frozen=True, repr=False)
class PersonSecret:
    """32 bytes for the server, 32 that stay."""

    auth_key: bytes
    kek: bytes


def normalise_name(name: str) -> str:
    """NFKC, trimmed, lower case: the form that salts and is stored."""
    return unicodedata.normalize("NFKC", name).strip().lower()


def stretch(name: str, passphrase: str, deployment: str) -> PersonSecret:
    """About 0.1 s and 64 MiB here, a second in a browser."""
    prk = kdf.argon2id(
        unicodedata.normalize("NFKC", passphrase).encode("utf-8"),
        kdf.salt("person\0" + deployment + "\0" + normalise_name(name)),
        memory_kib=MEMORY_KIB,
        iterations=ITERATIONS,
    )
    return PersonSecret(kdf.expand(prk, "person auth", 32), kdf.expand(prk, "person kek", 32))


def prf_input(deployment: str) -> bytes:
    """What a passkey's PRF is asked for; the same at every opening."""
    return kdf.PREFIX + f"person prf\0{deployment}".encode()


def kek_of_prf(output: bytes) -> bytes:
    """The key that a passkey's 32-byte PRF output wraps with."""
    return kdf.expand(output, "person prf kek", 32)


def new_seeds() -> bytes:
    """A person's 64 bytes: X-Wing seed, Ed25519 seed."""
    return secrets.token_bytes(SEEDS_BYTES)


def identity_of(seeds: bytes) -> str:
    """The `AGE-SECRET-KEY-PQ-1…` in a person's seeds."""
    return age.identity_from_seed(seeds[:32])


def recipient_of(seeds: bytes) -> str:
    """The `age1pq1…` others seal to."""
    return age.recipient_of(identity_of(seeds))


def wrap_identity(kek: bytes, seeds: bytes) -> bytes:
    """92 bytes the server may keep."""
    if len(seeds) != SEEDS_BYTES or len(kek) != 32:
        raise MalformedKey
    nonce = secrets.token_bytes(_NONCE)
    return nonce + AESGCM(kek).encrypt(nonce, seeds, _AAD)


def unwrap_identity(kek: bytes, wrapped: bytes) -> bytes:
    """The 64-byte seeds; CannotOpen for another passphrase or garbled bytes."""
    if len(wrapped) != WRAPPED_BYTES:
        raise CannotOpen
    try:
        return AESGCM(kek).decrypt(wrapped[:_NONCE], wrapped[_NONCE:], _AAD)
    except InvalidTag:
        raise CannotOpen from None


def auth_hash(auth_key: bytes) -> bytes:
    """SHA-256; the key already has 256 bits, so no slow hash is needed."""
    return hashlib.sha256(auth_key).digest()


def auth_matches(stored: bytes | None, auth_key: bytes) -> bool:
    """Whether the key is the stored one, in the same time for a name nobody has (None)."""
    is_equal = hmac.compare_digest(_NOBODY if stored is None else stored, auth_hash(auth_key))
    return is_equal and stored is not None


def wrap_unit_key(identity: str, recipients: Sequence[str]) -> bytes:
    """A unit's epoch identity as an age file its members open."""
    return age.encrypt(identity.encode("ascii"), recipients)
