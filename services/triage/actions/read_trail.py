"""Record that an auditor reads the trail: who watches is watched too."""

from __future__ import annotations

from services.triage.store.people import Person
from shared.contracts.audit import TrailRead
from shared.messaging.tx import Tx


def read_trail(tx: Tx, who: Person, what: str, *, case: str | None = None) -> None:
    """The fact trail.read, about the case with this id where one case was asked for."""
    tx.record(TrailRead(what), subject=case, by=who.name)
