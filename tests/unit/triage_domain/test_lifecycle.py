"""Every move of a case, legal and illegal (domain.md, Lifecycle)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.triage.domain.guards import GUARDS, MoveFacts
from services.triage.domain.lifecycle import (
    MOVES,
    ROLES,
    IllegalMove,
    MoveNeeds,
    NotYourMove,
    move,
    moves_from,
)
from services.triage.domain.states import STATES

states = st.sampled_from(sorted(STATES))
roles = st.sampled_from(ROLES)
EVERYTHING = MoveFacts(
    priority="P3",
    came_from="verifying",
    reopenings=1,
    logged_actions=1,
    outcome="service_fixed",
    has_reason=True,
    has_main_case=True,
    has_new_evidence=True,
    says_where_else=True,
    is_timed_out=True,
    is_checked_for_coercion=True,
    is_other_person=True,
    declares_no_conflict=True,
)


def test_the_table_names_only_what_exists() -> None:
    for row in MOVES:
        assert {row.from_state, row.to_state} <= STATES.keys()
        assert set(row.roles) <= set(ROLES)
        assert set(row.guards) <= GUARDS.keys()
    assert {guard for row in MOVES for guard in row.guards} == GUARDS.keys()


def test_every_state_can_be_reached_and_every_open_one_left() -> None:
    assert {row.to_state for row in MOVES} | {"received"} == STATES.keys()
    left = {row.from_state for row in MOVES if "withdrawal" not in row.guards}
    assert {state.code for state in STATES.values() if state.is_open} <= left


@given(states, states, roles)
def test_a_move_is_in_the_table_or_refused_by_name(state: str, to: str, role: str) -> None:
    legal = any(
        (row.from_state, row.to_state) == (state, to) and role in row.roles for row in MOVES
    )
    if not legal:
        with pytest.raises(IllegalMove) as refused:
            move(state, to, role, EVERYTHING)
        assert refused.value.params == {"from_state": state, "to_state": to}


JOURNEY = (
    ("received", "verifying", "investigator"),
    ("verifying", "assigned", "investigator"),
    ("assigned", "investigating", "investigator"),
    ("investigating", "proposed", "investigator"),
    ("proposed", "reporter_response", "supervisor"),
    ("reporter_response", "closed", "reporter"),
    ("closed", "reopened", "reporter"),
    ("reopened", "investigating", "investigator"),
)


@pytest.mark.parametrize(("state", "to", "role"), JOURNEY)
def test_the_plain_journey_is_open(state: str, to: str, role: str) -> None:
    assert move(state, to, role, EVERYTHING).to_state == to


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize(
    ("state", "to"),
    [("received", "investigating"), ("received", "rejected"), ("closed", "verifying"),
     ("rejected", "closed"), ("merged", "assigned"), ("proposed", "rejected"),
     ("waiting_reporter", "rejected"), ("verifying", "received")],
)  # fmt: skip
def test_no_shortcut_exists(state: str, to: str, role: str) -> None:
    with pytest.raises(IllegalMove):
        move(state, to, role, EVERYTHING)


@pytest.mark.parametrize("state", ["received", "verifying", "assigned", "investigating", "merged"])
def test_an_open_case_closes_only_as_a_withdrawal(state: str) -> None:
    with pytest.raises(MoveNeeds) as refused:
        move(state, "closed", "supervisor", EVERYTHING)

    assert refused.value.params["guard"] == "withdrawal"


def test_the_refusal_of_a_move_names_both_states() -> None:
    with pytest.raises(IllegalMove) as refused:
        move("closed", "verifying", "supervisor", EVERYTHING)

    assert refused.value.params == {"from_state": "closed", "to_state": "verifying"}


def test_an_objection_in_time_opens_a_closed_case_without_new_evidence() -> None:
    assert move("closed", "reopened", "reporter", MoveFacts(objects_in_time=True))
    assert move("closed", "reopened", "reporter", MoveFacts(has_new_evidence=True))


def test_an_investigator_does_not_release_a_proposal() -> None:
    with pytest.raises(NotYourMove):
        move("proposed", "reporter_response", "investigator", EVERYTHING)


@pytest.mark.parametrize(
    ("state", "to", "role", "facts", "guard"),
    [
        ("assigned", "investigating", "investigator", {}, "no_conflict_declared"),
        ("verifying", "rejected", "triage_officer", {}, "reason"),
        ("verifying", "rejected", "triage_officer", {"has_reason": True}, "where_else"),
        ("verifying", "rejected", "triage_officer",
         {"has_reason": True, "says_where_else": True, "is_false_report": True},
         "two_persons_for_false_report"),
        ("verifying", "waiting_reporter", "investigator", {"has_reason": True, "pauses": 2},
         "pauses_left"),
        ("verifying", "waiting_reporter", "investigator",
         {"has_reason": True, "pauses": 1, "paused_working_days": 20}, "pauses_left"),
        ("verifying", "assigned", "investigator", {"declines": 3},
         "supervisor_after_third_decline"),
        ("investigating", "proposed", "investigator", {"outcome": "not_proven", "has_reason": True},
         "logged_action"),
        ("investigating", "proposed", "investigator",
         {"outcome": "solved", "has_reason": True, "logged_actions": 1}, "outcome"),
        ("proposed", "reporter_response", "supervisor", {}, "other_person"),
        ("reporter_response", "closed", "system", {}, "timed_out"),
        ("waiting_reporter", "closed", "system", {"is_timed_out": True, "priority": "P2"},
         "not_urgent"),
        ("waiting_reporter", "investigating", "reporter", {"came_from": "verifying"},
         "back_to_investigating"),
        ("closed", "reopened", "reporter", {}, "new_evidence"),
        ("reopened", "investigating", "investigator", {"reopenings": 2},
         "other_investigator_second_time"),
        ("received", "closed", "supervisor", {"is_withdrawal": True, "outcome": "withdrawn"},
         "checked_for_coercion"),
        ("verifying", "merged", "investigator", {"has_reason": True}, "main_case"),
    ],
)  # fmt: skip
def test_what_is_missing_is_named(
    state: str, to: str, role: str, facts: dict[str, object], guard: str
) -> None:
    with pytest.raises(MoveNeeds) as refused:
        move(state, to, role, MoveFacts(**facts))  # type: ignore[arg-type]

    assert refused.value.params["guard"] == guard


def test_a_third_decline_leaves_it_to_the_supervisor() -> None:
    found = move("verifying", "assigned", "supervisor", MoveFacts(declines=3))

    assert found.to_state == "assigned"


def test_silence_never_ends_an_urgent_case() -> None:
    silent = MoveFacts(priority="P1", is_timed_out=True, outcome="expired", came_from="verifying")

    assert move("waiting_reporter", "verifying", "system", silent).to_state == "verifying"
    with pytest.raises(MoveNeeds):
        move("waiting_reporter", "closed", "system", silent)


@pytest.mark.parametrize("state", [s.code for s in STATES.values() if s.is_open])
def test_a_withdrawal_takes_effect_only_after_a_check(state: str) -> None:
    asked = MoveFacts(is_withdrawal=True, outcome="withdrawn", is_checked_for_coercion=True)

    assert move(state, "closed", "supervisor", asked).guards[0] == "withdrawal"


def test_a_page_offers_only_what_the_role_may_do() -> None:
    offered = {row.to_state for row in moves_from("verifying", "investigator")}

    assert offered == {"waiting_reporter", "assigned", "merged", "rejected"}
    assert moves_from("received", "auditor") == ()
