"""Identifiers."""

from __future__ import annotations

import secrets
import uuid
from datetime import datetime


def new_id(at: datetime) -> str:
    """A UUIDv7 (RFC 9562 §5.7) whose 48-bit time is `at` and whose 74 other bits are random.

    The time is handed in because a fact about a reporter carries the hour only; an identifier
    that told the millisecond would undo that.
    """
    milliseconds = int(at.timestamp() * 1000)
    value = (milliseconds & (1 << 48) - 1) << 80
    value |= 0x7 << 76 | secrets.randbits(12) << 64
    value |= 0b10 << 62 | secrets.randbits(62)
    return str(uuid.UUID(int=value))


def random_id() -> str:
    """A UUIDv4: it tells nothing, not even when it was made."""
    return str(uuid.uuid4())
