"""Store the commitments of one batch, each exactly once."""

from __future__ import annotations

from services.ledger import store
from services.ledger.domain.entry import CommitmentConflict, MalformedEntry, parse_entries
from shared.contracts import Fact
from shared.contracts.facts import CommitmentsSent
from shared.messaging.tx import Tx


def store_commitments(tx: Tx, fact: Fact) -> int:
    """Store what is new of the batch; returns how many entries were.

    Raises MalformedEntry, and CommitmentConflict when a tag stands with another commitment: then
    nothing of the batch is stored, the first one stays as it is.
    """
    if not isinstance(fact.payload, CommitmentsSent):
        raise MalformedEntry("payload")
    entries = parse_entries(fact.parts["entries"], fact.payload.count)
    added = store.add_entries(tx.connection, entries, tx.now.date())
    if added < len(entries) and store.standing(tx.connection, entries) < len(entries):
        raise CommitmentConflict("entries")
    return added
