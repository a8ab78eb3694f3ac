"""Open what was sealed. Kept apart, so that an import contract can forbid it to a service."""

from __future__ import annotations

import hmac
import json
from collections.abc import Iterator, Sequence

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.hpke import MLKEM768X25519PrivateKey

from shared.crypto import age, age_format, padding, record
from shared.crypto.age_format import CHUNK, TAG, AgeFile
from shared.crypto.attachment import CLASSES as ATTACHMENT_CLASSES
from shared.crypto.errors import CannotOpen, MalformedEnvelope, MalformedRecord
from shared.crypto.hybrid import INFO, STANZA, SUITE, private_key
from shared.crypto.record import Attachment, Header
from shared.crypto.sealing import JSON_CLASSES

__all__ = [
    "CannotOpen",
    "MalformedEnvelope",
    "Opener",
    "decrypt",
    "open_attachment",
    "open_json",
    "open_payload",
    "open_record",
    "rewrap",
]


class Opener:
    """One identity's key made once, making it costs as much as opening a file."""

    def __init__(self, identity: str) -> None:
        self.key = private_key(identity)


Identities = Sequence[str] | str | Opener


def decrypt(file: bytes, identities: Identities) -> bytes:
    """The plaintext of an age file; CannotOpen when no identity fits, MalformedEnvelope."""
    parsed = age_format.parse(file)
    return open_payload(parsed, _file_key(parsed, _keys(identities)))


def _keys(identities: Identities) -> Iterator[MLKEM768X25519PrivateKey]:
    if isinstance(identities, Opener):
        yield identities.key
        return
    for identity in [identities] if isinstance(identities, str) else identities:
        yield private_key(identity)


def _file_key(parsed: AgeFile, keys: Iterator[MLKEM768X25519PrivateKey]) -> bytes:
    sealed = [
        age.share_of(stanza) + stanza.body for stanza in parsed.stanzas if stanza.words[0] == STANZA
    ]
    for key in keys:
        for one in sealed:
            try:
                return SUITE.decrypt(one, key, INFO)
            except (InvalidTag, ValueError):
                continue
    raise CannotOpen


def rewrap(header: bytes, identities: Identities, recipients: Sequence[str]) -> bytes:
    """The header (`age_format.header_of`) of the same file for other recipients.

    The payload is not needed, so who re-wraps need not be given it. CannotOpen, MalformedEnvelope,
    MalformedRecipient.
    """
    parsed = age_format.parse(header)
    file_key = _file_key(parsed, _keys(identities))
    if not hmac.compare_digest(age.file_mac(file_key, parsed.macced), parsed.mac):
        raise MalformedEnvelope
    return age.header(file_key, recipients)


def open_payload(parsed: AgeFile, file_key: bytes) -> bytes:
    """What the 16-byte file key opens, header MAC first; MalformedEnvelope."""
    if not hmac.compare_digest(age.file_mac(file_key, parsed.macced), parsed.mac):
        raise MalformedEnvelope
    age_format.plaintext_size(parsed)
    cipher = age.stream_key(file_key, parsed.nonce)
    starts = range(0, len(parsed.payload), CHUNK + TAG)
    out = []
    for number, start in enumerate(starts):
        nonce = age.chunk_nonce(number, is_last=start == starts[-1])
        try:
            out.append(cipher.decrypt(nonce, parsed.payload[start : start + CHUNK + TAG], None))
        except InvalidTag:
            raise MalformedEnvelope from None
    return b"".join(out)


def open_record(file: bytes, identities: Identities) -> tuple[Header, dict[str, str]]:
    """Header and body of a complaint or letter; then `record.check_place` says if it belongs."""
    header, body = record.unpack(decrypt(file, identities))
    return header, record.read_body(header.kind, body)


def open_json(file: bytes, identities: Identities) -> object:
    """What `sealing.seal_json` sealed; CannotOpen, MalformedEnvelope, MalformedRecord."""
    plaintext = decrypt(file, identities)
    try:
        return json.loads(padding.unpad(plaintext, JSON_CLASSES))
    except ValueError:
        raise MalformedRecord from None


def open_attachment(sealed: bytes, attachment: Attachment) -> bytes:
    """The evidence itself; CannotOpen, MalformedEnvelope, MalformedRecord (another file)."""
    if not hmac.compare_digest(record.sha256_hex(sealed), attachment.sha256):
        raise MalformedRecord
    plaintext = decrypt(sealed, attachment.key)
    if len(plaintext) not in ATTACHMENT_CLASSES or attachment.size > len(plaintext):
        raise MalformedRecord
    return plaintext[: attachment.size]
