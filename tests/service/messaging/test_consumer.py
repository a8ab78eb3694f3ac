"""Acted on once, acknowledged after commit; what cannot be acted on is parked."""

from __future__ import annotations

import time
from collections.abc import Callable

import psycopg
import pytest
import sqlalchemy as sa
from sqlalchemy.engine import make_url

from shared.contracts.fact import Fact
from shared.contracts.wire import MalformedFact, encode
from shared.crypto.road import OVERHEAD, RoadKeys, seal_body
from shared.messaging import parking
from shared.messaging.carrier import Outgoing, depths
from shared.messaging.inbox import NotYet
from shared.messaging.tx import Tx
from tests.service.messaging.road import KEYS, Road, effect, write_down


def parked(road: Road) -> list[tuple[str, str]]:
    """(type, reason) of what triage has parked."""
    return [(one.type, one.reason) for one in parking.list_parked(road.url, "triage")]


def is_empty(road: Road) -> bool:
    return depths(road.url, "triage") == {"inbound": 0, "parked": 0}


def failing(times: int, fault: type[Exception]) -> Callable[[Tx, Fact], None]:
    """An action that raises `fault` so many times for subject "bad", after it has written."""
    left = [times]

    def act(tx: Tx, fact: Fact) -> None:
        write_down(tx, fact)
        if fact.subject == "bad" and left[0]:
            left[0] -= 1
            raise fault

    return act


def publish(road: Road, message: Outgoing) -> None:
    road.tell("warm-up")
    road.carry()
    assert road.relay._publisher.publish([message]) == {message.id}


def test_an_action_runs_at_the_time_of_its_cause(road: Road) -> None:
    seen: list[tuple[object, object]] = []
    road.consuming(lambda tx, fact: seen.append((tx.at, tx.cause)))
    (fact,) = road.tell("a")
    road.carry()

    road.consume(lambda: bool(seen))

    assert seen == [(fact.at, fact.id)]


def test_a_duplicate_is_acted_on_once(road: Road) -> None:
    road.tell("a")
    for _ in range(3):
        road.unmark()
        road.carry()

    road.consume(lambda: is_empty(road))

    assert road.effects() == ["a"]


def test_a_refusal_is_parked_at_once_and_holds_nobody_up(road: Road) -> None:
    road.consuming(failing(2, MalformedFact))  # once in the batch, once alone
    road.tell("a", "bad", "c")
    road.carry()

    road.consume(lambda: road.effects() == ["a", "c"])

    road.consume(lambda: parked(road) == [("reply.received", "malformed_fact")])


def test_another_fault_is_tried_again_and_then_acted_on_once(road: Road) -> None:
    road.consuming(failing(3, RuntimeError))  # one in the batch, then two tries of its own
    road.tell("a", "bad", "c")
    road.carry()

    road.consume(lambda: road.effects() == ["a", "bad", "c"])

    assert parked(road) == []


def test_a_fault_that_stays_is_parked_with_its_name(road: Road) -> None:
    road.consuming(failing(100, RuntimeError))
    road.tell("a", "bad", "c")
    road.carry()

    road.consume(lambda: parked(road) == [("reply.received", "failed:RuntimeError")])

    assert road.effects() == ["a", "c"]


def test_a_parked_fact_is_replayed_once(road: Road) -> None:
    road.consuming(failing(1, MalformedFact))
    (bad,) = road.tell("bad")
    road.carry()
    road.consume(lambda: len(parked(road)) == 1)

    assert parking.replay(road.url, "triage", bad.id) == 1

    road.consume(lambda: road.effects() == ["bad"])
    with pytest.raises(parking.NotParked):
        parking.replay(road.url, "triage", bad.id)
    road.unmark()
    road.carry()
    road.consume(lambda: is_empty(road))
    assert road.effects() == ["bad"]


def test_all_that_is_parked_is_replayed_in_order(road: Road) -> None:
    road.consuming(failing(100, MalformedFact))
    road.tell("bad", "bad", "bad")
    road.carry()
    road.consume(lambda: len(parked(road)) == 3)

    road.consuming(write_down)

    assert parking.replay(road.url, "triage") == 3
    road.consume(lambda: road.effects() == ["bad", "bad", "bad"])


