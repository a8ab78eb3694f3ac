"""Whether a second factor is demanded of somebody, and from when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

_ZONE = ZoneInfo("Asia/Jakarta")


@dataclass(frozen=True)
class Demand:
    """From `day` on, nothing but setting up a second factor; `is_now` when that day has come."""

    day: date
    is_now: bool


def demand_of(day: date | None, now: datetime, *, has_one: bool) -> Demand | None:
    """What is asked of a person; nothing where none is demanded, or who has one already.

    The day begins at midnight in Jakarta, for every unit at the same instant.
    """
    if day is None or has_one:
        return None
    return Demand(day, is_now=now.astimezone(_ZONE).date() >= day)
