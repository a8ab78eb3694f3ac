"""Keys in URLs and JSON: base64url without padding (RFC 4648 §5)."""

from __future__ import annotations

import base64


def to_base64url(content: bytes) -> str:
    """Unpadded base64url."""
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode("ascii")
