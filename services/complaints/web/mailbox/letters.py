"""What is typed on the mailbox page, sealed in memory: letters, a name, an address."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import request

from services.complaints.actions.directory import UnitKeys
from services.complaints.actions.open_mailbox import open_mailbox
from services.complaints.actions.receive_reply import Reply, is_kept, reply_digest, seal_reply
from services.complaints.actions.seal_evidence import attachment_of, evidence_of
from services.complaints.domain.admission import keeper_of, key_of
from services.complaints.domain.draft import KeptFile
from services.complaints.domain.form_refusals import Missing, StoryTooLong
from services.complaints.domain.mailbox import Mailbox, MailboxEmpty
from services.complaints.domain.reading import MOST_LETTERS
from shared.crypto.keeping import seal_name
from shared.crypto.receipt import ReceiptKeys
from shared.service import House


@dataclass(frozen=True, repr=False)
class Opening:
    """An opened mailbox without JavaScript: the house, the units' keys, the receipt's keys."""

    house: House
    keys: UnitKeys
    receipt: ReceiptKeys

    @property
    def who(self) -> dict[str, bytes]:
        """Whose mailbox it is, as the actions ask for it."""
        return {"lookup": self.receipt.lookup, "sign": self.receipt.sign_public}

    def mailbox(self) -> Mailbox:
        """What lies in it now."""
        with self.house.database.read() as connection:
            return open_mailbox(connection, **self.who)


def typed_letter(opening: Opening, field: str = "text", *, kind: str = "letter") -> Reply:
    """The typed text as the next sealed letter, or only its digest where it was kept before.

    Raises Missing, StoryTooLong, MailboxEmpty, WrongSeq.
    """
    text, seq = typed_text(field), typed_number("seq")
    digest = reply_digest(opening.receipt, seq, f"{kind}\x00{text}")
    return next_letter(opening, seq, text, digest, kind=kind)


def next_letter(
    opening: Opening,
    seq: int,
    text: str,
    digest: bytes,
    *,
    kind: str = "letter",
    files: Sequence[KeptFile] = (),
) -> Reply:
    """The letter `seq` sealed, or only its digest where it was kept before; an "identity" holds
    the name sealed apart.

    Raises MailboxEmpty, WrongSeq, TooLong, NoKeeper.
    """
    mailbox = opening.mailbox()
    with opening.house.database.read() as connection:
        if is_kept(connection, mailbox, seq, digest):
            return Reply(seq, b"", digest)
    if mailbox.unit is None:
        raise MailboxEmpty("text")
    if kind == "identity":
        text = _kept(opening, mailbox, seq, text)
    envelope = seal_reply(
        mailbox,
        opening.receipt,
        seq=seq,
        text=text,
        kind=kind,
        unit_key=key_of(opening.keys.current(), mailbox.unit),
        settings=opening.house.settings,
        attachments=[attachment_of(one) for one in files],
    )
    return Reply(seq, envelope, digest, tuple(evidence_of(one) for one in files))


def _kept(opening: Opening, mailbox: Mailbox, seq: int, name: str) -> str:
    """Raises NoKeeper."""
    house = opening.house
    keepers = mailbox.keepers
    if keepers is None:
        keepers = house.rulebook.units.keepers
    return seal_name(
        name,
        case=mailbox.case or "",
        seq=seq,
        keeper=keeper_of(opening.keys.current(), keepers),
        oversight=house.settings.oversight_recipient,
    )


def typed_text(field: str, *, may_be_empty: bool = False) -> str:
    """What stands in `field`; raises Missing, StoryTooLong."""
    text = request.form.get(field, "").replace("\r\n", "\n").strip()
    if not (text or may_be_empty):
        raise Missing(field)
    if len(text) > MOST_LETTERS:
        raise StoryTooLong(field, most=MOST_LETTERS)
    return text


def typed_number(name: str) -> int:
    """A hidden number of the page; 0 for what is none."""
    text = request.form.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
