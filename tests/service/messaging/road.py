"""A small road for the tests: complaints tells, triage acts by writing the fact's id down."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from shared.contracts.fact import Contract, Fact
from shared.contracts.facts import ReplyReceived
from shared.crypto.road import RoadKeys
from shared.messaging import topology
from shared.messaging.carrier import connect
from shared.messaging.consumer import Consumer
from shared.messaging.relay import Relay
from shared.messaging.tables import road_tables
from shared.messaging.tx import Transactions, Tx
from shared.runtime.clock import SystemClock
from shared.runtime.database import Database, new_metadata

KEYS = RoadKeys.of([b"r" * 32])
metadata = new_metadata()
tables = road_tables(metadata)
# No unique key: an effect that happens twice must show.
effect = sa.Table(
    "effect", metadata, sa.Column("fact_id", sa.String(36)), sa.Column("subject", sa.String(36))
)


def write_down(tx: Tx, fact: Fact) -> None:
    """The effect the tests count."""
    tx.connection.execute(sa.insert(effect).values(fact_id=fact.id, subject=fact.subject))


class Road:
    """Both ends of the road over one carrier, with a database each."""

    def __init__(self, carrier_url: str, here: str, there: str) -> None:
        self.url = carrier_url
        self.here, self.there = Database(here), Database(there)
        metadata.create_all(self.here.engine)
        metadata.create_all(self.there.engine)
        self.complaints = Transactions(self.here, SystemClock(), "complaints", timedelta(hours=1))
        self.triage = Transactions(self.there, SystemClock(), "triage")
        self.relay = Relay(self.complaints, carrier_url, KEYS)
        self.consumer = self.consuming(write_down)
        with connect(carrier_url) as connection:
            topology.declare_road(connection)

    def consuming(
        self, act: Callable[[Tx, Fact], None], *, delays: tuple[float, ...] = (0.05, 0.05)
    ) -> Consumer:
        """Let triage act with `act` from now on."""
        if hasattr(self, "consumer"):
            self.consumer.close()
        inbound = {"reply.received": act, "complaint.submitted": act}
        self.consumer = Consumer(self.triage, inbound, self.url, KEYS, "triage", delays=delays)
        return self.consumer

    def tell(self, *subjects: str, payload: Contract | None = None) -> list[Fact]:
        """Record a reply for each subject."""
        with self.complaints.begin() as tx:
            return [
                tx.record(payload or ReplyReceived(seq=1), subject=s, parts={"envelope": b"sealed"})
                for s in subjects
            ]

    def carry(self) -> None:
        """Relay until a step has nothing to do."""
        while self.relay.step() == 0.0:
            pass

    def unsent(self) -> list[str]:
        """The subjects of the facts not yet confirmed."""
        fact = tables.fact
        query = sa.select(fact.c.subject).where(sa.not_(fact.c.sent)).order_by(fact.c.position)
        with self.here.read() as connection:
            return list(connection.execute(query).scalars())

    def unmark(self) -> None:
        """Forget that the facts were sent, as a relay does that dies before it marks them."""
        with self.here.begin() as connection:
            connection.execute(sa.update(tables.fact).values(sent=False))

    def effects(self) -> list[str]:
        """The subjects acted on, sorted; one that was acted on twice stands twice."""
        with self.there.read() as connection:
            return sorted(connection.execute(sa.select(effect.c.subject)).scalars())

    def consume(self, until: Callable[[], bool], seconds: float = 20) -> None:
        """Let triage work until it holds; AssertionError when it does not in time."""
        deadline = time.monotonic() + seconds
        while not until():
            assert time.monotonic() < deadline, "the consumer did not get there"
            self.consumer.step()

    def settle(self) -> None:
        """Let triage work on whatever is there."""
        for _ in range(4):
            self.consumer.step()

    def connection(self) -> Any:
        """A kombu connection to the carrier."""
        return connect(self.url)

    def close(self) -> None:
        """Let go of everything."""
        self.relay.close()
        self.consumer.close()
        self.here.dispose()
        self.there.dispose()
