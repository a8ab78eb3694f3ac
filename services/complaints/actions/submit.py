"""Take a complaint in: one row, one fact, once.

What triage's service key opens (the part `disclosed` of complaint.submitted) is canonical JSON:
{"v": 1, "disclosed": {…}, "events_key": base64url, "box": "age1pq1…",
"evidence": [{"name", "size", "sha256"}], "lang": "id" or "en"}.
"""

from __future__ import annotations

import hmac
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.engine import Connection, Row

from services.complaints import store
from services.complaints.domain.filing import Answer, Filing
from shared.contracts.facts import ComplaintSubmitted, ContactLeft
from shared.crypto.encoding import to_base64url
from shared.crypto.sealing import seal_json
from shared.messaging.first import tell_first
from shared.messaging.tx import Transactions, Tx
from shared.rulebook.disclosed import dump_disclosed
from shared.runtime.errors import Conflict


class AnotherStands(Conflict):
    """Laporan dengan kode ini sudah diterima dengan isi lain. Isi yang pertama tetap berlaku."""

    code = "another_stands"


@dataclass(frozen=True)
class Submitted:
    """The answer, and whether the complaint came in just now."""

    answer: Answer
    is_new: bool


def seal_disclosed(filing: Filing, triage_recipient: str) -> bytes:
    """What triage may use, sealed to its service key (0.4 ms: before the transaction)."""
    return seal_json(
        {
            "v": 1,
            "disclosed": dump_disclosed(filing.disclosed),
            "events_key": to_base64url(filing.events_key),
            "box": filing.box,
            "evidence": [asdict(one) for one in filing.evidence],
            "lang": filing.lang,
        },
        triage_recipient,
    )


def submit_at_once(
    transactions: Transactions, filing: Filing, answer: Answer, disclosed: bytes
) -> bool:
    """Keep `filing` and tell of it in one statement, where that is all there is to write.

    False when nothing was written, for whatever reason: `submit` then does it or says why not.
    """
    if filing.contact is not None or filing.evidence:
        return False
    at = transactions.coarse_now()
    return tell_first(
        transactions,
        store.complaint,
        _row(at, filing, answer),
        _told(filing),
        at=at,
        subject=filing.case,
        parts={"envelope": filing.envelope, "disclosed": disclosed},
        events_key=filing.events_key,
    )


def submit(tx: Tx, filing: Filing, answer: Answer, disclosed: bytes) -> Submitted:
    """Keep `filing` and tell of it; the same one again gets the first answer.

    Raises AnotherStands when its case or its mailbox stands already with another content.
    """
    if not store.add_complaint(tx.connection, _row(tx.at, filing, answer)):
        return Submitted(standing_answer(tx.connection, filing), False)
    tx.record(
        _told(filing),
        subject=filing.case,
        parts={"envelope": filing.envelope, "disclosed": disclosed},
        events_key=filing.events_key,
    )
    if filing.contact is not None:
        left = ContactLeft(lang=filing.lang)
        tx.record(left, subject=filing.case, parts={"contact": filing.contact})
    if filing.evidence:
        store.forget_parts(tx.connection, [one.name for one in filing.evidence])
    return Submitted(answer, True)


def standing_answer(connection: Connection, filing: Filing) -> Answer:
    """What the sender of this very filing was told before; raises AnotherStands."""
    found = store.complaint_by_lookup(connection, filing.lookup)
    if found is None or not is_same(found, filing.digest):
        raise AnotherStands("mailbox" if found else "case")
    return Answer.from_json(found.answer)


def was_told(connection: Connection, filing: Filing) -> Answer | None:
    """The answer to this very filing when it came in before, else None."""
    found = store.complaint_by_lookup(connection, filing.lookup)
    return Answer.from_json(found.answer) if found and is_same(found, filing.digest) else None


def is_same(found: Row[Any], digest: bytes) -> bool:
    """Whether a standing complaint is the one with this digest."""
    return hmac.compare_digest(bytes(found.digest), digest)


def _told(filing: Filing) -> ComplaintSubmitted:
    return ComplaintSubmitted(unit=filing.unit, epoch=filing.epoch, lang=filing.lang)


def _row(at: datetime, filing: Filing, answer: Answer) -> dict[str, Any]:
    return {
        "case": filing.case,
        "lookup": filing.lookup,
        "sign": filing.sign,
        "box": filing.box,
        "digest": filing.digest,
        "unit": filing.unit,
        "desk": None,
        "day": at.date(),
        "answer": answer.as_json(),
        "keepers": list(answer.keepers),
        "gone": None,
        "is_emptying": None,
    }
