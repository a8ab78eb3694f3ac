"""What the relay marks sent, and what it must not."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from shared.contracts.facts import ContactLeft
from shared.contracts.private import PersonSignedIn
from shared.contracts.wire import decode
from shared.crypto.road import open_body
from shared.messaging import topology
from shared.messaging.relay import Relay
from shared.messaging.tx import Transactions
from shared.runtime.clock import SystemClock
from shared.runtime.database import Database
from tests.service.messaging.road import KEYS, Road, metadata, tables


def entries_at_the_ledger(road: Road) -> list[bytes]:
    entries: list[bytes] = []
    with road.connection() as connection, connection.channel() as channel:
        while raw := channel.basic_get("ledger.inbound"):
            message = channel.message_to_python(raw)
            body = open_body(KEYS, bytes(message.body), message.properties["message_id"])
            joined = decode(body).parts["entries"]
            entries += [joined[at : at + 65] for at in range(0, len(joined), 65)]
            message.ack()
    return sorted(entries)


def entries_here(road: Road) -> list[bytes]:
    with road.here.read() as connection:
        return sorted(map(bytes, connection.execute(sa.select(tables.fact.c.entry)).scalars()))


def test_a_told_fact_arrives_and_is_marked_sent(road: Road) -> None:
    road.tell("a", "b")

    road.carry()

    assert road.unsent() == []
    road.consume(lambda: road.effects() == ["a", "b"])


def test_more_than_a_batch_arrives(road: Road) -> None:
    subjects = [f"s{n:03}" for n in range(450)]
    road.tell(*subjects)

    road.carry()

    road.consume(lambda: len(road.effects()) >= 450)
    assert road.effects() == subjects


def test_every_fact_leaves_its_commitment_at_the_ledger(road: Road) -> None:
    road.tell("a", "b", "c")

    road.carry()

    assert entries_at_the_ledger(road) == entries_here(road)


def test_a_private_fact_leaves_only_its_commitment(road: Road) -> None:
    triage = Transactions(road.here, SystemClock(), "triage")
    with triage.begin() as tx:
        tx.record(PersonSignedIn(), by="person-1")
    relay = Relay(triage, road.url, KEYS)

    relay.step()
    relay.close()

    assert road.unsent() == []
    assert entries_at_the_ledger(road) == entries_here(road)
    with road.connection() as connection, connection.channel() as channel:
        for service in ("complaints", "notify", "triage"):
            assert channel.basic_get(f"{service}.inbound") is None


def test_an_unroutable_fact_stays_unsent_until_there_is_a_way(road: Road) -> None:
    road.tell("first")
    road.carry()
    with road.connection() as connection, connection.channel() as channel:
        channel.queue_delete("triage.inbound")
    road.tell("second")

    road.carry()

    assert road.unsent() == ["second"]
    with road.connection() as connection:
        topology.declare_road(connection)
    road.relay._sweep_at = 0.0
    road.carry()
    assert road.unsent() == []


def test_facts_behind_unroutable_ones_are_carried(road: Road) -> None:
    road.tell("first")
    road.carry()
    with road.connection() as connection, connection.channel() as channel:
        channel.queue_delete("triage.inbound")
    stuck = [f"s{n}" for n in range(230)]
    road.tell(*stuck)
    with road.complaints.begin() as tx:
        tx.record(ContactLeft(lang="id"), subject="behind", parts={"contact": b"sealed"})

    road.carry()

    assert road.unsent() == stuck


def test_nothing_is_told_before_every_listener_has_its_queues(road: Road) -> None:
    with road.connection() as connection, connection.channel() as channel:
        channel.queue_delete("notify.parked")
    road.tell("early")

    first, second = road.relay.step(), road.relay.step()

    assert road.unsent() == ["early"]
    assert (first, second) == (0.5, 1.0)
    with road.connection() as connection:
        assert connection.channel().queue_declare("triage.inbound", passive=True).message_count == 0


@pytest.mark.parametrize("carrier_url", ["rabbitmq"], indirect=True)
def test_what_the_broker_refuses_stays_unsent(road: Road) -> None:
    with road.connection() as connection, connection.channel() as channel:
        channel.queue_delete("triage.inbound")
        full = {"x-max-length": 1, "x-overflow": "reject-publish"}
        channel.queue_declare("triage.inbound", durable=True, auto_delete=False, arguments=full)
        channel.queue_bind("triage.inbound", "facts", "complaints.reply.received")
    road.tell("taken", "refused")

    road.carry()

    assert road.unsent() == ["refused"]


def test_a_relay_that_dies_before_it_marks_sends_again_and_the_effect_stands_once(
    road: Road,
) -> None:
    road.tell("a", "b")
    road.carry()
    road.unmark()

    road.carry()

    road.consume(lambda: road.effects() == ["a", "b"])
    road.settle()
    assert road.effects() == ["a", "b"]


def test_while_another_relay_holds_the_guard_this_one_waits(road: Road, postgres_url: str) -> None:
    database = Database(postgres_url)
    metadata.create_all(database.engine)
    transactions = Transactions(database, SystemClock(), "triage")
    with transactions.begin() as tx:
        tx.record(PersonSignedIn())
    one, other = (Relay(transactions, road.url, KEYS) for _ in range(2))

    with one._guarded(1) as first, other._guarded(1) as second:
        assert (first, second) == (True, False)
        other.step()
        with database.read() as connection:
            assert connection.execute(sa.select(tables.fact.c.sent)).scalar() is False
    other.step()

    with database.read() as connection:
        assert connection.execute(sa.select(tables.fact.c.sent)).scalar() is True
    other.close()
    database.dispose()
