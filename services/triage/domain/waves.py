"""Whether reports are so alike and so close in time that they count once; nothing is rejected.

domain.md, Duplicates: five near-identical reports within an hour count once and are flagged. Only
what is disclosed is compared, for nobody here can read a story.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

LEAST = 5
SPAN = timedelta(hours=1)  # a reporter's clock shows the hour (ADR 2): the same hour or the next
DAYS = timedelta(days=14)
_ALIKE = ("service", "region", "office_kind", "office_region", "coercion", "timing")


@dataclass(frozen=True)
class Report:
    """What is compared: the case, its hour, its facts, and the wave it is known to belong to."""

    case: str
    at: datetime
    kind: tuple[str, ...]
    rupiah: int | None
    day: date | None
    wave: str | None = None

    @classmethod
    def of(
        cls, case: str, at: datetime, facts: Mapping[str, Any], wave: str | None = None
    ) -> Report:
        """From disclosed facts as they are kept; `asked` counts, `paid` where nothing was asked."""
        rupiah = facts["paid"] if facts["asked"] is None else facts["asked"]
        day = date.fromisoformat(facts["day"]) if facts["day"] else None
        return cls(case, at, tuple(facts[name] for name in _ALIKE), rupiah, day, wave)


@dataclass(frozen=True)
class Wave:
    """`name` is the first case's; `new` are the cases that belong to it from now on."""

    name: str
    new: tuple[str, ...]
    size: int


def wave_of(report: Report, others: Iterable[Report]) -> Wave | None:
    """The wave `report` makes or joins; None while there are fewer than LEAST alike."""
    near = sorted((one for one in others if is_near(report, one)), key=lambda one: one.at)
    alike = [*near, report]
    known = next((one.wave for one in near if one.wave is not None), None)
    if known is None and len(alike) < LEAST:
        return None
    new = tuple(one.case for one in alike if one.wave is None)
    return Wave(known or alike[0].case, new, len(alike))


def is_near(one: Report, other: Report) -> bool:
    """Nearly the same report, sent within an hour."""
    return (
        abs(one.at - other.at) <= SPAN
        and one.kind == other.kind
        and _is_like_sum(one.rupiah, other.rupiah)
        and _is_like_day(one.day, other.day)
    )


def is_quarter_apart(one: int, other: int) -> bool:
    """At most: no further from each other than a quarter of the larger."""
    return abs(one - other) * 4 <= max(one, other)


def _is_like_sum(one: int | None, other: int | None) -> bool:
    """Within a quarter of the larger; a sum that is not told is like no sum that is."""
    return one is other if one is None or other is None else is_quarter_apart(one, other)


def _is_like_day(one: date | None, other: date | None) -> bool:
    return one is None or other is None or abs(one - other) <= DAYS
