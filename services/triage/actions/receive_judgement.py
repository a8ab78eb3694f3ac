"""Take in what a reporter says of a result: rated, the case closes; objected to, it reopens.

Where the case is worked together with a main one, what is said is kept with the case of its own
mailbox: an objection reopens the main case, once for a result, whoever of its reporters objects
first. A rating closes nothing there; the main case's own reporter may still want to object.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from services.triage.actions.move_case import history_facts, shift
from services.triage.domain.lifecycle import move
from services.triage.store.cases import Case, case_by_id
from services.triage.store.clocks import clocks_of
from services.triage.store.merges import main_of, main_states
from services.triage.store.moves import Moved, moves_of
from services.triage.store.reporting import Rating, add_objection, add_rating
from shared.contracts.fact import Fact
from shared.contracts.reporting import ResultObjected, ResultRated
from shared.messaging.inbox import NotYet
from shared.messaging.tx import Tx
from shared.rulebook import Rulebook

RESULT, RESPONSE = "reporter_response", "response"
# The public site counts days by Jakarta, where a day ends two hours after Jayapura's.
GRACE = timedelta(hours=2)


def receive_rating(tx: Tx, rulebook: Rulebook, fact: Fact, rated: ResultRated) -> None:
    """Keep the rating; a case that waited for its reporter's word is closed. Raises NotYet."""
    one = _case(tx, fact)
    row = Rating(one.id, rated.round, rated.is_solved, rated.stars, fact.at, one.unit)
    if not add_rating(tx.connection, row):
        return
    if one.state == RESULT and rated.round == _results(tx, one):
        _go(tx, rulebook, one, "closed", in_time=False)


def receive_objection(tx: Tx, rulebook: Rulebook, fact: Fact, objected: ResultObjected) -> None:
    """Open the case again, also one that closed meanwhile, as long as it came in time.

    Raises NotYet.
    """
    one = _case(tx, fact)
    if not add_objection(tx.connection, one.id, nth=objected.round, seq=objected.seq, at=fact.at):
        return
    if objected.round != _results(tx, one):
        return
    judged = main_of(tx.connection, one)
    in_time = _is_in_time(tx, judged, fact)
    if judged.state == RESULT or (judged.state == "closed" and in_time):
        _go(tx, rulebook, judged, "reopened", in_time=in_time)


def _go(tx: Tx, rulebook: Rulebook, one: Case, to_state: str, *, in_time: bool) -> None:
    known = history_facts(rulebook, one, moves_of(tx.connection, one.id))
    known = replace(known, has_reason=True, objects_in_time=in_time)
    move(one.state, to_state, "reporter", known)
    shift(tx, rulebook, one, Moved(one.state, to_state, tx.at, None), holder=one.holder)


def _results(tx: Tx, one: Case) -> int:
    """How many results this case's reporter was told: its own, and those of a main case."""
    own = [past.to_state for past in moves_of(tx.connection, one.id)]
    return [*own, *main_states(tx.connection, one.id)].count(RESULT)


def _is_in_time(tx: Tx, one: Case, fact: Fact) -> bool:
    runs = [run for run in clocks_of(tx.connection, one.id) if run.name == RESPONSE]
    return bool(runs) and fact.at <= runs[-1].due_at + GRACE


def _case(tx: Tx, fact: Fact) -> Case:
    one = case_by_id(tx.connection, fact.subject) if fact.subject else None
    if one is None:
        raise NotYet
    return one
