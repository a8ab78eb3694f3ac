"""Record, once, that the desk works by another rulebook than before."""

from __future__ import annotations

from services.triage.store.adoptions import Adoption, add_adoption, adoptions
from shared.contracts.rules import RulebookAdopted
from shared.messaging.tx import Tx
from shared.rulebook.changes import Marks, in_short


def adopt_rulebook(tx: Tx, version: str, marks: Marks) -> bool:
    """True when `version` is not what the desk worked by until now, and nobody said so yet.

    Going back to an earlier rulebook is an adoption too. The fact's commitment stands in the
    ledger, so that a rule cannot be said to have been there before it was.
    """
    last = next(iter(adoptions(tx.connection, 1)), None)
    if last is not None and last.version == version:
        return False
    changes = in_short(last.marks, marks) if last else []
    number = last.number + 1 if last else 1
    if not add_adoption(tx.connection, Adoption(number, version, tx.at, changes, marks)):
        return False
    tx.record(RulebookAdopted(version, last.version if last else "", changes))
    return True
