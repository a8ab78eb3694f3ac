"""The eight steps of a report: which field is asked for where."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Step:
    """One page of the report: its template is `complaints/steps/<code>.html`.

    `one` are fields with one text, `many` fields that may come more than once.
    """

    number: int
    code: str
    one: tuple[str, ...] = ()
    many: tuple[str, ...] = ()

    @property
    def fields(self) -> tuple[str, ...]:
        """Every field of the step."""
        return self.one + self.many


STEPS = (
    Step(1, "apa", one=("service", "story", "coercion")),
    Step(2, "di-mana", one=("found", "search", "province", "regency", "district", "place")),
    Step(3, "siapa", one=("office_kind", "who"), many=("exclude",)),
    Step(
        4,
        "berapa",
        one=("asked", "paid_how", "paid", "frequency", "victims"),
        many=("vulnerable",),
    ),
    Step(5, "kapan", one=("day", "timing", "handover_day", "handover_hour")),
    Step(6, "bukti", many=("evidence",)),
    Step(7, "nama", one=("wish", "name", "email")),
    Step(8, "periksa"),
)
LAST = STEPS[-1]
ASKED = tuple(name for step in STEPS for name in step.fields)
# Fields that a refusal may name and that nobody types under that name.
_SPOKEN_OF = {"region": "di-mana", "office_region": "di-mana"}


def step_of(field: str) -> Step:
    """The step that asks for `field`; the last one for a field nobody is asked for."""
    code = _SPOKEN_OF.get(field, "")
    return next((step for step in STEPS if field in step.fields or step.code == code), LAST)


def step_numbered(number: int) -> Step | None:
    """The step of this number, None when there is none."""
    return STEPS[number - 1] if 1 <= number <= len(STEPS) else None
