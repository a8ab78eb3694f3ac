"""Seal a reporter's file in memory and keep it in parts, for people whose browser does not.

The file is open in memory only, from its last byte's arrival until it is sealed; what lies on the
disk is sealed under a key that only the draft has.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields

from services.complaints import store
from services.complaints.actions.accept_evidence_part import note_evidence_part
from services.complaints.domain.draft import KeptFile
from services.complaints.domain.filing import Evidence
from shared.crypto.attachment import SealingInParts
from shared.crypto.record import Attachment
from shared.media.cleaning import cleaned
from shared.messaging.tx import Transactions
from shared.runtime.blobs import PART_BYTES, Blobs


def seal_evidence(
    transactions: Transactions,
    blobs: Blobs,
    content: bytearray,
    *,
    shown: str,
    most_bytes: int,
    draft: bytes | None = None,
) -> KeptFile:
    """Clean, seal and keep one file, until its draft's row goes; `content` may be changed.

    Raises what shared.media refuses, and NoRoom when `most_bytes` lie unclaimed; then nothing of
    it is kept.
    """
    media, kept = cleaned(content)
    sealing = SealingInParts(kept, media, PART_BYTES)
    try:
        for number, part in enumerate(sealing):
            with transactions.begin() as tx:
                note_evidence_part(tx, sealing.name, number, len(part), most_bytes, draft=draft)
            blobs.put_part(sealing.name, number, part)
    except BaseException:
        drop_evidence(transactions, blobs, [sealing.name])
        raise
    entry = sealing.attachment
    return KeptFile(
        shown=shown,
        name=entry.name,
        size=entry.size,
        media=entry.media,
        sha256=entry.sha256,
        key=entry.key,
        sealed_size=sealing.size_bytes,
    )


def drop_evidence(transactions: Transactions, blobs: Blobs, names: Sequence[str]) -> None:
    """Forget files that no report will claim: taken out again, or their draft is gone."""
    if not names:
        return
    with transactions.begin() as tx:
        store.forget_parts(tx.connection, names)
    for name in names:
        blobs.drop_parts(name)


def attachment_of(file: KeptFile) -> Attachment:
    """What a record's header says of the file."""
    return Attachment(**{one.name: getattr(file, one.name) for one in fields(Attachment)})


def evidence_of(file: KeptFile) -> Evidence:
    """What is claimed when its complaint or letter comes in."""
    return Evidence(file.name, file.sealed_size, file.sha256)
