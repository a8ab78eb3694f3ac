"""Which moves a case can make, who may make them, and on what condition (domain.md, Lifecycle)."""

from dataclasses import dataclass

from services.triage.domain.guards import GUARDS, MoveFacts
from services.triage.domain.states import STATES
from shared.runtime.errors import Conflict, Refused

ROLES = ("system", "reporter", "triage_officer", "investigator", "supervisor", "auditor")


class IllegalMove(Conflict):
    """Kasus tidak dapat dipindah dari %(from_state)s ke %(to_state)s. Pilih langkah lain."""

    code = "illegal_move"


class NotYourMove(IllegalMove):
    """Anda tidak boleh memindahkan kasus dari %(from_state)s ke %(to_state)s. Minta penyelia."""

    code = "not_your_move"


class MoveNeeds(Refused):
    """Pemindahan dari %(from_state)s ke %(to_state)s belum memenuhi syarat: %(guard)s."""

    code = "move_needs"


@dataclass(frozen=True)
class Move:
    """One row of the table; `guards` are names in guards.py, all must hold."""

    from_state: str
    to_state: str
    roles: tuple[str, ...]
    guards: tuple[str, ...] = ()


OFFICER = ("triage_officer", "investigator", "supervisor")
DECIDED = ("logged_action", "outcome", "reason")
REJECTION = ("reason", "where_else", "two_persons_for_false_report")

MOVES = (
    Move("received", "verifying", OFFICER),
    Move("received", "merged", OFFICER, ("main_case", "reason")),
    Move("verifying", "waiting_reporter", OFFICER, ("reason", "pauses_left")),
    Move("verifying", "assigned", OFFICER, ("supervisor_after_third_decline",)),
    Move("verifying", "referred", ("supervisor",), ("reason",)),
    Move("verifying", "merged", OFFICER, ("main_case", "reason")),
    Move("verifying", "rejected", OFFICER, REJECTION),
    Move("waiting_reporter", "verifying", ("reporter",), ("back_to_verifying",)),
    Move("waiting_reporter", "verifying", ("system",), ("back_to_verifying", "timed_out")),
    Move("waiting_reporter", "investigating", ("reporter",), ("back_to_investigating",)),
    Move("waiting_reporter", "investigating", ("system",), ("back_to_investigating", "timed_out")),
    Move("waiting_reporter", "closed", ("system",), ("timed_out", "not_urgent", "expired")),
    Move("assigned", "investigating", ("investigator", "supervisor"), ("no_conflict_declared",)),
    Move("assigned", "verifying", ("investigator",), ("reason",)),
    Move("assigned", "assigned", ("supervisor",), ("reason",)),
    Move("investigating", "waiting_reporter", ("investigator",), ("reason", "pauses_left")),
    Move("investigating", "assigned", ("supervisor",), ("reason",)),
    Move("investigating", "referred", ("supervisor",), ("reason",)),
    Move("investigating", "proposed", ("investigator",), DECIDED),
    Move("referred", "investigating", ("supervisor",), ("reason",)),
    Move("referred", "proposed", ("investigator",), DECIDED),
    Move("proposed", "reporter_response", ("supervisor",), ("other_person",)),
    Move("proposed", "investigating", ("supervisor",), ("other_person", "reason")),
    Move("reporter_response", "closed", ("reporter",)),
    Move("reporter_response", "closed", ("system",), ("timed_out",)),
    Move("reporter_response", "reopened", ("reporter",), ("reason",)),
    Move("closed", "reopened", ("reporter",), ("new_evidence",)),
    Move("closed", "reopened", ("reporter",), ("objected_in_time",)),
    Move("closed", "reopened", ("supervisor", "auditor"), ("reason",)),
    Move("reopened", "assigned", ("supervisor",), ("other_investigator_second_time",)),
    Move("reopened", "investigating", ("investigator",), ("other_investigator_second_time",)),
    Move("merged", "verifying", OFFICER, ("undone_in_time", "reason")),
    Move("merged", "verifying", ("system",), ("main_withdrawn",)),
    Move("rejected", "verifying", ("supervisor", "auditor"), ("reason",)),
    *(
        Move(state.code, "closed", ("supervisor",), ("withdrawal", "checked_for_coercion"))
        for state in STATES.values()
        if state.is_open or state.code == "merged"
    ),
)


def move(state: str, to: str, actor_role: str, facts: MoveFacts | None = None) -> Move:
    """The row that allows this step.

    Raises IllegalMove when no row leads there, NotYourMove when none does for this role, and
    MoveNeeds naming the first condition that fails, when none of the rows is satisfied.
    """
    names = {"from_state": state, "to_state": to}
    rows = [one for one in MOVES if one.from_state == state and one.to_state == to]
    if not rows:
        raise IllegalMove("state", **names)
    mine = [one for one in rows if actor_role in one.roles]
    if not mine:
        raise NotYourMove("state", **names)
    known = facts or MoveFacts()
    failed = [_failed(row, known, actor_role) for row in mine]
    if None not in failed:
        raise MoveNeeds(failed[0], **names, guard=failed[0])
    return mine[failed.index(None)]


def moves_from(state: str, actor_role: str) -> tuple[Move, ...]:
    """What a page may offer this role, before conditions are known."""
    return tuple(one for one in MOVES if one.from_state == state and actor_role in one.roles)


def _failed(row: Move, facts: MoveFacts, role: str) -> str | None:
    return next((name for name in row.guards if not GUARDS[name](facts, role)), None)
