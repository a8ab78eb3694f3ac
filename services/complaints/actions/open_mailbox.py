"""Look into a mailbox: its sealed content, and, for a browser without JavaScript, opened.

The only place of this service that may open anything, and it opens only what the visitor's own
receipt opens.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.engine import Connection, Row

from services.complaints import store
from services.complaints.domain.mailbox import (
    EMPTY,
    Letter,
    Mailbox,
    MailboxEmpty,
    Step,
    places_of,
    promises_of,
)
from shared.contracts import decode
from shared.crypto import record
from shared.crypto.errors import CannotOpen, MalformedEnvelope, MalformedRecord, Misplaced
from shared.crypto.receipt import ReceiptKeys
from shared.crypto.unseal import open_record
from shared.messaging.tx import Tx


@dataclass(frozen=True, repr=False)
class Opened:
    """One letter in plain text; `body` None when it cannot be opened or stands in a wrong place.
    `files` is how many sealed files it brings."""

    direction: str
    seq: int
    on: date
    body: dict[str, str] | None
    files: int = 0

    @property
    def is_named(self) -> bool:
        """Whether the reporter's name stands in it, sealed apart or, in old ones, as it is."""
        body = self.body or {}
        return "kept" in body or "name" in body or ":" in body.get("contact_wish", "")


def open_mailbox(connection: Connection, lookup: bytes, sign: bytes) -> Mailbox:
    """What lies under these keys; EMPTY for an unknown mailbox and for another's key alike."""
    found = store.complaint_by_keys(connection, lookup, sign)
    if found is None:
        return EMPTY
    return _mailbox(connection, found, letters_in(connection, found.case, found.day, found.gone))


def hold_mailbox(tx: Tx, lookup: bytes, sign: bytes) -> Mailbox:
    """The mailbox without its letters, and nobody else acts in it until the transaction ends.

    Raises MailboxEmpty for an unknown mailbox and for another's key alike.
    """
    found = store.lock_complaint(tx.connection, lookup, sign)
    if found is None:
        raise MailboxEmpty("mailbox")
    return _mailbox(tx.connection, found, ())


def _mailbox(connection: Connection, found: Row[Any], letters: tuple[Letter, ...]) -> Mailbox:
    return Mailbox(
        case=found.case,
        unit=found.unit,
        desk=found.desk,
        steps=_steps(found, store.progress_of(connection, found.case)),
        letters=letters,
        gone=places_of(found.gone),
        has_contact=store.has_told(connection, found.case, "contact.left"),
        keepers=None if found.keepers is None else tuple(found.keepers),
    )


def _steps(found: Row[Any], rows: Any) -> tuple[Step, ...]:
    """The case's steps; before triage has opened it, the one that it was received."""
    steps: list[Step] = []
    if all(row.state != "received" for row in rows):
        listed = [{"clock": p["step"], "due_on": p["by"]} for p in found.answer["promised"]]
        steps.append(Step("received", found.day, promises_of(listed)))
    # The first step comes first, even when a retry on the road made it arrive later.
    for row in sorted(rows, key=lambda row: row.state != "received"):
        state = row.state or (steps[-1].state if steps else "received")
        promised = promises_of(row.promised)
        told = row.told or {}
        steps.append(Step(state, row.day, promised, row.is_late, row.event, told, row.missed_on))
    return tuple(steps)


def letters_in(
    connection: Connection, case: str, filed_on: date, gone: Mapping[str, Any] | None
) -> tuple[Letter, ...]:
    """The sealed letters that stand; the complaint itself first, unless letters were deleted."""
    body = None if gone else store.fact_body(connection, case, "complaint.submitted")
    first = () if body is None else (Letter("in", 0, filed_on, decode(body).parts["envelope"]),)
    rows = store.letters_of(connection, case)
    return first + tuple(Letter(r.direction, r.seq, r.day, bytes(r.envelope)) for r in rows)


def open_letters(mailbox: Mailbox, keys: ReceiptKeys) -> list[Opened]:
    """Every letter in plain text, each checked to stand where its writer put it."""
    before = {"in": "", "out": ""} | {way: place.sha256 for way, place in mailbox.gone.items()}
    opened = []
    for letter in mailbox.letters:
        prev = before[letter.direction]
        before[letter.direction] = record.sha256_hex(letter.envelope)
        body, files = _open(letter, mailbox.case or "", prev, keys)
        opened.append(Opened(letter.direction, letter.seq, letter.on, body, files))
    return opened


def _open(
    letter: Letter, case: str, prev: str, keys: ReceiptKeys
) -> tuple[dict[str, str] | None, int]:
    try:
        header, body = open_record(letter.envelope, keys.box_identity)
        record.check_place(header, case, letter.direction, letter.seq, prev)
    except (CannotOpen, MalformedEnvelope, MalformedRecord, Misplaced):
        return None, 0
    return body, len(header.attachments)
