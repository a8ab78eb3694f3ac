"""Which exchanges, queues and bindings the road has, the same on the broker and without one.

facts    topic exchange; key `<source>.<type>`, e.g. `complaints.complaint.submitted`
parking  topic exchange; key `<service>.parked` → queue `<service>.parked`,
         key `<service>.replay` → queue `<service>.inbound`
inbound  `<service>.inbound`, quorum, a delivery limit, dead letters at least once to parking
parked   `<service>.parked`, quorum, no consumer; declared last, so who sees it sees a whole road

Both keys begin with the service's own name, so that a broker user a service can be held to them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from kombu import Exchange, Queue, binding
from kombu.exceptions import ChannelError

from shared.contracts.facts import PUBLIC

FACTS = Exchange("facts", type="topic", durable=True)
PARKING = Exchange("parking", type="topic", durable=True)
DELIVERY_LIMIT = 20
# Looking at a parked message counts as a delivery; newer brokers drop at 20 unless told.
_NEVER = 1_000_000_000


def inbound_queue(service: str) -> str:
    """The queue a service reads."""
    return f"{service}.inbound"


def parked_queue(service: str) -> str:
    """The queue of what a service could not act on."""
    return f"{service}.parked"


def parked_key(service: str) -> str:
    """The routing key that parks a message of `service`."""
    return f"{service}.parked"


def replay_key(service: str) -> str:
    """The routing key that gives a parked message back to `service`."""
    return f"{service}.replay"


def binding_keys(types: Iterable[str]) -> list[str]:
    """`<source>.<type>` of each fact type, so that only its one source can tell it."""
    wanted = set(types)
    known = {c.type: f"{c.source}.{c.type}" for c in PUBLIC}
    return sorted(known[type] for type in wanted)


def types_for(service: str) -> list[str]:
    """The fact types the contracts say `service` acts on."""
    return sorted({c.type for c in PUBLIC if service in c.consumers})


def listeners(source: str) -> list[str]:
    """The services that act on what `source` tells."""
    return sorted({s for c in PUBLIC if c.source in (source, "*") for s in c.consumers})


def services() -> list[str]:
    """Every service that tells or hears a fact."""
    heard = {s for c in PUBLIC for s in c.consumers}
    return sorted(heard | {c.source for c in PUBLIC if c.source != "*"})


def declare(connection: Any, service: str, types: Iterable[str]) -> None:
    """Declare what `service` reads, on a kombu connection; the parked queue last."""
    for exchange in (FACTS, PARKING):
        _ensure(connection, exchange)
    for queue in (_inbound(service, types), _parked(service)):
        with connection.channel() as channel:
            # Not Queue.declare: it declares the exchanges too, and a service's user may not.
            bound = queue(channel)
            bound.queue_declare()
            for one in queue.bindings:
                bound.bind_to(one.exchange, one.routing_key)


def declare_road(connection: Any) -> None:
    """Declare the queues of every service, before anyone tells a fact."""
    for service in services():
        declare(connection, service, types_for(service))


@dataclass(frozen=True)
class Permissions:
    """RabbitMQ's regular expressions for one service's user; `topics` by exchange: write, read."""

    configure: str
    write: str
    read: str
    topics: dict[str, tuple[str, str]]


def permissions(service: str) -> Permissions:
    """What the broker user of `service` may do: tell its own facts, read its own queues."""
    queues = rf"{service}\.(inbound|parked)"
    keys = "|".join(_literal(key) for key in binding_keys(types_for(service)))
    own = rf"^{service}\..+$"
    return Permissions(
        configure=f"^{queues}$",
        write=f"^(facts|parking|{queues})$",
        read=f"^(facts|parking|{queues})$",
        topics={"facts": (own, f"^({keys})$"), "parking": (own, own)},
    )


def _literal(key: str) -> str:
    return key.replace(".", r"\.").replace("*", r"\*")


def _inbound(service: str, types: Iterable[str]) -> Queue:
    return Queue(
        inbound_queue(service),
        bindings=[
            *(binding(FACTS, routing_key=key) for key in binding_keys(types)),
            binding(PARKING, routing_key=replay_key(service)),
        ],
        durable=True,
        queue_arguments={
            "x-queue-type": "quorum",
            "x-delivery-limit": DELIVERY_LIMIT,
            "x-dead-letter-exchange": PARKING.name,
            "x-dead-letter-routing-key": parked_key(service),
            "x-dead-letter-strategy": "at-least-once",
            "x-overflow": "reject-publish",
        },
    )


def _parked(service: str) -> Queue:
    return Queue(
        parked_queue(service),
        bindings=[binding(PARKING, routing_key=parked_key(service))],
        durable=True,
        queue_arguments={"x-queue-type": "quorum", "x-delivery-limit": _NEVER},
    )


def _ensure(connection: Any, exchange: Exchange) -> None:
    """Make the exchange unless it stands: where it stands, no right to make it is needed."""
    try:
        with connection.channel() as channel:
            exchange(channel).declare(passive=True)
    except ChannelError:
        with connection.channel() as channel:
            exchange(channel).declare()
