"""How a unit's month is graded, as data with its source and validity."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from shared.rulebook.reading import keyed, read_toml, rows_of


@dataclass(frozen=True)
class GradeRule:
    """One row of grades.toml, whose head explains the fields; shares in whole percent."""

    code: str
    a_on_time: int
    a_reopened: int
    a_p1_breaches: int
    b_on_time: int
    least_closed: int
    source: str
    valid_from: date
    checked_on: date
    legal_basis: str = ""
    valid_until: date | None = None


def load_grades(folder: Path) -> tuple[GradeRule, ...]:
    """In file order; raises BrokenRulebook."""
    rows = rows_of(GradeRule, read_toml(folder / "grades.toml").get("grade"), "grades.toml")
    return tuple(keyed(rows, "code", "grades.toml").values())


def grade_rule(rules: Sequence[GradeRule], on: date) -> GradeRule | None:
    """The rule in force on this day, the latest of several; None when there is none."""
    found = [
        one
        for one in rules
        if one.valid_from <= on and (one.valid_until is None or on <= one.valid_until)
    ]
    return max(found, key=lambda one: one.valid_from, default=None)
