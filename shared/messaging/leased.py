"""A kombu transport over one SQLite file with leased messages: the road without a broker.

kombu's own filesystem and SQLAlchemy transports lost a message in every kill -9 between delivery
and acknowledge (measured 2026-11), so they are no choice. Here an unacknowledged message comes
back when its lease ends; a thread renews the leases of what the process still works on.
Acknowledgements are written together, before the next delivery: one that is lost brings a
duplicate, which the inbox knows.
"""

from __future__ import annotations

import threading
import uuid
from collections.abc import Sequence
from queue import Empty
from typing import Any

import sqlalchemy as sa
from amqp.protocol import queue_declare_ok_t
from kombu.exceptions import ChannelError
from kombu.transport import virtual
from sqlalchemy.engine import Row

from shared.messaging.leased_store import LeasedStore, Settled
from shared.runtime.logs import log

LEASE_SECONDS = 10.0
_POLL_SECONDS = 0.05


class QoS(virtual.QoS):  # type: ignore[misc]
    """Which deliveries are open; what becomes of them is the channel's to write."""

    def ack(self, delivery_tag: int) -> None:
        """Done with it; the last open one brings all of them to the file."""
        self.channel.settled.acked.append(delivery_tag)
        super().ack(delivery_tag)
        if len(self._delivered) <= len(self._dirty):
            self.channel.flush()

    def reject(self, delivery_tag: int, requeue: bool = False) -> None:
        """Back to the queue, or to the dead letters."""
        settled = self.channel.settled
        (settled.released if requeue else settled.rejected).append(delivery_tag)
        super().ack(delivery_tag)


class Channel(virtual.Channel):  # type: ignore[misc]
    """A channel whose exchanges, queues and messages are rows; its leases carry its `holder`."""

    QoS = QoS
    body_encoding = None
    do_restore = False

    def __init__(self, connection: Any, **kwargs: Any) -> None:
        super().__init__(connection, **kwargs)
        self.store: LeasedStore = connection.store
        self.holder = uuid.uuid4().hex
        self.settled = Settled()

    def exchange_declare(
        self, exchange: str, passive: bool = False, type: str = "topic", **_: Any
    ) -> None:
        """Make a topic exchange; passive: ChannelError when it does not stand."""
        if passive and not self.store.routes.has_exchange(exchange):
            raise _not_found("exchange", exchange)
        if not passive:
            self.store.routes.declare_exchange(exchange)

    def queue_declare(
        self, queue: str, passive: bool = False, arguments: Any = None, **_: Any
    ) -> queue_declare_ok_t:
        """Make a queue; passive: ChannelError when it does not stand."""
        if passive and not self.store.routes.has_queue(queue):
            raise _not_found("queue", queue)
        if not passive:
            self.store.routes.declare_queue(queue, dict(arguments or {}))
        return queue_declare_ok_t(queue, self.store.depth(queue), 0)

    def queue_bind(self, queue: str, exchange: str, routing_key: str = "", **_: Any) -> None:
        """Lead what the exchange gets under the key to the queue."""
        self.store.routes.bind(queue, exchange, routing_key)

    def queue_delete(self, queue: str, *_: Any, **__: Any) -> None:
        """Remove the queue with all that is in it."""
        self.store.routes.delete_queue(queue)

    def basic_publish(
        self, message: dict[str, Any], exchange: str, routing_key: str, **options: Any
    ) -> None:
        """Store the message; ChannelError when it is mandatory and no queue wants it."""
        routed = self.publish_many([(exchange, routing_key, message)])
        if options.get("mandatory") and not routed[0]:
            raise ChannelError("NO_ROUTE", (60, 40), "Basic.publish", "312")

    def publish_many(self, messages: Sequence[tuple[str, str, dict[str, Any]]]) -> list[bool]:
        """Store (exchange, key, prepared message) of each in one transaction; False: no route."""
        rows = []
        for exchange, key, message in messages:
            envelope = {name: value for name, value in message.items() if name != "body"}
            rows.append((exchange, key, envelope, bytes(message["body"])))
        return self.store.publish(rows)

    def drain_events(self, timeout: float | None = None, callback: Any = None) -> None:
        """Write what was acknowledged, then deliver what is due; Empty when nothing is."""
        self.flush()
        super().drain_events(timeout=timeout, callback=callback)

    def flush(self) -> None:
        """Write what became of the deliveries since the last time."""
        if self.settled:
            self.store.settle(self.holder, self.settled)
            self.settled = Settled()

    def close(self) -> None:
        """Give back what is still open."""
        if not self.closed:
            self.flush()
            self.store.release(self.holder)
        super().close()

    def _get(self, queue: str, timeout: float | None = None) -> dict[str, Any]:
        self.flush()
        rows = self.store.lease(queue, 1, self.holder)
        if not rows:
            raise Empty
        return _raw(rows[0])

    def _get_many(self, queues: Sequence[str], timeout: float | None = None) -> None:
        room = self.qos.can_consume_max_estimate() or 50
        found = [(queue, self.store.lease(queue, room, self.holder)) for queue in queues]
        if not any(rows for _, rows in found):
            raise Empty
        for queue, rows in found:
            for row in rows:
                self.connection._deliver(_raw(row), queue)

    def _size(self, queue: str) -> int:
        return self.store.depth(queue)

    def _purge(self, queue: str) -> int:
        return self.store.purge(queue)


class Transport(virtual.Transport):  # type: ignore[misc]
    """One process's way to the file named by transport option `carrier`."""

    Channel = Channel
    polling_interval = _POLL_SECONDS
    driver_type = driver_name = "leased"
    connection_errors = (sa.exc.OperationalError, sa.exc.InterfaceError, OSError)
    channel_errors = (ChannelError,)

    def __init__(self, client: Any, **kwargs: Any) -> None:
        super().__init__(client, **kwargs)
        options = client.transport_options
        self.store = LeasedStore(options["carrier"], options.get("lease_seconds", LEASE_SECONDS))
        self._closing = threading.Event()
        self._renewal = threading.Thread(target=self._renew, name="lease-renewal", daemon=True)

    def establish_connection(self) -> Any:
        """Open a first channel; from here on leases are renewed."""
        connection = super().establish_connection()
        self._renewal.start()
        return connection

    def driver_version(self) -> str:
        """The format of the file."""
        return "1"

    def close_connection(self, connection: Any) -> None:
        """Stop renewing, give back what is open, close the file."""
        self._closing.set()
        super().close_connection(connection)
        self._renewal.join()
        self.store.database.dispose()

    def _renew(self) -> None:
        while not self._closing.wait(self.store.lease_seconds / 4):
            for channel in list(self.channels):
                if not channel.qos._delivered:
                    continue
                try:
                    self.store.renew(channel.holder)
                except sa.exc.OperationalError:
                    log().warning("carrier.lease_not_renewed")


def _raw(row: Row[Any]) -> dict[str, Any]:
    envelope: dict[str, Any] = row.envelope
    properties = envelope["properties"]
    properties["delivery_tag"] = row.position
    properties["delivery_info"]["redelivered"] = row.deliveries > 0
    return envelope | {"body": row.body}


def _not_found(kind: str, name: str) -> ChannelError:
    return ChannelError(f"NOT_FOUND - no {kind} {name!r}", (50, 10), "declare", "404")
