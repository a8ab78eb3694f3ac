"""An authenticator in software: makes passkeys and signs, honestly or as told."""

from __future__ import annotations

import hashlib
import json
import secrets
from dataclasses import dataclass, field

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256

from shared.crypto.encoding import to_base64url

PRESENT, VERIFIED, MAY_BE_SYNCED, SYNCED, ATTESTED = 0x01, 0x04, 0x08, 0x10, 0x40


def _new_key() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


@dataclass
class Authenticator:
    """One device with one passkey for `rp_id`; `flags` are what it says of its person."""

    origin: str = "http://localhost:8100"
    rp_id: str = "localhost"
    flags: int = PRESENT | VERIFIED
    signatures: int = 0
    id: bytes = field(default_factory=lambda: secrets.token_bytes(16))
    key: ec.EllipticCurvePrivateKey = field(default_factory=_new_key)

    def register(self, challenge: str) -> str:
        """What `navigator.credentials.create` answers, as the page sends it."""
        made = b"".join((bytes(16), len(self.id).to_bytes(2, "big"), self.id, self.public_key()))
        statement = {"fmt": "none", "attStmt": {}, "authData": self._data(ATTESTED) + made}
        response = {
            "clientDataJSON": to_base64url(self._client("webauthn.create", challenge)),
            "attestationObject": to_base64url(cbor2.dumps(statement)),
            "transports": ["internal"],
        }
        return self._answer(response)

    def sign(self, challenge: str, *, handle: bytes = b"", counted: bool = True) -> str:
        """What `navigator.credentials.get` answers; each signature counts one further."""
        self.signatures += counted
        client, shown = self._client("webauthn.get", challenge), self._data()
        signed = shown + hashlib.sha256(client).digest()
        response = {
            "clientDataJSON": to_base64url(client),
            "authenticatorData": to_base64url(shown),
            "signature": to_base64url(self.key.sign(signed, ec.ECDSA(SHA256()))),
            "userHandle": to_base64url(handle) if handle else None,
        }
        return self._answer(response)

    def public_key(self) -> bytes:
        """The key as COSE_Key (RFC 9053 §7.1.1)."""
        at = self.key.public_key().public_numbers()
        x, y = at.x.to_bytes(32, "big"), at.y.to_bytes(32, "big")
        return cbor2.dumps({1: 2, 3: -7, -1: 1, -2: x, -3: y})

    def _data(self, more: int = 0) -> bytes:
        party = hashlib.sha256(self.rp_id.encode()).digest()
        return party + bytes([self.flags | more]) + self.signatures.to_bytes(4, "big")

    def _client(self, type: str, challenge: str) -> bytes:
        told = {"type": type, "challenge": challenge, "origin": self.origin, "crossOrigin": False}
        return json.dumps(told).encode()

    def _answer(self, response: dict[str, object]) -> str:
        id = to_base64url(self.id)
        return json.dumps({"id": id, "rawId": id, "type": "public-key", "response": response})
