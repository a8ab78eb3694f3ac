"""One delivery: opened into the fact it carries, or parked with the reason it cannot be."""

from __future__ import annotations

from typing import Any

import kombu

from shared.contracts.fact import Fact, stamp
from shared.contracts.wire import MalformedFact, contract, decode
from shared.crypto.road import RoadKeys, open_body
from shared.messaging.carrier import CONTENT_ENCODING, CONTENT_TYPE
from shared.messaging.inbox import Inbound, NoAction
from shared.messaging.topology import FACTS, PARKING, parked_key
from shared.runtime.errors import Refused

_CONFIRM_SECONDS = 10


class ForeignSource(Refused):
    """Pesan ini datang dari layanan yang tidak berhak mengirimnya. Periksa asal pesannya."""

    code = "foreign_source"


def open_fact(keys: RoadKeys, message: Any, inbound: Inbound) -> Fact:
    """The fact in a kombu message.

    Raises MalformedBody, MalformedFact, UnknownContract, NoAction; ForeignSource when the fact's
    source, its contract's source and the routing key differ: the broker lets a service write its
    own keys only, so a key is proof of origin where the shared road key is none.
    """
    id = str(message.properties.get("message_id"))
    fact = decode(open_body(keys, bytes(message.body), id))
    if fact.id != id:
        raise MalformedFact("id")
    if contract(fact.type, fact.version).source not in (fact.source, "*"):
        raise ForeignSource("source")
    info = message.delivery_info
    if info["exchange"] == FACTS.name and info["routing_key"] != f"{fact.source}.{fact.type}":
        raise ForeignSource("source")
    if fact.type not in inbound:
        raise NoAction("type")
    return fact


def park(connection: Any, service: str, message: Any, reason: str, fact: Fact | None) -> None:
    """Publish a delivery to the parked queue, confirmed; the caller acknowledges it after that.

    Headers tell what the operator needs and no more; the body stays sealed.
    """
    headers: dict[str, Any] = {"reason": reason, "key": origin(message)}
    if fact is not None:
        headers |= {
            "type": fact.type,
            "version": fact.version,
            "source": fact.source,
            "at": stamp(fact.at),
        }
    publish_parking(connection, message, parked_key(service), headers)


def publish_parking(connection: Any, message: Any, key: str, headers: dict[str, Any]) -> None:
    """Publish a copy of `message` to exchange `parking`, mandatory and confirmed."""
    with connection.channel() as channel:
        kombu.Producer(channel, auto_declare=False).publish(
            bytes(message.body),
            exchange=PARKING.name,
            routing_key=key,
            headers=headers,
            message_id=message.properties.get("message_id"),
            content_type=CONTENT_TYPE,
            content_encoding=CONTENT_ENCODING,
            delivery_mode=2,
            mandatory=True,
            retry=False,
            confirm_timeout=_CONFIRM_SECONDS,
        )


def origin(message: Any) -> str:
    """The routing key a message was first published with."""
    if message.delivery_info["exchange"] == FACTS.name:
        return str(message.delivery_info["routing_key"])
    headers = message.headers or {}
    if "key" in headers:
        return str(headers["key"])
    for death in headers.get("x-death") or []:
        return str(death["routing-keys"][0])
    return ""
