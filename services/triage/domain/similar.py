"""Which reports may tell of the same thing, and why: a proposal for a person, never a merger.

domain.md, Duplicates: text alone cannot decide (a hard negative scored 0.76 against 0.75-0.81 for
true pairs), and nobody here can read one. So disclosed facts alone decide: service, region, sum
and day are a gate, and what else agrees ranks what passed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from services.triage.domain.waves import DAYS, is_quarter_apart
from shared.rulebook.regions import contains, zone_info

TOP = 5
ANYBODY = "tidak_tahu"  # an office of unknown kind is no office two reports could share
NOTHING_SAID = ("unknown", "none")
# Points; our decision, 2026-11-22. What a thief keeps the same weighs most: the office, then the
# exact sum, then the day. Coercion, frequency and hand-over tell less, many cases share them.
SAME_OFFICE, SAME_PLACE = 30, 15
SAME_SUM, NEAR_SUM = 20, 10
SAME_DAY, NEAR_DAY = 15, 5
SAME_HANDOVER, SAME_COERCION, SAME_FREQUENCY = 10, 5, 5


@dataclass(frozen=True)
class Told:
    """What is compared of a case. `rupiah` asked, or paid where nothing was asked; `day` of the
    incident where it was told, else of the filing (local), and `is_day_told` says which."""

    case: str
    service: str
    region: str
    office: tuple[str, str]
    rupiah: int | None
    day: date
    is_day_told: bool
    coercion: str
    frequency: str
    handover_at: str | None

    @classmethod
    def of(cls, case: str, opened_at: datetime, zone: str, facts: Mapping[str, Any]) -> Told:
        """From disclosed facts as they are kept."""
        day = facts["day"]
        return cls(
            case=case,
            service=facts["service"],
            region=facts["region"],
            office=(facts["office_kind"], facts["office_region"]),
            rupiah=facts["paid"] if facts["asked"] is None else facts["asked"],
            day=date.fromisoformat(day) if day else opened_at.astimezone(zone_info(zone)).date(),
            is_day_told=bool(day),
            coercion=facts["coercion"],
            frequency=facts["frequency"],
            handover_at=facts["handover_at"],
        )


@dataclass(frozen=True)
class Reason:
    """`code`: same_service, same_office, same_place, near_place, same_sum, near_sum, same_day,
    near_day, near_filing, same_handover, same_coercion, same_frequency. `number`: days apart, or
    percent apart for near_sum; 0 elsewhere."""

    code: str
    points: int
    number: int = 0


@dataclass(frozen=True)
class Likeness:
    """A case that passed the gate; `score` is the sum of the reasons' points."""

    case: str
    score: int
    reasons: tuple[Reason, ...]


def similar(one: Told, others: Iterable[Told], most: int = TOP) -> list[Likeness]:
    """At most `most` that pass the gate, likest first; the same input gives the same order."""
    found = [likeness(one, other) for other in others if other.case != one.case]
    passed = [like for like in found if like is not None]
    return sorted(passed, key=lambda like: (-like.score, like.case))[:most]


def likeness(one: Told, other: Told) -> Likeness | None:
    """Why `other` is like `one`, None when a gate is shut. The same both ways, but for `case`.

    A sum that only one of them tells contradicts nothing, and earns nothing either.
    """
    if not _pass_gate(one, other):
        return None
    reasons = tuple(reason for reason in _reasons(one, other) if reason)
    return Likeness(other.case, sum(reason.points for reason in reasons), reasons)


def _pass_gate(one: Told, other: Told) -> bool:
    nested = contains(one.region, other.region) or contains(other.region, one.region)
    if one.service != other.service or abs(one.day - other.day) > DAYS or not nested:
        return False
    if one.rupiah is None or other.rupiah is None:
        return True
    return is_quarter_apart(one.rupiah, other.rupiah)


def _reasons(one: Told, other: Told) -> Iterable[Reason | None]:
    yield Reason("same_service", 0)
    if one.office == other.office and one.office[0] != ANYBODY:
        yield Reason("same_office", SAME_OFFICE)
    is_same = one.region == other.region
    yield Reason("same_place", SAME_PLACE) if is_same else Reason("near_place", 0)
    yield _sum(one.rupiah, other.rupiah)
    yield _day(one, other)
    if one.handover_at and one.handover_at == other.handover_at:
        yield Reason("same_handover", SAME_HANDOVER)
    if one.coercion == other.coercion and one.coercion not in NOTHING_SAID:
        yield Reason("same_coercion", SAME_COERCION)
    if one.frequency == other.frequency and one.frequency not in NOTHING_SAID:
        yield Reason("same_frequency", SAME_FREQUENCY)


def _sum(one: int | None, other: int | None) -> Reason | None:
    if one is None or other is None:
        return None
    if one == other:
        return Reason("same_sum", SAME_SUM)
    return Reason("near_sum", NEAR_SUM, round(100 * abs(one - other) / max(one, other)))


def _day(one: Told, other: Told) -> Reason:
    apart = abs(one.day - other.day).days
    if not (one.is_day_told and other.is_day_told):
        return Reason("near_filing", 0, apart)
    return Reason("near_day", NEAR_DAY, apart) if apart else Reason("same_day", SAME_DAY)
