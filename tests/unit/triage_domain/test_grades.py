"""A unit's grade: by shares of its own work, never by how many complaints came."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.triage.domain.grades import Grade, MonthCounts, grade, percent
from shared.rulebook import load
from shared.rulebook.grades import GradeRule, grade_rule

RULE = grade_rule(load().grades, date(2026, 11, 1))
COUNTS = st.builds(
    MonthCounts,
    closed=st.integers(0, 60),
    reopened=st.integers(0, 60),
    kept=st.integers(0, 200),
    broken=st.integers(0, 200),
    p1_breached=st.integers(0, 5),
)


def _grade(**counts: Any) -> Grade:
    assert RULE is not None
    good = {"closed": 10, "reopened": 0, "kept": 10, "broken": 0, "p1_breached": 0}
    return grade(RULE, MonthCounts(**{**good, **counts}))


@pytest.mark.parametrize(
    ("counts", "letter", "why"),
    [
        ({}, "A", ()),
        ({"kept": 9, "broken": 1}, "A", ()),
        ({"kept": 899, "broken": 101}, "B", ("late",)),
        ({"reopened": 1}, "A", ()),
        ({"reopened": 2}, "B", ("reopened",)),
        ({"closed": 19, "reopened": 2}, "B", ("reopened",)),
        ({"p1_breached": 1}, "B", ("urgent_late",)),
        ({"kept": 3, "broken": 1}, "B", ("late",)),
        ({"kept": 8, "broken": 2, "reopened": 9, "p1_breached": 2}, "B",
         ("late", "reopened", "urgent_late")),
        ({"kept": 74, "broken": 26}, "C", ("late",)),
        ({"kept": 0, "broken": 1}, "C", ("late",)),
        ({"closed": 5}, "A", ()),
        ({"closed": 4}, None, ("too_few",)),
        ({"closed": 0}, None, ("too_few",)),
        ({"kept": 0, "broken": 0}, None, ("no_promise",)),
    ],
)  # fmt: skip
def test_a_month_gets_the_letter_its_shares_earn(
    counts: dict[str, int], letter: str | None, why: tuple[str, ...]
) -> None:
    assert _grade(**counts) == Grade(letter, why)


@given(counts=COUNTS)
def test_one_promise_more_kept_never_lowers_a_grade(counts: MonthCounts) -> None:
    assert RULE is not None
    order = {None: -1, "C": 0, "B": 1, "A": 2}
    better = MonthCounts(
        counts.closed, counts.reopened, counts.kept + 1, counts.broken, counts.p1_breached
    )
    before = grade(RULE, counts).letter
    assert order[grade(RULE, better).letter] >= order[before]


def test_a_share_is_never_rounded_up() -> None:
    assert percent(899, 1000) == 89
    assert percent(9, 10) == 90
    assert percent(0, 0) is None


def test_the_rule_in_force_is_the_latest_that_is_valid() -> None:
    def rule(code: str, since: date, until: date | None = None) -> GradeRule:
        numbers = (90, 10, 0, 75, 5)
        return GradeRule(code, *numbers, "here", since, since, valid_until=until)

    old = rule("old", date(2026, 1, 1))
    new = rule("new", date(2027, 1, 1), date(2027, 6, 30))

    assert grade_rule([old, new], date(2026, 12, 31)) == old
    assert grade_rule([old, new], date(2027, 1, 1)) == new
    assert grade_rule([old, new], date(2027, 7, 1)) == old
    assert grade_rule([old, new], date(2025, 12, 31)) is None


def test_every_grade_rule_names_its_source_and_its_dates() -> None:
    for one in load().grades:
        assert one.source
        assert one.checked_on >= one.valid_from or one.legal_basis == ""
