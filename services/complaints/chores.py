"""What time alone makes the public service do."""

from __future__ import annotations

from services.complaints.actions.accept_evidence_part import forget_unclaimed
from shared.service import Chore, House


def _forget_unclaimed(house: House) -> int:
    return forget_unclaimed(house.transactions, house.blobs)


CHORES = (Chore("evidence.forget", 900.0, _forget_unclaimed),)
