"""Move a case along its lifecycle: the rule is the domain's, the history and clocks are kept."""

from __future__ import annotations

from dataclasses import dataclass, replace

from services.triage.actions.call_desk import call_holder
from services.triage.actions.read_case import known_case
from services.triage.actions.turn_clocks import place_of, turn_clocks
from services.triage.domain.clocks import Step, working_days_between
from services.triage.domain.guards import MoveFacts
from services.triage.domain.lifecycle import move
from services.triage.domain.states import STATES
from services.triage.store.cases import Case, change_case
from services.triage.store.letters import last_letter
from services.triage.store.merges import followers_of
from services.triage.store.moves import Moved, add_move, moves_of
from services.triage.store.people import Person
from shared.contracts.facts import CaseMoved
from shared.contracts.merging import MainCaseMoved
from shared.contracts.private import MoveReasoned
from shared.messaging.tx import Tx
from shared.rulebook import Rulebook
from shared.runtime.errors import Conflict


class StaleCase(Conflict):
    """Kasus ini sudah diubah oleh %(who)s dan kini %(state)s. Periksa lagi, lalu ulangi."""

    code = "stale_case"


@dataclass(frozen=True)
class Wish:
    """What a person asks for on the move page; `version` is the one their page showed."""

    to_state: str
    version: int
    reason: str = ""
    outcome: str = ""
    actions: tuple[str, ...] = ()
    where_else: str = ""
    holder: str = ""
    is_false_report: bool = False
    declares_no_conflict: bool = False


def move_case(tx: Tx, rulebook: Rulebook, who: Person, number: str, wish: Wish) -> None:
    """Raises UnknownCase, StaleCase, IllegalMove, NotYourMove or MoveNeeds."""
    one = known_case(tx, who, number)
    if one.version != wish.version:
        raise StaleCase("versi", who=one.changed_by or "–", state=one.state)
    move(one.state, wish.to_state, who.role, facts_of(tx, rulebook, one, who, wish))
    reason = "\n".join(text for text in (wish.reason.strip(), wish.where_else.strip()) if text)
    moved = Moved(one.state, wish.to_state, tx.at, who.name, wish.outcome, wish.actions, reason)
    holder = _holder(one, who, wish)
    shift(tx, rulebook, one, moved, holder=holder)
    if wish.to_state == "assigned":
        call_holder(tx, replace(one, holder=holder), "offered", by=who.name)
    if reason:
        told = MoveReasoned(one.state, wish.to_state, reason)
        tx.record(told, subject=one.id, by=who.name)


def shift(
    tx: Tx, rulebook: Rulebook, one: Case, moved: Moved, *, holder: str | None = None
) -> None:
    """Carry out a move that the rule has allowed: state, history, clocks, fact."""
    history = moves_of(tx.connection, one.id)
    entered_at = history[-1].at if history else one.opened_at
    changed = {"state": moved.to_state, "holder": holder, "changed_by": moved.by}
    ended_at = None if STATES[moved.to_state].is_open else moved.at
    if not change_case(tx.connection, one, ended_at=ended_at, **changed):
        raise StaleCase("versi", who="–", state=one.state)
    add_move(tx.connection, one.id, moved)
    step = Step(
        from_state=moved.from_state,
        to_state=moved.to_state,
        at=moved.at,
        entered_at=entered_at,
        priority=one.priority,
        reopened=any("reopened" in (past.to_state, moved.to_state) for past in [*history, moved]),
    )
    now_running = turn_clocks(tx, rulebook, one, step)
    tx.record(CaseMoved(moved.from_state, moved.to_state, now_running), subject=one.id, by=moved.by)
    for merged in followers_of(tx.connection, one.id):
        tx.record(MainCaseMoved(moved.to_state, now_running), subject=merged)


def facts_of(tx: Tx, rulebook: Rulebook, one: Case, who: Person | None, wish: Wish) -> MoveFacts:
    """What the lifecycle must know, from the case's history and the person's wish."""
    past = moves_of(tx.connection, one.id)
    letters_out, _ = last_letter(tx.connection, one.id, "out")
    investigators = {m.by for m in past if m.to_state == "investigating"}
    proposers = [m.by for m in past if m.to_state == "proposed"]
    name = who.name if who else None
    known = history_facts(rulebook, one, past)
    return replace(
        known,
        logged_actions=len(wish.actions) + letters_out,
        outcome=wish.outcome,
        has_reason=bool(wish.reason.strip()),
        says_where_else=bool(wish.where_else.strip()),
        is_false_report=wish.is_false_report,
        is_other_person=not proposers or proposers[-1] != name,
        is_other_investigator=(wish.holder or name) not in investigators,
        declares_no_conflict=wish.declares_no_conflict,
    )


def history_facts(rulebook: Rulebook, one: Case, past: list[Moved]) -> MoveFacts:
    """The part of MoveFacts that the case's history alone decides."""
    place = place_of(rulebook, one)
    waits = [n for n, m in enumerate(past) if m.to_state == "waiting_reporter"]
    return MoveFacts(
        priority=one.priority,
        came_from=past[waits[-1]].from_state if waits else "",
        pauses=len(waits),
        paused_working_days=sum(
            working_days_between(place, past[n].at, past[n + 1].at)
            for n in waits
            if n + 1 < len(past)
        ),
        declines=sum((m.from_state, m.to_state) == ("assigned", "verifying") for m in past),
        reopenings=sum(m.to_state == "reopened" for m in past),
    )


def _holder(one: Case, who: Person, wish: Wish) -> str | None:
    if wish.to_state == "assigned":
        return wish.holder or None
    return who.name if wish.to_state == "investigating" else one.holder
