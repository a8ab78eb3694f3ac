"""Time-based one-time codes: RFC 6238 over RFC 4226, HMAC-SHA-1, 30 seconds, six digits.

What every authenticator app does by default; SHA-1 is sound inside HMAC (RFC 6194 §3.3).
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
import struct
from datetime import datetime
from urllib.parse import quote, urlencode

STEP_SECONDS = 30
DIGITS = 6
SECRET_BYTES = 20  # RFC 4226 §4: 160 bits recommended
_LATE_OR_EARLY = 1  # RFC 6238 §5.2: one step for clocks that drift


def new_secret() -> bytes:
    """160 random bits."""
    return secrets.token_bytes(SECRET_BYTES)


def step_at(now: datetime) -> int:
    """How many steps of 30 seconds have begun since 1970."""
    return int(now.timestamp()) // STEP_SECONDS


def code_of(secret: bytes, step: int, digits: int = DIGITS) -> str:
    """The code of a step (RFC 4226 §5.3)."""
    digest = hmac.digest(secret, struct.pack(">Q", step), hashlib.sha1)
    offset = digest[-1] & 0x0F
    number = int.from_bytes(digest[offset : offset + 4], "big") & 0x7FFFFFFF
    return str(number % 10**digits).zfill(digits)


def matching_step(secret: bytes, typed: str, now: datetime) -> int | None:
    """The step whose code this is, now or one step aside; None otherwise. Equal time."""
    here, found = step_at(now), None
    for step in range(here - _LATE_OR_EARLY, here + _LATE_OR_EARLY + 1):
        if hmac.compare_digest(code_of(secret, step).encode(), typed.encode()):
            found = step
    return found


def spelled(secret: bytes) -> str:
    """Base32 in groups of four, to be typed."""
    text = base64.b32encode(secret).decode("ascii").rstrip("=")
    return " ".join(text[at : at + 4] for at in range(0, len(text), 4))


def address(secret: bytes, name: str, issuer: str) -> str:
    """`otpauth://totp/…`, as the apps read it from a QR code."""
    label = f"{quote(issuer, safe='')}:{quote(name, safe='')}"
    asked = {"secret": spelled(secret).replace(" ", ""), "issuer": issuer}
    return f"otpauth://totp/{label}?{urlencode(asked, quote_via=quote)}"
