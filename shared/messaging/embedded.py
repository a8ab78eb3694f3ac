"""The publishing side without a broker: a batch is one transaction of the leased carrier."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kombu.exceptions import ChannelError

from shared.messaging.carrier import (
    AWAY,
    CONTENT_ENCODING,
    CONTENT_TYPE,
    CarrierAway,
    Outgoing,
    connect,
)
from shared.messaging.topology import FACTS, inbound_queue, parked_queue


class EmbeddedPublisher:
    """One connection to the carrier file; it publishes once the queues of `listeners` stand."""

    def __init__(self, url: str, listeners: Sequence[str]) -> None:
        self._url = url
        self._required = [queue(s) for s in listeners for queue in (inbound_queue, parked_queue)]
        self._connection: Any = None
        self._channel: Any = None

    def publish(self, batch: Sequence[Outgoing]) -> set[str]:
        """See Publisher. Stored and synced is confirmed."""
        try:
            if self._connection is None:
                self._open()
            messages = [(FACTS.name, one.key, self._prepared(one)) for one in batch]
            routed = self._channel.publish_many(messages)
        except (*AWAY, ChannelError) as fault:
            self.close()
            raise CarrierAway(type(fault).__name__) from fault
        return {one.id for one, found in zip(batch, routed, strict=True) if found}

    def idle(self) -> None:
        """A file needs no heartbeat."""

    def close(self) -> None:
        """Close the file."""
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.release()

    def _open(self) -> None:
        self._connection = connect(self._url)
        self._channel = self._connection.channel()
        for queue in self._required:
            self._channel.queue_declare(queue, passive=True)

    def _prepared(self, message: Outgoing) -> dict[str, Any]:
        prepared: dict[str, Any] = self._channel.prepare_message(
            message.body,
            content_type=CONTENT_TYPE,
            content_encoding=CONTENT_ENCODING,
            properties={"message_id": message.id, "delivery_mode": 2},
        )
        return prepared
