"""What a fact leaves in the ledger: 65 bytes that only the receipt's holder can find and prove.

0x01 ‖ T ‖ C    T = HMAC-SHA-256(k_e, "tag" ‖ u32be i)
                C = HMAC-SHA-256(k_e, "body" ‖ u32be i ‖ SHA-256(canonical fact))
i = wall << 24 | n     wall: complaints 1, triage 2, notify 3, ledger 4
"""

from __future__ import annotations

import hashlib
import hmac

ENTRY_BYTES = 65
COMMITMENT = b"\x01"
_MOST = 1 << 24


def index(wall: int, n: int) -> int:
    """The commitment's number: `n` counts this subject's facts within this wall, from 0."""
    if not (0 < wall < 256 and 0 <= n < _MOST):
        raise ValueError("commitment index out of range")
    return wall << 24 | n


def tag(events_key: bytes, number: int) -> bytes:
    """T: where to look, 32 bytes."""
    return hmac.digest(events_key, b"tag" + number.to_bytes(4, "big"), "sha256")


def entry(events_key: bytes, number: int, canonical: bytes) -> bytes:
    """The 65-byte entry for the fact with this canonical form."""
    digest = hashlib.sha256(canonical).digest()
    body = hmac.digest(events_key, b"body" + number.to_bytes(4, "big") + digest, "sha256")
    return COMMITMENT + tag(events_key, number) + body
