"""When a notice that a mail server did not take is tried again."""

from __future__ import annotations

from datetime import datetime, timedelta

from shared.runtime.clock import floor

# Retries stand on a grid: the second in which something happened is not written down.
_GRID = timedelta(minutes=5)
_LONGEST = timedelta(hours=6)

# A mail server says 550 for an address that is gone, and now and then by mistake: with pauses of
# 5, 10, 20 … 360 minutes the twentieth refusal comes after three days.
_REFUSALS_BELIEVED = 20


def next_try_after(now: datetime, attempts: int) -> datetime:
    """When to try again after `attempts` failures (at least 1): in 5, 10, 20 … 360 minutes."""
    pause = min(_GRID * 2 ** min(max(attempts, 1) - 1, 10), _LONGEST)
    return floor(now + pause, _GRID) + _GRID


def is_hopeless(attempts: int) -> bool:
    """Whether so many refusals of one address mean it takes no mail."""
    return attempts >= _REFUSALS_BELIEVED
