"""Seal a complaint, a letter, or small facts for one service's key."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from shared.crypto import age, padding, record
from shared.crypto.padding import KIB
from shared.crypto.record import Attachment, Header

JSON_CLASSES = (1 * KIB, 4 * KIB, 16 * KIB)


def seal_complaint(
    *,
    case: str,
    unit: str,
    epoch: int,
    body: Mapping[str, str],
    recipients: Sequence[str],
    attachments: Sequence[Attachment] = (),
) -> bytes:
    """The envelope of a complaint ("in" 0).

    `body` has "story" and may have asked, paid, who, place, contact_wish, box, kept (a sealed name,
    `keeping.seal_name`, for the same case); `recipients` are the unit's epoch key, oversight and
    the reporter's box, in this order. TooLong, MalformedRecord.
    """
    header = Header(
        kind="complaint",
        case=case,
        direction="in",
        seq=0,
        unit=unit,
        epoch=epoch,
        attachments=tuple(attachments),
    )
    return age.encrypt(record.pack(header, record.write_body("complaint", body)), recipients)


def seal_letter(
    *,
    case: str,
    direction: str,
    seq: int,
    prev: str,
    unit: str,
    epoch: int,
    text: str,
    recipients: Sequence[str],
    attachments: Sequence[Attachment] = (),
    kind: str = "letter",
) -> bytes:
    """The envelope of a letter; seq and prev as `shared.crypto.record` counts them.

    `text` is the sealed name (`keeping.seal_name`) where `kind` is "identity".
    """
    header = Header(
        kind=kind,
        case=case,
        direction=direction,
        seq=seq,
        prev=prev,
        unit=unit,
        epoch=epoch,
        attachments=tuple(attachments),
    )
    body = record.write_body(kind, {"kept" if kind == "identity" else "text": text})
    return age.encrypt(record.pack(header, body), recipients)


def seal_json(content: object, recipient: str) -> bytes:
    """Canonical JSON padded to 1, 4 or 16 KiB, sealed to one key (`unseal.open_json` opens it)."""
    return age.encrypt(padding.pad(record.canonical(content), JSON_CLASSES), [recipient])
