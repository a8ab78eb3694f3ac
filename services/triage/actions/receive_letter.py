"""Take in the reporter's letter: sealed bytes for the case's readers."""

from __future__ import annotations

from services.triage.actions.move_case import history_facts, shift
from services.triage.domain.lifecycle import move
from services.triage.store.cases import case_by_id
from services.triage.store.letters import add_letter
from services.triage.store.moves import Moved, moves_of
from shared.contracts.fact import Fact
from shared.messaging.inbox import NotYet
from shared.messaging.tx import Tx
from shared.rulebook import Rulebook


def receive_letter(tx: Tx, rulebook: Rulebook, fact: Fact, seq: int) -> None:
    """Keep letter `seq` of fact.subject's case; twice is fine. Raises NotYet before its case.

    A case that waited for the reporter goes back to where it came from.
    """
    one = case_by_id(tx.connection, fact.subject) if fact.subject else None
    if one is None:
        raise NotYet
    envelope = fact.parts["envelope"]
    if not add_letter(tx.connection, one.id, place=("in", seq), envelope=envelope, at=fact.at):
        return
    if one.state == "waiting_reporter":
        known = history_facts(rulebook, one, moves_of(tx.connection, one.id))
        move(one.state, known.came_from, "reporter", known)
        moved = Moved(one.state, known.came_from, tx.at, None)
        shift(tx, rulebook, one, moved, holder=one.holder)
