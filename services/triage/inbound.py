"""What triage hears over the road, and which action answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from services.triage.actions.open_case import open_case
from services.triage.actions.receive_letter import receive_letter
from shared.contracts import Fact, MalformedFact
from shared.contracts.facts import ComplaintSubmitted, ReplyReceived
from shared.messaging.tx import Tx
from shared.service import House


def on_complaint(tx: Tx, fact: Fact, house: House) -> None:
    """complaint.submitted: open its case."""
    if not isinstance(fact.payload, ComplaintSubmitted):
        raise MalformedFact("payload")
    open_case(tx, house.rulebook, house.settings.identity, fact, fact.payload)


def on_reply(tx: Tx, fact: Fact, house: House) -> None:
    """reply.received: keep the reporter's letter."""
    if not isinstance(fact.payload, ReplyReceived):
        raise MalformedFact("payload")
    receive_letter(tx, house.rulebook, fact, fact.payload.seq)


INBOUND: Mapping[str, Callable[[Tx, Fact, House], None]] = {
    ComplaintSubmitted.type: on_complaint,
    ReplyReceived.type: on_reply,
}
