"""When a hand-over that was prepared may be used, and why it may be used no more."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass
from datetime import datetime, timedelta

# Our decision (ADR 29): what lets another unit read lies about no longer than this.
LASTS = timedelta(days=14)

# Why it is dropped: another unit got the case; the unit has a newer key; a file came that it does
# not cover; the unit may not get the case any more; the case is over; it is too old; another was
# prepared in its place; it was taken back.
OTHER_UNIT, NEW_KEY, NEW_LETTER = "other_unit", "new_key", "new_letter"
NOT_FREE, OVER, TOO_OLD = "not_free", "over", "too_old"
REPLACED, TAKEN_BACK = "replaced", "taken_back"

NOTE = "unit"  # the direction of a unit's notes, which go along only when that is said
Place = tuple[str, int]  # direction, number; the complaint is ("in", 0)


@dataclass(frozen=True)
class Prepared:
    """Headers of a case's files for `unit` at its key `epoch`; `places` say of which files."""

    unit: str
    epoch: int
    at: datetime
    by: str
    places: frozenset[Place]


@dataclass(frozen=True)
class Standing:
    """How the case stands now: whether it is open, the unit prepared for is free to take it, that
    unit's newest epoch, and the places of all letters."""

    is_open: bool
    is_free: bool
    epoch: int
    letters: Set[Place]


def fault_of(prepared: Prepared, standing: Standing, now: datetime) -> str:
    """Why it may be used no more, "" while it may."""
    if not standing.is_open:
        return OVER
    if not standing.is_free:
        return NOT_FREE
    if prepared.epoch != standing.epoch:
        return NEW_KEY
    if not standing.letters <= prepared.places:
        return NEW_LETTER
    return TOO_OLD if now - prepared.at >= LASTS else ""
