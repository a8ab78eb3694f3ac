"""Carry recorded facts to the carrier: what is confirmed is marked sent, and nothing else.

Each batch of facts goes with one `commitments.sent` that holds the 65-byte entries of them all,
private facts included; a fact is sent when both are confirmed. A crash anywhere in between sends
some facts again, which their readers' inboxes know.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa

from shared.contracts.fact import Fact
from shared.contracts.facts import CommitmentsSent
from shared.contracts.wire import encode
from shared.crypto.road import RoadKeys, seal_body
from shared.messaging.carrier import (
    LONGEST_PAUSE,
    CarrierAway,
    Outgoing,
    Publisher,
    is_embedded,
    pause_after,
)
from shared.messaging.embedded import EmbeddedPublisher
from shared.messaging.rabbit import RabbitPublisher
from shared.messaging.tables import ROAD
from shared.messaging.topology import listeners
from shared.messaging.tx import Transactions
from shared.runtime.ids import new_id
from shared.runtime.logs import log

BATCH = 200
IDLE_SECONDS = 0.1
# How long another relay may hold the guard over the same oldest fact before we go ahead: it may
# have been stopped with the guard in its hand, and a fact sent twice does no harm.
_GUARD_SECONDS = 15.0
# Any number, the same in every relay; each service has its own database.
_GUARD = 0x6B656E746F6E67


class Relay:
    """The relay of one service; `step` is called again and again by one thread."""

    def __init__(self, transactions: Transactions, carrier_url: str, road_keys: RoadKeys) -> None:
        self._transactions = transactions
        self._database = transactions.database
        self._keys = road_keys
        make = EmbeddedPublisher if is_embedded(carrier_url) else RabbitPublisher
        self._publisher: Publisher = make(carrier_url, listeners(transactions.source))
        self._failures = 0
        self._after = 0
        self._sweep_at = 0.0
        self._oldest = (0, 0.0)

    def step(self) -> float | None:
        """Relay one batch; the seconds to wait before the next, more after each failure."""
        try:
            pause = self._step()
        except (CarrierAway, sa.exc.OperationalError, sa.exc.InterfaceError) as fault:
            self._failures += 1
            reason = str(fault) if isinstance(fault, CarrierAway) else type(fault).__name__
            log().warning("relay.away", reason=reason, failures=self._failures)
            return pause_after(self._failures)
        self._failures = 0
        return pause

    def close(self) -> None:
        """Let go of the carrier."""
        self._publisher.close()

    def _step(self) -> float:
        if time.monotonic() >= self._sweep_at:
            self._after = 0
        if (oldest := self._oldest_unsent()) is None:
            self._publisher.idle()
            return IDLE_SECONDS
        with self._guarded(oldest) as is_mine:
            rows = self._unsent() if is_mine else []
            done = self._carry(rows) if rows else []
        if len(done) == len(rows):
            return 0.0 if len(rows) == BATCH else IDLE_SECONDS
        return self._pass_over(rows, len(done))

    def _oldest_unsent(self) -> int | None:
        query = sa.select(ROAD.fact.c.position).where(self._waits()).order_by("position").limit(1)
        with self._database.read() as connection:
            return connection.execute(query).scalar()

    def _unsent(self) -> list[Any]:
        fact = ROAD.fact
        columns = (fact.c.position, fact.c.id, fact.c.type, fact.c.body, fact.c.entry)
        query = sa.select(*columns, fact.c.private).where(self._waits())
        with self._database.read() as connection:
            return list(connection.execute(query.order_by(fact.c.position).limit(BATCH)))

    def _waits(self) -> sa.ColumnElement[bool]:
        # By flag, never by "position > last sent": who commits late has a lower position.
        return sa.and_(sa.not_(ROAD.fact.c.sent), ROAD.fact.c.position > self._after)

    def _carry(self, rows: Sequence[Any]) -> list[int]:
        """Publish, then mark what is confirmed; the positions marked."""
        source = self._transactions.source
        batch = [
            Outgoing(row.id, f"{source}.{row.type}", seal_body(self._keys, row.body, row.id))
            for row in rows
            if not row.private
        ]
        commitments = self._commitments([bytes(row.entry) for row in rows])
        confirmed = self._publisher.publish([*batch, commitments])
        if commitments.id not in confirmed:
            return []
        done = [row.position for row in rows if row.private or row.id in confirmed]
        if done:
            fact = ROAD.fact
            with self._database.begin() as connection:
                connection.execute(
                    sa.update(fact).where(fact.c.position.in_(done)).values(sent=True)
                )
        return done

    def _commitments(self, entries: list[bytes]) -> Outgoing:
        at = self._transactions.coarse_now()
        fact = Fact(
            id=new_id(at),
            type=CommitmentsSent.type,
            version=CommitmentsSent.version,
            at=at,
            source=self._transactions.source,
            subject=None,
            cause=None,
            payload=CommitmentsSent(count=len(entries)),
            parts={"entries": b"".join(entries)},
        )
        body = seal_body(self._keys, encode(fact), fact.id)
        return Outgoing(fact.id, f"{fact.source}.{fact.type}", body)

    def _pass_over(self, rows: Sequence[Any], done: int) -> float:
        """Some facts were not taken: let those behind them go first, and sweep again soon."""
        log().warning("relay.not_taken", facts=len(rows) - done)
        if self._after == 0:
            self._sweep_at = time.monotonic() + LONGEST_PAUSE
        self._after = rows[-1].position
        return 0.0 if len(rows) == BATCH else IDLE_SECONDS

    @contextmanager
    def _guarded(self, oldest: int) -> Iterator[bool]:
        """Whether this relay may go ahead: on PostgreSQL one at a time (an advisory lock)."""
        if self._database.is_sqlite:
            yield True
            return
        engine = self._database.engine.execution_options(isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            locked = connection.execute(sa.select(sa.func.pg_try_advisory_lock(_GUARD))).scalar()
            try:
                yield bool(locked) or self._is_overdue(oldest)
            finally:
                if locked:
                    connection.execute(sa.select(sa.func.pg_advisory_unlock(_GUARD)))

    def _is_overdue(self, oldest: int) -> bool:
        if self._oldest[0] != oldest:
            self._oldest = (oldest, time.monotonic())
        return time.monotonic() - self._oldest[1] > _GUARD_SECONDS
