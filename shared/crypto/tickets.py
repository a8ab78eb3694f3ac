"""Opaque tokens a server hands out and reads back: mailbox tickets, nonces, sessions.

base64url( 0x01 ‖ nonce 12 ‖ AES-256-GCM-SIV( u64be expiry in seconds ‖ content ) ), unpadded;
aad = "kentongan/v1 ticket" ‖ 0x00 ‖ purpose                                        (RFC 8452)
"""

from __future__ import annotations

import base64
import binascii
import secrets
from datetime import datetime

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV

from shared.crypto.errors import MalformedKey, MalformedTicket, StaleTicket

__all__ = ["MalformedTicket", "StaleTicket", "open_ticket", "seal_ticket"]

_VERSION = b"\x01"
_NONCE = 12
_SMALLEST = len(_VERSION) + _NONCE + 8 + 16
_LARGEST = 16 * 1024


def _cipher(key: bytes) -> AESGCMSIV:
    if len(key) != 32:
        raise MalformedKey
    return AESGCMSIV(key)


def _aad(purpose: str) -> bytes:
    return b"kentongan/v1 ticket\x00" + purpose.encode()


def seal_ticket(key: bytes, content: bytes, expires_at: datetime, *, purpose: str = "") -> str:
    """A URL-safe token under a 32-byte key; a ticket of one purpose serves no other."""
    nonce = secrets.token_bytes(_NONCE)
    inner = int(expires_at.timestamp()).to_bytes(8, "big") + content
    sealed = _VERSION + nonce + _cipher(key).encrypt(nonce, inner, _aad(purpose))
    return base64.urlsafe_b64encode(sealed).rstrip(b"=").decode("ascii")


def open_ticket(key: bytes, ticket: str, now: datetime, *, purpose: str = "") -> bytes:
    """The content; MalformedTicket (forged, foreign or garbled) or StaleTicket (expired)."""
    sealed = _decode(ticket)
    nonce, body = sealed[1 : 1 + _NONCE], sealed[1 + _NONCE :]
    try:
        inner = _cipher(key).decrypt(nonce, body, _aad(purpose))
    except InvalidTag:
        raise MalformedTicket from None
    if now.timestamp() >= int.from_bytes(inner[:8], "big"):
        raise StaleTicket
    return inner[8:]


def _decode(ticket: str) -> bytes:
    if len(ticket) > _LARGEST:
        raise MalformedTicket
    try:
        text = ticket.encode("ascii")
        sealed = base64.b64decode(text + b"=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, UnicodeEncodeError):
        raise MalformedTicket from None
    canonical = base64.urlsafe_b64encode(sealed).rstrip(b"=") == text
    if not canonical or len(sealed) < _SMALLEST or not sealed.startswith(_VERSION):
        raise MalformedTicket
    return sealed
