"""Take a reporter's letter in, in its place, once."""

from __future__ import annotations

import hashlib
import hmac

from sqlalchemy.engine import Connection

from services.complaints import store
from services.complaints.domain.filing import UnitKey
from services.complaints.domain.mailbox import (
    Mailbox,
    MailboxEmpty,
    WrongSeq,
    expected_seq,
)
from services.complaints.settings import ComplaintsSettings
from shared.contracts.facts import ReplyReceived
from shared.crypto import record
from shared.crypto.receipt import ReceiptKeys
from shared.crypto.sealing import seal_letter
from shared.messaging.tx import Tx


def receive_reply(
    tx: Tx, *, lookup: bytes, sign: bytes, seq: int, envelope: bytes, digest: bytes
) -> bool:
    """Keep letter `seq` and tell of it; False when this very letter was kept before.

    Raises MailboxEmpty (nobody filed with these keys, or not with this one) and WrongSeq.
    """
    found = store.lock_complaint(tx.connection, lookup, sign)
    if found is None:
        raise MailboxEmpty("mailbox")
    last = store.last_letter(tx.connection, found.case, "in")
    if last and last.seq == seq and hmac.compare_digest(bytes(last.digest), digest):
        return False
    expected = expected_seq(last.seq if last else None)
    if seq != expected:
        raise WrongSeq("seq", expected=expected)
    store.add_letter(
        tx.connection,
        {
            "case": found.case,
            "direction": "in",
            "seq": seq,
            "day": tx.at.date(),
            "digest": digest,
            "envelope": envelope,
        },
    )
    tx.record(ReplyReceived(seq=seq), subject=found.case, parts={"envelope": envelope})
    return True


def is_kept(connection: Connection, mailbox: Mailbox, seq: int, digest: bytes) -> bool:
    """Whether letter `seq` of this mailbox came in before with this digest."""
    last = store.last_letter(connection, mailbox.case, "in") if mailbox.case else None
    return bool(last and last.seq == seq and hmac.compare_digest(bytes(last.digest), digest))


def seal_reply(
    mailbox: Mailbox,
    keys: ReceiptKeys,
    *,
    seq: int,
    text: str,
    unit_key: UnitKey,
    settings: ComplaintsSettings,
) -> bytes:
    """The envelope of the reporter's letter `seq`; raises MailboxEmpty, WrongSeq, TooLong."""
    sent = mailbox.sent()
    if mailbox.case is None or mailbox.unit is None or not sent:
        raise MailboxEmpty("mailbox")
    if seq != sent[-1].seq + 1:
        raise WrongSeq("seq", expected=sent[-1].seq + 1)
    return seal_letter(
        case=mailbox.case,
        direction="in",
        seq=seq,
        prev=record.sha256_hex(sent[-1].envelope),
        unit=mailbox.unit,
        epoch=unit_key.epoch,
        text=text,
        recipients=(unit_key.recipient, settings.oversight_recipient, keys.box_recipient),
    )


def reply_digest(keys: ReceiptKeys, seq: int, text: str) -> bytes:
    """Recognises the same typed reply sent twice; keyed, so that it tells nothing of the text."""
    return hmac.digest(keys.once_key, f"reply\x00{seq}\x00{text}".encode(), hashlib.sha256)
