"""Take in one sealed part of a file, and forget parts that no complaint came to claim."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from services.complaints import store
from services.complaints.domain.filing import Evidence
from shared.messaging.tx import Transactions, Tx
from shared.runtime.blobs import Blobs
from shared.runtime.database import insert_once
from shared.runtime.errors import Unavailable

KEEP_DAYS = 2


class NoRoom(Unavailable):
    """Tempat bukti sedang penuh. Coba lagi nanti, atau kirim laporan tanpa bukti ini."""

    code = "evidence_no_room"


def note_evidence_part(
    tx: Tx, name: str, part: int, size_bytes: int, most_bytes: int, *, draft: bytes | None = None
) -> None:
    """Note the part before its bytes are written; raises NoRoom when too much lies unclaimed.

    `draft` is the row of the report that it goes with, should nobody send it.
    """
    if store.bytes_waiting(tx.connection) + size_bytes > most_bytes:
        raise NoRoom("part")
    row = {"name": name, "part": part, "size": size_bytes, "day": tx.at.date(), "draft": draft}
    insert_once(tx.connection, store.evidence_part, row)


def claim_evidence(blobs: Blobs, evidence: Sequence[Evidence]) -> None:
    """Join the parts a complaint names, before its transaction; raises BlobMissing."""
    for one in evidence:
        blobs.join(one.name, one.size, one.sha256)


def drop_parts(blobs: Blobs, evidence: Sequence[Evidence]) -> None:
    """The joined files stand; their parts go."""
    for one in evidence:
        blobs.drop_parts(one.name)


def forget_unclaimed(transactions: Transactions, blobs: Blobs) -> int:
    """Drop uploads that nobody claimed for two days; returns how many."""
    with transactions.begin() as tx:
        names = store.stale_names(tx.connection, _before(tx.at.date()))
        store.forget_parts(tx.connection, names)
    for name in names:
        blobs.drop_parts(name)
    return len(names)


def _before(day: date) -> date:
    return day - timedelta(days=KEEP_DAYS)
