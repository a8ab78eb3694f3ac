"""Passkeys (WebAuthn Level 3): what a browser's answer proves, and to whom.

The library `webauthn` reads and checks; this says what we accept: our origin and relying party,
a key with a signature of its own or none, and no statement about the maker. Nothing here opens a
seal: what a passkey's PRF wraps stays in the browser (person.py).
"""

from __future__ import annotations

import hashlib
import ipaddress
import json
from dataclasses import dataclass
from typing import Any, Self
from urllib.parse import urlsplit

from webauthn import verify_authentication_response, verify_registration_response
from webauthn.helpers import base64url_to_bytes, parse_attestation_object
from webauthn.helpers.cose import COSEAlgorithmIdentifier
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import CredentialDeviceType

from shared.crypto.errors import MalformedPasskey
from shared.crypto.kdf import PREFIX

CHALLENGE_BYTES = 32
LONGEST_ANSWER = 16_384  # characters of JSON
LONGEST_ID = 1023  # bytes (WebAuthn §5.1.3)
_KINDS = [
    COSEAlgorithmIdentifier.EDDSA,
    COSEAlgorithmIdentifier.ECDSA_SHA_256,
    COSEAlgorithmIdentifier.RSASSA_PKCS1_v1_5_SHA_256,
]
KINDS = tuple(int(one) for one in _KINDS)
_FAULTS = (WebAuthnException, ValueError, KeyError, TypeError, AttributeError, RecursionError)


@dataclass(frozen=True)
class Party:
    """Whom a passkey is for: the relying party's id (a host name) and the one page origin."""

    id: str
    origin: str

    @classmethod
    def of(cls, url: str) -> Self | None:
        """The party behind `url`, None where an address has no name (passkeys need one).

        This machine itself is called localhost.
        """
        parts = urlsplit(url)
        host = parts.hostname or ""
        try:
            if not ipaddress.ip_address(host).is_loopback:
                return None
            host = "localhost"
        except ValueError:
            pass
        port = f":{parts.port}" if parts.port else ""
        return cls(host, f"{parts.scheme}://{host}{port}")


@dataclass(frozen=True)
class NewPasskey:
    """What is kept of a new passkey: `public_key` as COSE_Key, `signatures` counted so far.

    `is_synced`: its maker may copy the private key to other devices of the person.
    """

    id: bytes
    public_key: bytes
    signatures: int
    is_synced: bool


@dataclass(frozen=True)
class Signed:
    """A signature that holds; `is_verified` where the device checked a finger, a face or a PIN."""

    signatures: int
    is_verified: bool
    handle: bytes


def handle_of(name: str, deployment: str) -> bytes:
    """32 bytes under which an authenticator files this person; the same for all their passkeys."""
    text = f"person handle\0{deployment}\0{name}".encode()
    return hashlib.sha256(PREFIX + text).digest()


def credential_id(answer: str) -> bytes:
    """The id of the passkey that answers; raises MalformedPasskey."""
    found = _read(answer).get("id")
    if not isinstance(found, str) or not 0 < len(found) <= 2 * LONGEST_ID:
        raise MalformedPasskey
    try:
        return base64url_to_bytes(found)
    except ValueError:
        raise MalformedPasskey from None


def check_new(party: Party, challenge: bytes, answer: str) -> NewPasskey:
    """The passkey that `navigator.credentials.create` made; raises MalformedPasskey."""
    try:
        content = _read(answer)
        made = parse_attestation_object(
            base64url_to_bytes(content["response"]["attestationObject"])
        )
        if made.fmt not in {"none", "packed"} or made.att_stmt.x5c:
            raise MalformedPasskey  # a maker's statement was never asked for
        seen = verify_registration_response(
            credential=content,
            expected_challenge=challenge,
            expected_rp_id=party.id,
            expected_origin=party.origin,
            supported_pub_key_algs=_KINDS,
        )
    except _FAULTS:
        raise MalformedPasskey from None
    if len(seen.credential_id) > LONGEST_ID:
        raise MalformedPasskey
    is_synced = seen.credential_device_type is CredentialDeviceType.MULTI_DEVICE
    return NewPasskey(seen.credential_id, seen.credential_public_key, seen.sign_count, is_synced)


def check_signed(party: Party, challenge: bytes, answer: str, public_key: bytes) -> Signed:
    """The answer of `navigator.credentials.get`; raises MalformedPasskey.

    Whether `signatures` went back is for the caller to judge, who knows the last one.
    """
    try:
        content = _read(answer)
        seen = verify_authentication_response(
            credential=content,
            expected_challenge=challenge,
            expected_rp_id=party.id,
            expected_origin=party.origin,
            credential_public_key=public_key,
            credential_current_sign_count=0,
        )
        handle = base64url_to_bytes(content["response"].get("userHandle") or "")
    except _FAULTS:
        raise MalformedPasskey from None
    return Signed(seen.new_sign_count, seen.user_verified, handle)


def _read(answer: str) -> dict[str, Any]:
    if len(answer) > LONGEST_ANSWER:
        raise MalformedPasskey
    try:
        content = json.loads(answer)
    except (ValueError, RecursionError):
        raise MalformedPasskey from None
    if not isinstance(content, dict):
        raise MalformedPasskey
    return content
