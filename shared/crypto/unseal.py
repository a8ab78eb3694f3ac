"""Open what was sealed. Kept apart, so that an import contract can forbid it to a service."""

from __future__ import annotations

import hmac
import json
from collections.abc import Sequence

from cryptography.exceptions import InvalidTag

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
    "decrypt",
    "open_attachment",
    "open_json",
    "open_payload",
    "open_record",
]


def decrypt(file: bytes, identities: Sequence[str] | str) -> bytes:
    """The plaintext of an age file; CannotOpen when no identity fits, MalformedEnvelope."""
    parsed = age_format.parse(file)
    file_key = _file_key(parsed, [identities] if isinstance(identities, str) else identities)
    return open_payload(parsed, file_key)


def _file_key(parsed: AgeFile, identities: Sequence[str]) -> bytes:
    sealed = [
        age.share_of(stanza) + stanza.body for stanza in parsed.stanzas if stanza.words[0] == STANZA
    ]
    for identity in identities:
        key = private_key(identity)
        for one in sealed:
            try:
                return SUITE.decrypt(one, key, INFO)
            except (InvalidTag, ValueError):
                continue
    raise CannotOpen


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


def open_record(file: bytes, identities: Sequence[str] | str) -> tuple[Header, dict[str, str]]:
    """Header and body of a complaint or letter; then `record.check_place` says if it belongs."""
    header, body = record.unpack(decrypt(file, identities))
    return header, record.read_body(header.kind, body)


def open_json(file: bytes, identities: Sequence[str] | str) -> object:
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
