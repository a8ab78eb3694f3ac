"""What time alone makes the public service do."""

from __future__ import annotations

from services.complaints.actions.accept_evidence_part import forget_unclaimed
from services.complaints.actions.delete_letters import empty_what_left
from services.complaints.actions.keep_draft import forget_drafts
from shared.service import Chore, House


def _forget_unclaimed(house: House) -> int:
    return forget_unclaimed(house.transactions, house.blobs)


def _empty_what_left(house: House) -> int:
    return empty_what_left(house.transactions)


def _forget_drafts(house: House) -> int:
    with house.database.begin() as connection:
        return forget_drafts(connection, house.clock.now())


CHORES = (
    Chore("evidence.forget", 900.0, _forget_unclaimed),
    Chore("letters.empty", 300.0, _empty_what_left),
    Chore("drafts.forget", 600.0, _forget_drafts),
)
