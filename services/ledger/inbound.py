"""What the ledger does on the one fact it hears."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from services.ledger.actions.store_commitments import store_commitments
from shared.contracts import Fact
from shared.messaging.tx import Tx

if TYPE_CHECKING:
    from shared.service import House


def _commitments_sent(tx: Tx, fact: Fact, _house: House) -> None:
    store_commitments(tx, fact)


INBOUND: Mapping[str, Callable[[Tx, Fact, House], None]] = {"commitments.sent": _commitments_sent}
