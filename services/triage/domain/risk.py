"""How provable a complaint is, and how exposed its reporter: two numbers beside the urgency.

Our decision (2026-11-21), from disclosed facts only. Both 0-100, neither changes the urgency.
"""

from shared.rulebook.disclosed import Disclosed
from shared.rulebook.rulebook import Rulebook

INSIDER = 40
SMALL_OFFICE = 20
CHILD_AT_SCHOOL = 25
DETAINEE = 35
ALONE = 15
PRESSED = {"violence": 20, "denial": 10}


def readiness_of(rulebook: Rulebook, disclosed: Disclosed) -> int:
    """The sum of what each kind of evidence weighs (codes.toml), at most 100."""
    kinds = rulebook.codes["evidence"]
    return min(sum(kinds[code].value for code in disclosed.evidence), 100)


def risk_of(rulebook: Rulebook, disclosed: Disclosed) -> dict[str, int]:
    """Each reason to handle the reporter with care, 0 where it does not apply."""
    at_school = disclosed.office_kind == "sekolah" or disclosed.service == "pendidikan"
    detained = "tahanan" in disclosed.vulnerable or disclosed.service == "lapas"
    small = rulebook.offices[disclosed.office_kind].small
    return {
        "insider": INSIDER if disclosed.service == "kepegawaian" else 0,
        "small_office": SMALL_OFFICE if small else 0,
        "child_at_school": CHILD_AT_SCHOOL if at_school else 0,
        "detainee": DETAINEE if detained else 0,
        "alone": ALONE if disclosed.victims == "1" else 0,
        "pressed": PRESSED.get(disclosed.coercion, 0),
    }
