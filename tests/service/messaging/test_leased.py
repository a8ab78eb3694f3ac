"""The embedded carrier's leases, and that both carriers count deliveries and bury alike."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import kombu
import pytest
from kombu.exceptions import ChannelError

from shared.messaging import parking, topology
from shared.messaging.carrier import connect
from shared.messaging.leased_store import LeasedStore, Settled
from tests.service.messaging.road import Road


class Hands:
    """A clock whose seconds the test sets."""

    def __init__(self) -> None:
        self.at = 1_000_000.0

    def __call__(self) -> float:
        return self.at


@pytest.fixture
def hands() -> Hands:
    return Hands()


@pytest.fixture
def store(tmp_path: Path, hands: Hands) -> LeasedStore:
    store = LeasedStore(f"sqlite:///{tmp_path / 'carrier.db'}", 10, hands)
    store.routes.declare_exchange("facts")
    store.routes.declare_queue("q", {})
    store.routes.bind("q", "facts", "a.*")
    return store


def put(store: LeasedStore, *bodies: bytes, key: str = "a.b") -> list[bool]:
    envelope: dict[str, Any] = {"headers": {}, "properties": {}}
    return store.publish([("facts", key, envelope, body) for body in bodies])


def bodies(store: LeasedStore, holder: str, count: int = 10) -> list[bytes]:
    return [row.body for row in store.lease("q", count, holder)]


def test_a_leased_message_is_hidden_until_its_lease_ends(store: LeasedStore, hands: Hands) -> None:
    put(store, b"1", b"2", b"3")

    assert bodies(store, "one", 2) == [b"1", b"2"]
    assert bodies(store, "other") == [b"3"]
    hands.at += 9.9
    assert bodies(store, "other") == []
    hands.at += 0.2
    assert bodies(store, "other") == [b"1", b"2", b"3"]


def test_a_renewed_lease_does_not_end(store: LeasedStore, hands: Hands) -> None:
    put(store, b"1")
    bodies(store, "one")
    hands.at += 9
    store.renew("one")
    hands.at += 9

    assert bodies(store, "other") == []


def test_who_lost_the_lease_settles_nothing(store: LeasedStore, hands: Hands) -> None:
    put(store, b"1")
    (row,) = store.lease("q", 1, "one")
    hands.at += 11
    bodies(store, "other")

    store.settle("one", Settled(acked=[row.position]))
    store.renew("one")
    hands.at += 11

    assert bodies(store, "third") == [b"1"]


def test_a_clock_set_back_does_not_hide_messages(store: LeasedStore, hands: Hands) -> None:
    put(store, b"1")
    bodies(store, "one")

    hands.at -= 86_400

    assert bodies(store, "other") == [b"1"]


def test_released_messages_come_back_at_once_and_in_order(store: LeasedStore) -> None:
    put(store, b"1", b"2", b"3")
    bodies(store, "one")

    store.release("one")

    assert bodies(store, "other") == [b"1", b"2", b"3"]


@pytest.mark.parametrize(
    ("pattern", "key", "leads"),
    [
        ("a.*", "a.b", True),
        ("a.*", "a.b.c", False),
        ("a.#", "a.b.c", True),
        ("*.b.c", "a.b.c", True),
        ("*.b.c", "a.x.c", False),
        ("a.b", "a.b", True),
        ("a.b", "aXb", False),
        ("a.b", "a.bc", False),
    ],
)
def test_topics_lead_as_on_a_broker(
    store: LeasedStore, pattern: str, key: str, leads: bool
) -> None:
    store.routes.declare_queue("other", {})
    store.routes.bind("other", "topics", pattern)

    envelope: dict[str, Any] = {"headers": {}, "properties": {}}
    assert store.publish([("topics", key, envelope, b"")]) == [leads]


def test_every_process_sees_the_same_routes(store: LeasedStore, tmp_path: Path) -> None:
    other = LeasedStore(f"sqlite:///{tmp_path / 'carrier.db'}", 10)

    assert put(other, b"1") == [True]
    assert put(other, b"1", key="x.y") == [False]
    assert other.depth("q") == 1


def test_work_longer_than_a_lease_is_not_delivered_twice(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'carrier.db'}"
    with connect(url, lease_seconds=0.4) as one, connect(url, lease_seconds=0.4) as other:
        topology.declare(one, "triage", ["reply.received"])
        _publish(one, "complaints.reply.received")
        channel = one.channel()
        raw = channel.basic_get("triage.inbound")

        time.sleep(1.5)

        assert other.channel().basic_get("triage.inbound") is None
        channel.message_to_python(raw).ack()
        assert other.channel().basic_get("triage.inbound") is None


def test_a_mandatory_message_without_a_way_is_refused(road: Road) -> None:
    with road.connection() as connection, pytest.raises(ChannelError):
        _publish(connection, "complaints.nobody.listens")


def test_past_the_delivery_limit_a_message_is_parked(road: Road) -> None:
    with road.connection() as connection:
        _publish(connection, "complaints.reply.received")
        deliveries = 0
        deadline = time.monotonic() + 20
        while not parking.list_parked(road.url, "triage") and time.monotonic() < deadline:
            with connection.channel() as channel:
                deliveries += channel.basic_get("triage.inbound") is not None
            time.sleep(0.02)

    (parked,) = parking.list_parked(road.url, "triage")
    assert deliveries == topology.DELIVERY_LIMIT + 1
    assert (parked.id, parked.type, parked.source, parked.reason) == (
        "id-1",
        "reply.received",
        "complaints",
        "delivery_limit",
    )


def test_a_rejected_message_is_parked(road: Road) -> None:
    with road.connection() as connection:
        _publish(connection, "complaints.reply.received")
        with connection.channel() as channel:
            message = channel.message_to_python(channel.basic_get("triage.inbound"))
            message.reject()

    deadline = time.monotonic() + 10
    while not (parked := parking.list_parked(road.url, "triage")):
        assert time.monotonic() < deadline
    assert [one.reason for one in parked] == ["rejected"]


def test_a_requeued_message_comes_again_marked_redelivered(road: Road) -> None:
    with road.connection() as connection:
        _publish(connection, "complaints.reply.received")
        with connection.channel() as channel:
            message = channel.message_to_python(channel.basic_get("triage.inbound"))
            message.requeue()
        with connection.channel() as channel:
            again = channel.message_to_python(channel.basic_get("triage.inbound"))

    assert message.delivery_info["redelivered"] is False
    assert again.delivery_info["redelivered"] is True


def _publish(connection: Any, key: str, exchange: str = "facts") -> None:
    with connection.channel() as channel:
        kombu.Producer(channel, auto_declare=False).publish(
            b"body",
            exchange=exchange,
            routing_key=key,
            message_id="id-1",
            content_type="application/octet-stream",
            content_encoding="binary",
            delivery_mode=2,
            mandatory=True,
        )
