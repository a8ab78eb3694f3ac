"""Acting on delivered facts once: inbox rows and effects in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection

from shared.contracts.fact import Fact
from shared.messaging.tables import ROAD
from shared.messaging.tx import Transactions, Tx
from shared.runtime.errors import Refused

Inbound = Mapping[str, Callable[[Tx, Fact], None]]


class NoAction(Refused):
    """Layanan ini tidak menangani jenis pesan ini. Perbarui layanan ini."""

    code = "no_action"


class NotYet(Exception):
    """What this fact builds on has not arrived: facts may overtake each other on the road.

    An action raises it to be asked again later; it waits longer than for other faults.
    """


def act_on(transactions: Transactions, inbound: Inbound, facts: Sequence[Fact]) -> int:
    """Act on those of `facts` this service has not acted on, all or none; how many.

    Each action gets a Tx whose cause is its fact and whose time is the fact's. Raises what an
    action raises; then nothing of the batch has happened.
    """
    acted = 0
    with transactions.database.begin() as connection:
        fresh = _enter(connection, facts, transactions)
        for fact in facts:
            if fact.id in fresh:
                fresh.remove(fact.id)
                tx = transactions.join(connection, at=fact.at, cause=fact.id)
                inbound[fact.type](tx, fact)
                acted += 1
    return acted


def _enter(connection: Connection, facts: Sequence[Fact], transactions: Transactions) -> set[str]:
    """Put the ids in the inbox; those that were not there. In order, so that no two batches lock
    each other out."""
    day = transactions.clock.now().date()
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    statement = dialect.insert(ROAD.inbox).on_conflict_do_nothing().returning(ROAD.inbox.c.fact_id)
    rows = [{"fact_id": id, "day": day} for id in sorted({fact.id for fact in facts})]
    return set(connection.execute(statement, rows).scalars())
