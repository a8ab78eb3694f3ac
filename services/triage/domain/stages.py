"""What happens to a running clock as its time goes by, one stage after the other, each once.

    half      half of the working time is used up: the holder is warned
    most      four fifths are used up: the holder is warned again
    breach    the promise is missed: a fact that nothing takes back
    superior  still late 1 working day (P1) or 3 after it: the supervisor's superior sees the case
    oversight still late 10 working days after it: the oversight unit sees it

A clock whose limit is in hours runs round the clock; the others use up working days only. The
times are counted from the clock's own start and due time, never from when somebody looked.
Source: domain.md, Lifecycle (our decision).
"""

import re
from datetime import datetime, timedelta
from typing import Protocol

from services.triage.domain.worktime import after_work, days_later, work_between
from shared.rulebook.clocks import WARN_AT, Place

HALF, MOST, BREACH, SUPERIOR, OVERSIGHT, OVER = range(6)
NAMES = ("half", "most", "breach", "superior", "oversight")
SUPERIOR_AFTER = {"P1": 1}  # working days after the breach
SUPERIOR_AFTER_ELSE = 3
OVERSIGHT_AFTER = 10
_ROUND_THE_CLOCK = re.compile("[0-9]+[mh]")


class Timed(Protocol):
    """A round of a clock; `spent_seconds` is what the rounds before its pauses have used."""

    @property
    def started_at(self) -> datetime: ...
    @property
    def due_at(self) -> datetime: ...
    @property
    def limit(self) -> str: ...
    @property
    def spent_seconds(self) -> int: ...


def stage_at(place: Place, run: Timed, stage: int, priority: str) -> datetime | None:
    """When this stage is reached (UTC); None after the last."""
    if stage < BREACH:
        return _used_up(place, run, WARN_AT[stage])
    later = {
        BREACH: 0,
        SUPERIOR: SUPERIOR_AFTER.get(priority, SUPERIOR_AFTER_ELSE),
        OVERSIGHT: OVERSIGHT_AFTER,
    }.get(stage)
    if later is None:
        return None
    return days_later(place, run.due_at, later) if later else run.due_at


def stage_reached(place: Place, run: Timed, stage: int, now: datetime) -> int:
    """The last stage from `stage` up to the breach that is behind us at `now`; `stage` at least.

    Two warnings that were slept through are one; a breach is never passed over.
    """
    while stage < BREACH:
        at = stage_at(place, run, stage + 1, "")
        if at is None or at > now:
            break
        stage += 1
    return stage


def used(place: Place, run: Timed, until: datetime) -> timedelta:
    """How much of its time the clock has used by `until`, earlier rounds included."""
    return timedelta(seconds=run.spent_seconds) + _elapsed(place, run, max(until, run.started_at))


def _used_up(place: Place, run: Timed, share: float) -> datetime:
    spent = timedelta(seconds=run.spent_seconds)
    missing = (spent + _elapsed(place, run, run.due_at)) * share - spent
    if missing <= timedelta():
        return run.started_at
    if _is_round_the_clock(run):
        return run.started_at + missing
    return after_work(place, run.started_at, run.due_at, missing)


def _elapsed(place: Place, run: Timed, until: datetime) -> timedelta:
    if _is_round_the_clock(run):
        return until - run.started_at
    return work_between(place, run.started_at, until)


def _is_round_the_clock(run: Timed) -> bool:
    return all(_ROUND_THE_CLOCK.fullmatch(one) for one in run.limit.split())
