"""Take in which sealed files a reporter's letter brought."""

from __future__ import annotations

from services.triage.store.cases import Evidence, add_evidence, case_by_id
from shared.contracts.fact import Fact
from shared.contracts.reporting import EvidenceAdded
from shared.messaging.inbox import NotYet
from shared.messaging.tx import Tx


def receive_evidence(tx: Tx, fact: Fact, added: EvidenceAdded) -> None:
    """The files stand behind those of earlier letters; twice is fine. Raises NotYet."""
    one = case_by_id(tx.connection, fact.subject) if fact.subject else None
    if one is None:
        raise NotYet
    files = [Evidence(str(file["sha256"]), int(file["size"])) for file in added.files]
    add_evidence(tx.connection, one.id, files, after=added.seq)
