"""What time alone makes the public service do."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from services.complaints.actions.accept_evidence_part import forget_unclaimed
from services.complaints.actions.delete_letters import empty_what_left
from services.complaints.actions.keep_draft import forget_drafts
from services.complaints.store.drafts import count_drafts
from services.complaints.store.tally import total_of
from shared.service import Chore, House


def _forget_unclaimed(house: House) -> int:
    return forget_unclaimed(house.transactions, house.blobs)


def _empty_what_left(house: House) -> int:
    return empty_what_left(house.transactions)


def _forget_drafts(house: House) -> int:
    return forget_drafts(house.transactions, house.blobs, house.clock.now())


CHORES = (
    Chore("evidence.forget", 900.0, _forget_unclaimed),
    Chore("letters.empty", 300.0, _empty_what_left),
    Chore("drafts.forget", 600.0, _forget_drafts),
)


def _drafts(house: House) -> float:
    with house.database.read() as connection:
        return float(count_drafts(connection))


def _total(name: str) -> Callable[[House], float]:
    def read(house: House) -> float:
        with house.database.read() as connection:
            return float(total_of(connection, name))

    return read


# Totals since the beginning: what is watched is how fast they grow.
GAUGES: Mapping[str, Callable[[House], float]] = {
    "refused_proofs": _total("refused_proofs"),
    "busy_sendings": _total("busy_sendings"),
    "busy_openings": _total("busy_openings"),
    "busy_beginnings": _total("busy_beginnings"),
    "busy_pages": _total("busy_pages"),
    "busy_requests": _total("busy_requests"),
    "drafts": _drafts,
}
