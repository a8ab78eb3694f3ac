"""Seal bytes to hybrid recipients as an age v1 file, and check a sealed file's structure."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Iterable, Iterator, Sequence

from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from shared.crypto import age_format
from shared.crypto.age_format import CHUNK, NONCE, Stanza
from shared.crypto.errors import MalformedEnvelope, MalformedIdentity, MalformedRecipient
from shared.crypto.hybrid import (
    INFO,
    SHARE_BYTES,
    STANZA,
    SUITE,
    check_recipient,
    identity_from_seed,
    new_identity,
    public_key,
    recipient_of,
)

__all__ = [
    "CHUNK",
    "MalformedEnvelope",
    "MalformedIdentity",
    "MalformedRecipient",
    "check",
    "check_recipient",
    "encrypt",
    "encrypt_chunks",
    "identity_from_seed",
    "new_identity",
    "plaintext_size",
    "recipient_of",
]

FILE_KEY_BYTES = 16
WRAPPED_BYTES = FILE_KEY_BYTES + 16


def file_mac(file_key: bytes, macced: bytes) -> bytes:
    """HMAC over the header under HKDF-SHA-256(file key, info "header")."""
    key = HKDF(SHA256(), 32, None, b"header").derive(file_key)
    return hmac.digest(key, macced, "sha256")


def stream_key(file_key: bytes, nonce: bytes) -> ChaCha20Poly1305:
    """The payload's cipher: HKDF-SHA-256(file key, salt nonce, info "payload")."""
    return ChaCha20Poly1305(HKDF(SHA256(), 32, nonce, b"payload").derive(file_key))


def chunk_nonce(counter: int, *, is_last: bool) -> bytes:
    """STREAM: an 11-byte big-endian counter and a byte that marks the last chunk."""
    return counter.to_bytes(11, "big") + (b"\x01" if is_last else b"\x00")


def wrap(file_key: bytes, recipient: str) -> Stanza:
    """The `mlkem768x25519` stanza: HPKE base mode, empty aad."""
    sealed = SUITE.encrypt(file_key, public_key(recipient), INFO)
    share = age_format.to_base64(sealed[:SHARE_BYTES]).decode("ascii")
    return Stanza((STANZA, share), sealed[SHARE_BYTES:])


def header(file_key: bytes, recipients: Sequence[str]) -> bytes:
    """The header that lets each recipient at the file key, with its MAC and last LF."""
    macced = age_format.write_header([wrap(file_key, recipient) for recipient in recipients])
    return b"".join([macced, b" ", age_format.to_base64(file_mac(file_key, macced)), b"\n"])


def encrypt(plaintext: bytes, recipients: Sequence[str]) -> bytes:
    """An age v1 file each of the `age1pq1…` recipients opens; MalformedRecipient."""
    view = memoryview(plaintext)
    starts = range(0, max(len(view), 1), CHUNK)
    return b"".join(encrypt_chunks((view[start : start + CHUNK] for start in starts), recipients))


def encrypt_chunks(
    chunks: Iterable[bytes | memoryview], recipients: Sequence[str]
) -> Iterator[bytes]:
    """As `encrypt`, a chunk at a time: header and nonce first, then each sealed chunk.

    Every chunk but the last is CHUNK bytes long; only an empty file has an empty one.
    """
    if isinstance(recipients, str) or not recipients:
        raise MalformedRecipient
    file_key = secrets.token_bytes(FILE_KEY_BYTES)
    nonce = secrets.token_bytes(NONCE)
    yield header(file_key, recipients) + nonce
    cipher = stream_key(file_key, nonce)
    waiting, number = None, 0
    for chunk in chunks:
        if waiting is not None:
            yield cipher.encrypt(chunk_nonce(number, is_last=False), waiting, None)
            number += 1
        waiting = chunk
    yield cipher.encrypt(chunk_nonce(number, is_last=True), waiting or b"", None)


def check(file: bytes) -> int:
    """How many `mlkem768x25519` stanzas the file has; structure only, nothing is opened.

    MalformedEnvelope when it is no age file, when a stanza of another kind (grease apart) would
    let somebody else or a weaker key in, or when the payload's length is impossible.
    """
    parsed = age_format.parse(file)
    age_format.plaintext_size(parsed)
    count = 0
    for stanza in parsed.stanzas:
        if stanza.is_grease:
            continue
        share_of(stanza)
        count += 1
    return count


def share_of(stanza: Stanza) -> bytes:
    """The 1,120-byte encapsulated key of a well-formed hybrid stanza; MalformedEnvelope."""
    if len(stanza.words) != 2 or stanza.words[0] != STANZA or len(stanza.body) != WRAPPED_BYTES:
        raise MalformedEnvelope
    share = age_format.from_base64(stanza.words[1].encode("ascii"))
    if len(share) != SHARE_BYTES:
        raise MalformedEnvelope
    return share


def plaintext_size(file: bytes) -> int:
    """Bytes the file holds once opened, read off its length; MalformedEnvelope."""
    return age_format.plaintext_size(age_format.parse(file))
