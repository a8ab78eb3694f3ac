"""What triage hears over the road, and which action answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache

from services.triage.actions.open_case import open_case
from services.triage.actions.receive_evidence import receive_evidence
from services.triage.actions.receive_judgement import receive_objection, receive_rating
from services.triage.actions.receive_letter import receive_letter
from services.triage.actions.receive_withdrawal import receive_withdrawal, take_back_withdrawal
from shared.contracts import Fact, MalformedFact
from shared.contracts.facts import ComplaintSubmitted, ReplyReceived
from shared.contracts.reporting import (
    EvidenceAdded,
    ResultObjected,
    ResultRated,
    WithdrawalAsked,
    WithdrawalTakenBack,
)
from shared.crypto.unseal import Opener
from shared.messaging.tx import Tx
from shared.service import House

_opener = lru_cache(maxsize=4)(Opener)


def on_complaint(tx: Tx, fact: Fact, house: House) -> None:
    """complaint.submitted: open its case."""
    if not isinstance(fact.payload, ComplaintSubmitted):
        raise MalformedFact("payload")
    open_case(tx, house.rulebook, _opener(house.settings.identity), fact, fact.payload)


def on_reply(tx: Tx, fact: Fact, house: House) -> None:
    """reply.received: keep the reporter's letter."""
    if not isinstance(fact.payload, ReplyReceived):
        raise MalformedFact("payload")
    receive_letter(tx, house.rulebook, fact, fact.payload.seq)


def on_withdrawal(tx: Tx, fact: Fact, house: House) -> None:
    """withdrawal.asked and withdrawal.taken_back: keep what waits for a supervisor."""
    if isinstance(fact.payload, WithdrawalAsked):
        receive_withdrawal(tx, house.settings.identity, fact, fact.payload.round)
    elif isinstance(fact.payload, WithdrawalTakenBack):
        take_back_withdrawal(tx, fact, fact.payload.round)
    else:
        raise MalformedFact("payload")


def on_judgement(tx: Tx, fact: Fact, house: House) -> None:
    """result.rated and result.objected: close the case, or open it again."""
    if isinstance(fact.payload, ResultRated):
        receive_rating(tx, house.rulebook, fact, fact.payload)
    elif isinstance(fact.payload, ResultObjected):
        receive_objection(tx, house.rulebook, fact, fact.payload)
    else:
        raise MalformedFact("payload")


def on_evidence(tx: Tx, fact: Fact, _house: House) -> None:
    """evidence.added: keep which sealed files belong to the case."""
    if not isinstance(fact.payload, EvidenceAdded):
        raise MalformedFact("payload")
    receive_evidence(tx, fact, fact.payload)


INBOUND: Mapping[str, Callable[[Tx, Fact, House], None]] = {
    ComplaintSubmitted.type: on_complaint,
    ReplyReceived.type: on_reply,
    WithdrawalAsked.type: on_withdrawal,
    WithdrawalTakenBack.type: on_withdrawal,
    ResultRated.type: on_judgement,
    ResultObjected.type: on_judgement,
    EvidenceAdded.type: on_evidence,
}
