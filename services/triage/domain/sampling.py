"""Which rejections are looked at again: a tenth of each month's, chosen by nobody."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable, Mapping

SHARE = 0.1  # domain.md, Lifecycle: 10 % sampled monthly
_ALL = 2.0**64


def lot(key: bytes, month: str, case: str) -> float:
    """From 0 to 1 by HMAC-SHA-256 over month and case: whoever rejects has no key, and so cannot
    tell beforehand in which month a case is drawn."""
    drawn = hmac.digest(key, f"sample {month} {case}".encode(), hashlib.sha256)
    return int.from_bytes(drawn[:8], "big") / _ALL


def drawn(key: bytes, month: str, cases: Iterable[str]) -> Mapping[str, float]:
    """The cases drawn, with their lots; where there are any, at least one."""
    lots = {case: lot(key, month, case) for case in cases}
    if not lots:
        return {}
    least = min(lots.values())
    return {case: one for case, one in lots.items() if one < SHARE or one == least}
