"""Delete every letter a reporter can reach here; the unit keeps its own copies.

A fact that is still to be sent is emptied by the chore, once it has left.
"""

from __future__ import annotations

import hashlib
from typing import Any

from services.complaints import store
from services.complaints.actions.open_mailbox import hold_mailbox, letters_in
from services.complaints.domain.deeds import DELETED
from shared.messaging.tx import Transactions, Tx

# The facts of this service that carry a reporter's own envelopes.
SEALED_FACTS = ("complaint.submitted", "reply.received")


def delete_letters(tx: Tx, *, lookup: bytes, sign: bytes) -> bool:
    """Letters, and the sealed bytes in the facts that told of them; the case's steps stay.

    False when there was nothing to delete. Raises MailboxEmpty.
    """
    mailbox = hold_mailbox(tx, lookup, sign)
    if mailbox.case is None:
        return False
    letters = letters_in(tx.connection, mailbox.case, mailbox.steps[0].on, mailbox.gone)
    if not letters:
        return False
    gone: dict[str, Any] = {
        way: {"seq": place.seq, "sha256": place.sha256} for way, place in mailbox.gone.items()
    }
    for letter in letters:
        sha256 = hashlib.sha256(letter.envelope).hexdigest()
        gone[letter.direction] = {"seq": letter.seq, "sha256": sha256}
    store.delete_letters(tx.connection, mailbox.case, gone)
    store.empty_bodies(tx.connection, SEALED_FACTS, mailbox.case)
    store.add_progress(tx.connection, mailbox.case, tx.at.date(), event=DELETED)
    return True


def empty_what_left(transactions: Transactions) -> int:
    """Empty the facts that were still unsent when their letters were deleted; how many cases."""
    with transactions.begin() as tx:
        cases = store.emptying(tx.connection)
        return sum(store.empty_bodies(tx.connection, SEALED_FACTS, case) for case in cases)
