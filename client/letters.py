"""Opens the letters of a mailbox in their places, and seals the reporter's answer."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from client.api import Directory
from client.filing import SealedFile
from client.refusals import MailboxEmpty, NotKentongan, UnitWithoutKey
from shared.crypto import record
from shared.crypto.receipt import ReceiptKeys
from shared.crypto.sealing import seal_letter
from shared.crypto.unseal import open_record
from shared.runtime.errors import Refusal


@dataclass(frozen=True, repr=False)
class Letter:
    """One opened letter and how many `files` it brings; when it cannot be opened `text` is None and
    `fault` the reason's code. `is_kept`: it gave a name, which this key does not open."""

    direction: str
    seq: int
    on: str
    text: str | None
    fault: str | None = None
    files: int = 0
    is_kept: bool = False

    def as_json(self) -> dict[str, Any]:
        """{"direction", "seq", "on", "text"}, with "files" and "fault" when there are any."""
        told: dict[str, Any] = {
            "direction": self.direction,
            "seq": self.seq,
            "on": self.on,
            "text": self.text,
        }
        told |= {"files": self.files} if self.files else {}
        told |= {"name": "kept"} if self.is_kept else {}
        return told if self.fault is None else {**told, "fault": self.fault}


def read_letters(mailbox: dict[str, Any], keys: ReceiptKeys) -> list[Letter]:
    """Every letter in the server's order, without the complaint itself ("in" 0)."""
    gone = mailbox.get("gone") or {}
    previous = {way: str(place["sha256"]) for way, place in gone.items() if place}
    letters = []
    for one in mailbox["letters"]:
        envelope = _envelope(one)
        direction, seq = str(one["direction"]), int(one["seq"])
        if not (direction == "in" and seq == 0):
            letters.append(_opened(mailbox, one, envelope, previous.get(direction, ""), keys))
        previous[direction] = record.sha256_hex(envelope)
    return letters


def _opened(
    mailbox: dict[str, Any], one: dict[str, Any], envelope: bytes, prev: str, keys: ReceiptKeys
) -> Letter:
    place = (str(one["direction"]), int(one["seq"]), str(one["on"]))
    try:
        header, body = open_record(envelope, keys.box_identity)
        record.check_place(header, str(mailbox["case"]), one["direction"], one["seq"], prev)
    except Refusal as refusal:
        return Letter(*place, None, refusal.code)
    text, files = body.get("text", body.get("name", "")), len(header.attachments)
    return Letter(*place, text, files=files, is_kept="kept" in body)


def compose_reply(
    mailbox: dict[str, Any],
    *,
    directory: Directory,
    keys: ReceiptKeys,
    text: str,
    files: Sequence[SealedFile] = (),
) -> dict[str, Any]:
    """{"seq", "envelope"} and, with files, "evidence": the reporter's next letter as it is sent.

    Raises MailboxEmpty, UnitWithoutKey, TooLong.
    """
    if not mailbox["case"]:
        raise MailboxEmpty
    unit = directory.units.get(mailbox["unit"])
    if unit is None:
        raise UnitWithoutKey("unit")
    last, prev = _newest(mailbox)
    seq = last + 1
    envelope = seal_letter(
        case=mailbox["case"],
        direction="in",
        seq=seq,
        prev=prev,
        unit=mailbox["unit"],
        epoch=unit.epoch,
        text=text,
        attachments=[file.attachment for file in files],
        recipients=(unit.recipient, directory.oversight, keys.box_recipient),
    )
    sealed = base64.b64encode(envelope).decode("ascii")
    letter: dict[str, Any] = {"seq": seq, "envelope": sealed}
    return letter | ({"evidence": [file.described() for file in files]} if files else {})


def _newest(mailbox: dict[str, Any]) -> tuple[int, str]:
    """Number and hash of the reporter's newest letter, deleted ones included; MailboxEmpty."""
    sent = [one for one in mailbox["letters"] if one["direction"] == "in"]
    if sent:
        return int(sent[-1]["seq"]), record.sha256_hex(_envelope(sent[-1]))
    place = (mailbox.get("gone") or {}).get("in")
    if not place:
        raise MailboxEmpty
    return int(place["seq"]), str(place["sha256"])


def check_mailbox(value: dict[str, Any]) -> dict[str, Any]:
    """The mailbox itself when it has every key; NotKentongan."""
    if not {"status", "desk", "case", "unit", "steps", "letters"} <= value.keys():
        raise NotKentongan("to")
    return value


def _envelope(one: dict[str, Any]) -> bytes:
    try:
        return base64.b64decode(one["envelope"], validate=True)
    except (binascii.Error, KeyError, TypeError, ValueError):
        raise NotKentongan("to") from None
