"""Take a reporter's letter in, in its place, once."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.engine import Connection

from services.complaints import store
from services.complaints.domain.filing import Evidence, UnitKey
from services.complaints.domain.mailbox import (
    Mailbox,
    MailboxEmpty,
    WrongSeq,
    expected_seq,
    next_place,
    places_of,
)
from services.complaints.settings import ComplaintsSettings
from shared.contracts.facts import ReplyReceived
from shared.contracts.reporting import EvidenceAdded
from shared.crypto.receipt import ReceiptKeys
from shared.crypto.record import Attachment
from shared.crypto.sealing import seal_letter
from shared.messaging.tx import Tx


@dataclass(frozen=True, repr=False)
class Reply:
    """A reporter's sealed letter `seq`; `digest` recognises the same one sent twice, `evidence`
    are files uploaded before, which its header names."""

    seq: int
    envelope: bytes
    digest: bytes
    evidence: tuple[Evidence, ...] = ()


def receive_reply(tx: Tx, *, lookup: bytes, sign: bytes, reply: Reply) -> bool:
    """Keep the letter and tell of it; False when this very letter was kept before.

    Raises MailboxEmpty (nobody filed with these keys, or not with this one) and WrongSeq.
    """
    found = store.lock_complaint(tx.connection, lookup, sign)
    if found is None:
        raise MailboxEmpty("mailbox")
    last = store.last_letter(tx.connection, found.case, "in")
    if last and last.seq == reply.seq and hmac.compare_digest(bytes(last.digest), reply.digest):
        return False
    gone = places_of(found.gone).get("in")
    expected = expected_seq(last.seq if last else gone.seq if gone else None)
    if reply.seq != expected:
        raise WrongSeq("seq", expected=expected)
    store.add_letter(
        tx.connection,
        {
            "case": found.case,
            "direction": "in",
            "seq": reply.seq,
            "day": tx.at.date(),
            "digest": reply.digest,
            "envelope": reply.envelope,
        },
    )
    parts = {"envelope": reply.envelope}
    tx.record(ReplyReceived(seq=reply.seq), subject=found.case, parts=parts)
    if reply.evidence:
        files = [{"sha256": one.sha256, "size": one.size} for one in reply.evidence]
        tx.record(EvidenceAdded(reply.seq, files), subject=found.case)
        store.forget_parts(tx.connection, [one.name for one in reply.evidence])
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
    kind: str = "letter",
    unit_key: UnitKey,
    settings: ComplaintsSettings,
    attachments: Sequence[Attachment] = (),
) -> bytes:
    """The envelope of the reporter's letter `seq`; `text` is the sealed name where `kind` is
    "identity". Raises MailboxEmpty, WrongSeq, TooLong."""
    if mailbox.case is None or mailbox.unit is None:
        raise MailboxEmpty("mailbox")
    place = next_place(mailbox)
    if seq != place.seq:
        raise WrongSeq("seq", expected=place.seq)
    return seal_letter(
        case=mailbox.case,
        direction="in",
        seq=seq,
        prev=place.sha256,
        unit=mailbox.unit,
        epoch=unit_key.epoch,
        text=text,
        kind=kind,
        attachments=attachments,
        recipients=(unit_key.recipient, settings.oversight_recipient, keys.box_recipient),
    )


def reply_digest(keys: ReceiptKeys, seq: int, text: str) -> bytes:
    """Recognises the same typed reply sent twice; keyed, so that it tells nothing of the text."""
    return hmac.digest(keys.once_key, f"reply\x00{seq}\x00{text}".encode(), hashlib.sha256)
