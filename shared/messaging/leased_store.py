"""The embedded carrier's messages, each leased while somebody works on it.

A message is delivered by leasing it: it is hidden until `visible_at` and belongs to `holder`.
Settled, it is deleted, released or moved to the dead letters; a lease that ends unsettled makes it
visible again. `deliveries` counts leases, as a quorum queue's delivery count does. Every change is
one transaction with synchronous=FULL.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from shared.messaging.leased_routes import (
    Routes,
    addressed,
    arguments_of,
    message_table,
    metadata,
    route,
)
from shared.runtime.database import Database

# A lease that ends later than this was given before the machine's clock was set back.
_FAR_SECONDS = 3600.0


@dataclass
class Settled:
    """What became of leased messages, by position."""

    acked: list[int] = field(default_factory=list)
    released: list[int] = field(default_factory=list)
    rejected: list[int] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.acked or self.released or self.rejected)


class LeasedStore:
    """The messages of one carrier file (`sqlite:////path/carrier.db`); `now` in Unix seconds.

    The wall clock, because a lease must mean the same to every process and after a restart.
    """

    def __init__(
        self, url: str, lease_seconds: float, now: Callable[[], float] = time.time
    ) -> None:
        self.database = Database(url)
        self.routes = Routes(self.database)
        self.lease_seconds = lease_seconds
        self._now = now
        if not sa.inspect(self.database.engine).has_table(message_table.name):
            with self.database.begin() as connection:
                metadata.create_all(connection)

    def depth(self, queue: str) -> int:
        """How many messages are visible in `queue`."""
        count = sa.select(sa.func.count()).where(message_table.c.queue == queue, self._free())
        with self.database.read() as connection:
            return int(connection.execute(count).scalar_one())

    def purge(self, queue: str) -> int:
        """Delete the visible messages of `queue`; how many."""
        visible = sa.delete(message_table).where(message_table.c.queue == queue, self._free())
        with self.database.begin() as connection:
            return connection.execute(visible).rowcount

    def publish(self, messages: Sequence[tuple[str, str, dict[str, Any], bytes]]) -> list[bool]:
        """Store (exchange, key, envelope, body) of each, all or none; False where unroutable."""
        ways: dict[tuple[str, str], list[str]] = {}
        rows: list[dict[str, Any]] = []
        with self.database.begin() as connection:
            for exchange, key, envelope, body in messages:
                if (exchange, key) not in ways:
                    ways[exchange, key] = route(connection, exchange, key)
                rows += addressed(ways[exchange, key], exchange, key, envelope, body)
            if rows:
                connection.execute(sa.insert(message_table), rows)
        return [bool(ways[exchange, key]) for exchange, key, _, _ in messages]

    def lease(self, queue: str, count: int, holder: str) -> list[Row[Any]]:
        """Lease up to `count` visible messages, oldest first.

        Rows: position, envelope, body, deliveries (before this one). A message past the queue's
        delivery limit goes to the dead letters instead.
        """
        table = message_table
        waiting = sa.select(table).where(table.c.queue == queue, self._free())
        with self.database.read() as connection:
            # Look before taking the writer's lock, which idle consumers would fight over.
            if (
                connection.execute(waiting.with_only_columns(table.c.position).limit(1)).first()
                is None
            ):
                return []
        with self.database.begin() as connection:
            rows = connection.execute(waiting.order_by(table.c.position).limit(count)).all()
            limit = arguments_of(connection, queue).get("x-delivery-limit")
            given = [row for row in rows if limit is None or row.deliveries <= limit]
            for row in rows:
                if row not in given:
                    self._bury(connection, row, "delivery_limit")
            connection.execute(
                sa.update(table)
                .where(table.c.position.in_([row.position for row in given]))
                .values(
                    visible_at=self._now() + self.lease_seconds,
                    deliveries=table.c.deliveries + 1,
                    holder=holder,
                )
            )
        return given

    def settle(self, holder: str, settled: Settled) -> None:
        """Settle what `holder` still holds; what another has leased since is left alone."""
        table = message_table

        def mine(positions: list[int]) -> sa.ColumnElement[bool]:
            return sa.and_(table.c.position.in_(positions), table.c.holder == holder)

        with self.database.begin() as connection:
            if settled.acked:
                connection.execute(sa.delete(table).where(mine(settled.acked)))
            if settled.released:
                free = sa.update(table).values(visible_at=0, holder=None)
                connection.execute(free.where(mine(settled.released)))
            if settled.rejected:
                for row in connection.execute(sa.select(table).where(mine(settled.rejected))).all():
                    self._bury(connection, row, "rejected")

    def renew(self, holder: str) -> None:
        """Begin every lease of `holder` anew."""
        self._hide(holder, {"visible_at": self._now() + self.lease_seconds})

    def release(self, holder: str) -> None:
        """Make everything `holder` holds visible at once."""
        self._hide(holder, {"visible_at": 0, "holder": None})

    def _hide(self, holder: str, values: dict[str, Any]) -> None:
        held = sa.update(message_table).where(message_table.c.holder == holder)
        with self.database.begin() as connection:
            connection.execute(held.values(**values))

    def _free(self) -> sa.ColumnElement[bool]:
        now, at = self._now(), message_table.c.visible_at
        return sa.or_(at <= now, at > now + _FAR_SECONDS)

    def _bury(self, connection: Connection, row: Row[Any], reason: str) -> None:
        """Move a message to the dead letters; without a way there it stays, hidden for a lease."""
        arguments = arguments_of(connection, row.queue)
        same = message_table.c.position == row.position
        key = row.envelope["properties"]["delivery_info"]["routing_key"]
        death = {"reason": reason, "queue": row.queue, "routing-keys": [key]}
        headers = row.envelope["headers"] | {"x-first-death-reason": reason, "x-death": [death]}
        exchange = arguments.get("x-dead-letter-exchange", "")
        dead_key = arguments.get("x-dead-letter-routing-key", key)
        queues = route(connection, exchange, dead_key) if exchange else []
        if exchange and not queues:
            later = {"visible_at": self._now() + self.lease_seconds, "holder": None}
            connection.execute(sa.update(message_table).where(same).values(**later))
            return
        if queues:
            envelope = row.envelope | {"headers": headers}
            rows = addressed(queues, exchange, dead_key, envelope, row.body)
            connection.execute(sa.insert(message_table), rows)
        connection.execute(sa.delete(message_table).where(same))