def test_a_dropped_fact_is_gone(road: Road) -> None:
    road.consuming(failing(100, MalformedFact))
    one, other = road.tell("bad", "bad")
    road.carry()
    road.consume(lambda: len(parked(road)) == 2)

    parking.drop(road.url, "triage", one.id)

    assert [left.id for left in parking.list_parked(road.url, "triage")] == [other.id]


def test_showing_a_parked_fact_tells_everything_but_its_body(road: Road) -> None:
    road.consuming(failing(1, MalformedFact))
    (bad,) = road.tell("bad")
    road.carry()
    road.consume(lambda: len(parked(road)) == 1)

    shown = parking.show(road.url, "triage", bad.id)

    assert shown == parking.Parked(
        id=bad.id,
        type="reply.received",
        version=1,
        source="complaints",
        at=bad.at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        reason="malformed_fact",
        size_bytes=1024 + OVERHEAD,
    )


def test_a_body_that_does_not_open_is_parked(road: Road) -> None:
    (fact,) = road.tell("a")
    foreign = seal_body(RoadKeys.of([b"x" * 32]), encode(fact), fact.id)
    publish(road, Outgoing(fact.id, "complaints.reply.received", foreign))

    road.consume(lambda: parked(road) == [("reply.received", "road_body_malformed")])


def test_a_fact_under_another_facts_id_is_parked(road: Road) -> None:
    (fact,) = road.tell("a")
    body = seal_body(KEYS, encode(fact), "another-id")
    publish(road, Outgoing("another-id", "complaints.reply.received", body))

    road.consume(lambda: parked(road) == [("reply.received", "malformed_fact")])


def test_a_fact_told_under_a_foreign_key_is_parked(road: Road) -> None:
    (fact,) = road.tell("a")
    body = seal_body(KEYS, encode(fact), fact.id)
    with road.connection() as connection, connection.channel() as channel:
        channel.queue_bind("triage.inbound", "facts", "notify.reply.received")
    publish(road, Outgoing(fact.id, "notify.reply.received", body))

    road.consume(lambda: parked(road) == [("reply.received", "foreign_source")])


def test_a_fact_nobody_here_acts_on_is_parked(road: Road) -> None:
    (fact,) = road.tell("a")
    body = seal_body(KEYS, encode(fact).replace(b"reply.received", b"reply.forgotten"), fact.id)
    publish(road, Outgoing(fact.id, "complaints.reply.received", body))

    road.consume(lambda: len(parked(road)) == 1)

    assert parked(road)[0][1] in ("unknown_contract", "malformed_fact")


def test_facts_that_overtake_each_other_all_find_their_place(road: Road) -> None:
    def act(tx: Tx, fact: Fact) -> None:
        """Each subject needs the one before it."""
        before = str(int(fact.subject or "") - 1)
        known = sa.select(effect.c.subject).where(effect.c.subject == before)
        if before != "0" and tx.connection.execute(known).first() is None:
            raise NotYet
        write_down(tx, fact)

    road.consuming(act)
    road.tell("4", "3", "2", "1")
    road.carry()

    road.consume(lambda: road.effects() == ["1", "2", "3", "4"])
    assert parked(road) == []


def test_a_database_that_is_away_is_waited_for(
    carrier_url: str, postgres_url: str, tmp_path: object
) -> None:
    road = Road(carrier_url, f"sqlite:///{tmp_path}/here.db", postgres_url)
    road.tell("a", "b")
    road.carry()
    name = make_url(postgres_url).database
    server = make_url(postgres_url).set(drivername="postgresql", database="postgres")
    with psycopg.connect(server.render_as_string(False), autocommit=True) as administrator:
        administrator.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
        administrator.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", (name,)
        )
        until = time.monotonic() + 3
        while time.monotonic() < until:
            road.consumer.step()
        administrator.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")

    road.consume(lambda: road.effects() == ["a", "b"])

    assert parked(road) == []
    road.close()
