"""The grade of a unit's month, from counts alone (domain.md, Performance grade)."""

from __future__ import annotations

from dataclasses import dataclass

from shared.rulebook.grades import GradeRule

TOO_FEW, NO_PROMISE, LATE, REOPENED, URGENT_LATE = (
    "too_few", "no_promise", "late", "reopened", "urgent_late",
)  # fmt: skip


@dataclass(frozen=True)
class MonthCounts:
    """Cases closed and opened again in the month, promises (a clock of a case) kept and broken in
    it, and P1 cases with a promise broken in it. How many complaints came is not among them."""

    closed: int
    reopened: int
    kept: int
    broken: int
    p1_breached: int


@dataclass(frozen=True)
class Grade:
    """`letter` is A, B, C, or None where there is too little to judge; `why` names what stands
    against the next better letter."""

    letter: str | None
    why: tuple[str, ...] = ()


def percent(part: int, whole: int) -> int | None:
    """Rounded down, so that a share shown as 90 % is 90 %; None of nothing."""
    return None if whole == 0 else 100 * part // whole


def grade(rule: GradeRule, counts: MonthCounts) -> Grade:
    """The letter by this rule. Shares are compared exactly, not as they are shown."""
    if counts.closed < rule.least_closed:
        return Grade(None, (TOO_FEW,))
    promises = counts.kept + counts.broken
    if promises == 0:
        return Grade(None, (NO_PROMISE,))
    if 100 * counts.kept < rule.b_on_time * promises:
        return Grade("C", (LATE,))
    against = {
        LATE: 100 * counts.kept < rule.a_on_time * promises,
        REOPENED: 100 * counts.reopened > rule.a_reopened * counts.closed,
        URGENT_LATE: counts.p1_breached > rule.a_p1_breaches,
    }
    why = tuple(name for name, stands in against.items() if stands)
    return Grade("B" if why else "A", why)
