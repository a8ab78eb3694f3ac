"""Leave an address after all: sealed to notify, once, never taken back here."""

from __future__ import annotations

from services.complaints import store
from services.complaints.actions.open_mailbox import hold_mailbox
from services.complaints.domain.deeds import CONTACT_LEFT, ContactStands
from shared.contracts.facts import ContactLeft
from shared.messaging.tx import Tx


def leave_contact(
    tx: Tx, *, lookup: bytes, sign: bytes, contact: bytes, digest: bytes, lang: str
) -> bool:
    """Tell of the address; False when this very one was left before.

    `digest` recognises the same address, or the same sealed bytes. Raises MailboxEmpty and
    ContactStands (another address stands, or one was left with the complaint).
    """
    mailbox = hold_mailbox(tx, lookup, sign)
    told = {"digest": digest.hex()}
    if any(step.event == CONTACT_LEFT and step.told == told for step in mailbox.steps):
        return False
    if mailbox.has_contact or mailbox.case is None:
        raise ContactStands("contact")
    store.add_progress(tx.connection, mailbox.case, tx.at.date(), event=CONTACT_LEFT, told=told)
    tx.record(ContactLeft(lang=lang), subject=mailbox.case, parts={"contact": contact})
    return True
