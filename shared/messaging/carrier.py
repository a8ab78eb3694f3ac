"""What both carriers have in common: RabbitMQ (`amqp://…`) and the file (`sqlite:////…`)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import kombu
import sqlalchemy as sa
from amqp.exceptions import AMQPError, MessageNacked
from kombu.exceptions import ChannelError, OperationalError

from shared.messaging import leased
from shared.messaging.topology import inbound_queue, parked_queue

CONTENT_TYPE = "application/octet-stream"
CONTENT_ENCODING = "binary"
HEARTBEAT_SECONDS = 15
CONNECT_SECONDS = 5
LONGEST_PAUSE = 5.0

# What a kombu connection raises when the carrier is away, on either carrier.
AWAY: tuple[type[Exception], ...] = (
    OSError,
    AMQPError,
    MessageNacked,
    OperationalError,
    sa.exc.OperationalError,
    sa.exc.InterfaceError,
)


class CarrierAway(Exception):
    """The carrier is away, or the road on it is not finished; `args[0]` says which."""


@dataclass(frozen=True)
class Outgoing:
    """A message for exchange `facts`: the fact's id, its routing key, its sealed body."""

    id: str
    key: str
    body: bytes


class Publisher(Protocol):
    """The publishing side of a carrier."""

    def publish(self, batch: Sequence[Outgoing]) -> set[str]:
        """Publish all; the ids the carrier has taken for good. Raises CarrierAway.

        An id is missing when no queue wants the message or the carrier refused it.
        """
        ...

    def idle(self) -> None:
        """Keep the connection alive; called between batches."""
        ...

    def close(self) -> None:
        """Let go of the connection."""
        ...


def pause_after(failures: int) -> float:
    """Seconds to wait after so many failures in a row: 0.5, 1, 2, 4, then 5."""
    return min(0.25 * 2.0 ** min(failures, 8), LONGEST_PAUSE)


def is_embedded(url: str) -> bool:
    """Whether the carrier is the file on this machine."""
    return url.startswith("sqlite:")


def connect(url: str, *, lease_seconds: float = leased.LEASE_SECONDS) -> Any:
    """A kombu connection to either carrier; it publishes with confirms. Raises one of AWAY."""
    if is_embedded(url):
        options = {"carrier": url, "lease_seconds": lease_seconds}
        connection = kombu.Connection(transport=leased.Transport, transport_options=options)
    else:
        connection = kombu.Connection(
            url,
            heartbeat=HEARTBEAT_SECONDS,
            connect_timeout=CONNECT_SECONDS,
            transport_options={"confirm_publish": True},
        )
    connection.connect()
    return connection


def depth(connection: Any, queue: str) -> int | None:
    """How many messages wait in `queue`; None when it does not stand."""
    try:
        with connection.channel() as channel:
            return int(channel.queue_declare(queue=queue, passive=True).message_count)
    except ChannelError:
        return None


def depths(url: str, service: str) -> dict[str, int | None]:
    """`inbound` and `parked` of a service, for its metrics. Raises one of AWAY."""
    with connect(url) as connection:
        return {
            "inbound": depth(connection, inbound_queue(service)),
            "parked": depth(connection, parked_queue(service)),
        }
