"""Record, once, that the desk works by another rulebook than before."""

from __future__ import annotations

from dataclasses import dataclass

from services.triage.store.adoptions import (
    APPROVED,
    FIRST,
    RELEASED,
    UNAPPROVED,
    Adoption,
    add_adoption,
    adoptions,
)
from services.triage.store.rulebooks import approval_of, keep_file
from shared.contracts.proposing import RulebookUnapproved
from shared.contracts.rules import RulebookAdopted
from shared.messaging.tx import Tx
from shared.rulebook.carrying import Packed
from shared.rulebook.changes import Marks, in_short


@dataclass(frozen=True)
class Living:
    """The tables a process lives by; `is_ours` when they came with the program, `reason` what the
    operator who put them in place without approval gave."""

    rules: Packed
    marks: Marks
    is_ours: bool
    reason: str = ""


def adopt_rulebook(tx: Tx, now: Living) -> bool:
    """True when `now` is not what the desk worked by until now, and nobody said so yet.

    Going back to an earlier rulebook is an adoption too. The fact's commitment stands in the
    ledger, so that a rule cannot be said to have been there before it was. Whether two people
    approved is the desk's own record, not what lies beside the tables.
    """
    version = now.rules.version
    keep_file(tx.connection, now.rules)
    last = next(iter(adoptions(tx.connection, 1)), None)
    if last is not None and last.version == version:
        return False
    changes = in_short(last.marks, now.marks) if last else []
    number, way = last.number + 1 if last else 1, _way(tx, now, is_first=last is None)
    reason = now.reason if way == UNAPPROVED else ""
    one = Adoption(number, version, tx.at, changes, now.marks, way, reason)
    if not add_adoption(tx.connection, one):
        return False
    tx.record(RulebookAdopted(version, last.version if last else "", changes))
    if way == UNAPPROVED:
        tx.record(RulebookUnapproved(version, reason))
    return True


def _way(tx: Tx, now: Living, *, is_first: bool) -> str:
    if is_first:
        return FIRST
    if now.is_ours:
        return RELEASED
    return APPROVED if approval_of(tx.connection, now.rules.digest) else UNAPPROVED
