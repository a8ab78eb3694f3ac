"""What must be true before a case may move, each condition by name."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from services.triage.domain.states import OUTCOMES

PAUSES_MAX = 2  # domain.md, Lifecycle: at most 2 pauses, 20 working days in all
PAUSED_WORKING_DAYS_MAX = 20
DECLINES_MAX = 3  # the third decline goes to the supervisor


@dataclass(frozen=True)
class MoveFacts:
    """What the mover knows about the case and about themselves; the defaults open no guard.

    `came_from`: the state before waiting_reporter. `paused_working_days`: of all earlier pauses.
    `reopenings`: how often the case was opened again. `is_other_person`: not who proposed it,
    `is_other_investigator`: not who investigated before, `second_person`: a second one agrees.
    """

    priority: str = "P1"
    came_from: str = ""
    pauses: int = 0
    paused_working_days: int = 0
    declines: int = 0
    reopenings: int = 0
    logged_actions: int = 0
    outcome: str = ""
    has_reason: bool = False
    has_main_case: bool = False
    has_new_evidence: bool = False
    objects_in_time: bool = False
    says_where_else: bool = False
    is_false_report: bool = False
    is_timed_out: bool = False
    is_withdrawal: bool = False
    is_checked_for_coercion: bool = False
    is_other_person: bool = False
    is_other_investigator: bool = False
    second_person: bool = False
    declares_no_conflict: bool = False
    is_undone_in_time: bool = False
    is_main_withdrawn: bool = False


Guard = Callable[[MoveFacts, str], bool]

GUARDS: Mapping[str, Guard] = {
    "reason": lambda facts, _: facts.has_reason,
    "where_else": lambda facts, _: facts.says_where_else,
    "two_persons_for_false_report": lambda facts, _: (
        facts.second_person or not facts.is_false_report
    ),
    "main_case": lambda facts, _: facts.has_main_case,
    "undone_in_time": lambda facts, _: facts.is_undone_in_time,
    "main_withdrawn": lambda facts, _: facts.is_main_withdrawn,
    "pauses_left": lambda facts, _: (
        facts.pauses < PAUSES_MAX and facts.paused_working_days < PAUSED_WORKING_DAYS_MAX
    ),
    "back_to_verifying": lambda facts, _: facts.came_from == "verifying",
    "back_to_investigating": lambda facts, _: facts.came_from == "investigating",
    "timed_out": lambda facts, _: facts.is_timed_out,
    "not_urgent": lambda facts, _: facts.priority in ("P3", "P4"),
    "expired": lambda facts, _: facts.outcome == "expired",
    "no_conflict_declared": lambda facts, _: facts.declares_no_conflict,
    "supervisor_after_third_decline": lambda facts, role: (
        role == "supervisor" or facts.declines < DECLINES_MAX
    ),
    "logged_action": lambda facts, _: facts.logged_actions >= 1,
    "outcome": lambda facts, _: facts.outcome in OUTCOMES,
    "other_person": lambda facts, _: facts.is_other_person,
    "other_investigator_second_time": lambda facts, _: (
        facts.is_other_investigator or facts.reopenings < 2
    ),
    "new_evidence": lambda facts, _: facts.has_new_evidence,
    "objected_in_time": lambda facts, _: facts.objects_in_time,
    "withdrawal": lambda facts, _: facts.is_withdrawal and facts.outcome == "withdrawn",
    "checked_for_coercion": lambda facts, _: facts.is_checked_for_coercion,
}
