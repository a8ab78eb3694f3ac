"""Where the time comes from, so that a test can hand in its own."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Anything that tells the time."""

    def now(self) -> datetime:
        """The present instant, UTC-aware."""
        ...


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        """The present instant, UTC-aware, to the microsecond."""
        return datetime.now(UTC)


class FixedClock:
    """A clock that stands until it is moved; tests hold it."""

    def __init__(self, at: datetime) -> None:
        if at.tzinfo is None:
            raise ValueError("a clock shows UTC-aware times only")
        self._at = at.astimezone(UTC)

    def now(self) -> datetime:
        """The instant it was set to."""
        return self._at

    def advance(self, by: timedelta) -> None:
        """Move the hands; `by` may be negative (a clock that jumps back)."""
        self._at += by


def floor(at: datetime, step: timedelta) -> datetime:
    """`at` rounded down to a whole `step` since 1970 (UTC)."""
    epoch = datetime(1970, 1, 1, tzinfo=UTC)
    return at - (at - epoch) % step
