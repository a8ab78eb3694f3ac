"""What the public service must be told before it starts."""

from __future__ import annotations

from dataclasses import dataclass

from shared.crypto.errors import MalformedRecipient
from shared.crypto.hybrid import public_key
from shared.runtime.settings import a_count, setting
from shared.service import ServiceSettings


def a_recipient(text: str) -> str:
    """An `age1pq1…` public key."""
    try:
        public_key(text.strip())
    except MalformedRecipient as fault:
        raise ValueError("must be a recipient age1pq1…") from fault
    return text.strip()


def a_proof_cost(text: str) -> int:
    """1 to 2,000,000 tries (ADR 18); there is no way to ask for none."""
    cost = int(text)
    if not 1 <= cost <= 2_000_000:
        raise ValueError("must be from 1 to 2,000,000 tries")
    return cost


@dataclass(frozen=True)
class ComplaintsSettings(ServiceSettings):
    """Whom the intake seals to, and how much one machine may be asked at once."""

    triage_recipient: str = setting(
        "KENTONGAN_TRIAGE_RECIPIENT", a_recipient, help="Opens disclosed facts."
    )
    notify_recipient: str = setting(
        "KENTONGAN_NOTIFY_RECIPIENT", a_recipient, help="Opens contact addresses."
    )
    oversight_recipient: str = setting(
        "KENTONGAN_OVERSIGHT_RECIPIENT", a_recipient, help="The offline key that bypasses a unit."
    )
    waiting: int = setting(
        "KENTONGAN_WAITING",
        a_count,
        default=1250,  # one lane holds 250: 200 bots and the people between them
        help="Requests of one process that may wait, a fifth for each of five lanes.",
    )
    derivations: int = setting(
        "KENTONGAN_DERIVATIONS", a_count, default=2, help="Argon2 at once, 19 MiB each."
    )
    forms_per_second: int = setting(
        "KENTONGAN_FORMS_PER_SECOND",
        a_count,
        default=10,
        help="Receipts one process derives in a second for people without JavaScript.",
    )
    drafts_per_second: int = setting(
        "KENTONGAN_DRAFTS_PER_SECOND",
        a_count,
        default=3,
        help="Reports one process lets people begin in a second without JavaScript.",
    )
    most_drafts: int = setting(
        "KENTONGAN_MOST_DRAFTS",
        a_count,
        default=50_000,
        help="How many drafts may lie here, 4 to 128 KiB each; those that do are never touched.",
    )
    free_openings: int = setting(
        "KENTONGAN_FREE_OPENINGS",
        a_count,
        default=120,
        help="Mailbox requests a minute one process answers without a proof of work.",
    )
    proof_cost: int = setting(
        "KENTONGAN_PROOF_COST",
        a_proof_cost,
        default=200_000,
        help="Most tries of a proof of work; half of it on average.",
    )
    uploads: int = setting(
        "KENTONGAN_UPLOADS", a_count, default=4, help="Forms with files at once, 25 MB each."
    )
    evidence_bytes: int = setting(
        "KENTONGAN_EVIDENCE_BYTES",
        a_count,
        default=2 << 30,
        help="How much unclaimed evidence may wait here.",
    )
