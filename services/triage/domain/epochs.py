"""When a unit needs a new epoch key."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

# Our decision (docs/adr): what one stolen key opens is bounded to a month of complaints.
EPOCH_LASTS = timedelta(days=30)


@dataclass(frozen=True)
class KeyStanding:
    """A unit's newest epoch (0: none); `members` the digest of who it is wrapped to, None when
    that was never noted; `holders` the digest of who should hold it now."""

    unit: str
    epoch: int
    published_at: datetime | None
    members: str | None
    holders: str


def need_of(standing: KeyStanding, now: datetime) -> str:
    """Why a new epoch is needed: "no_key", "members", "age", or "" when it is not."""
    if standing.published_at is None:
        return "no_key"
    if standing.members != standing.holders:
        return "members"
    return "age" if now - standing.published_at >= EPOCH_LASTS else ""
