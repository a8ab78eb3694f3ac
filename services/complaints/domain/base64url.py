"""Bytes in URLs and JSON: base64url without padding (RFC 4648 §5), canonical only."""

from __future__ import annotations

import base64
import binascii

from shared.crypto.encoding import to_base64url


def from_base64url(text: str, size: int) -> bytes | None:
    """The `size` bytes, None for anything else (padding, other alphabet, loose bits included)."""
    try:
        padded = text.encode("ascii") + b"=" * (-len(text) % 4)
        content = base64.b64decode(padded, altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return None
    return content if len(content) == size and to_base64url(content) == text else None
