"""Filing through the API: once, to the right unit, sealed; all else is refused and not kept."""

from __future__ import annotations

import base64
import json
import threading
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event

from shared.contracts import decode
from shared.contracts.facts import UnitKeyPublished
from shared.crypto import hybrid, sealing
from shared.crypto.unseal import open_json
from tests.service.complaints.world import (
    DISCLOSED,
    NOTIFY_IDENTITY,
    TRIAGE_IDENTITY,
    World,
    random_receipt,
)

Body = dict[str, Any]


@pytest.fixture
def body(world: World) -> Body:
    return world.filing(random_receipt()[1])


def facts(world: World) -> list[Any]:
    with world.house.database.read() as connection:
        rows = connection.exec_driver_sql("SELECT body FROM fact ORDER BY position").scalars().all()
    return [decode(bytes(row)) for row in rows]


def b64(content: bytes) -> str:
    return base64.b64encode(content).decode()


def test_a_sealed_complaint_comes_in_and_its_sender_is_told_by_when(
    world: World, body: Body
) -> None:
    answer = world.send(body)

    assert answer.status_code == 201
    told = answer.get_json()
    assert told["promised"] == [
        {"step": "verify", "by": "2026-11-26"},
        {"step": "final", "by": "2027-01-25"},
    ]
    assert told["desk"] == world.house.rulebook.units.unit(world.unit).kind
    assert world.count("complaint") == world.count("fact") == 1


def test_the_fact_carries_the_hour_and_what_triage_needs(world: World, body: Body) -> None:
    world.send(body)

    [fact] = facts(world)
    assert (fact.at.minute, fact.at.second) == (0, 0)
    told = open_json(fact.parts["disclosed"], TRIAGE_IDENTITY)
    assert isinstance(told, dict)
    assert told["disclosed"]["office_kind"] == "satpas"
    assert told["events_key"] == body["events_key"]
    assert told["box"] == body["mailbox"]["box"]
    assert b64(fact.parts["envelope"]) == body["envelope"]


def test_on_postgresql_all_of_it_is_one_statement(world: World, body: Body) -> None:
    world.send(world.filing(random_receipt()[1]))
    said: list[str] = []
    engine = world.house.database.engine
    event.listen(engine, "before_cursor_execute", lambda _c, _cursor, sql, *_: said.append(sql))

    answer = world.send(body)

    assert answer.status_code == 201
    writes = [sql for sql in said if "INSERT" in sql]
    if world.house.database.is_sqlite:
        assert len(writes) == 3
    else:
        assert said == []  # it ran on a connection of its own
        with world.house.database.read() as connection:
            tables = ("complaint", "commit_key", "fact")
            asked = [f"SELECT xmin::text, cmin::text FROM {table}" for table in tables]
            found = [connection.exec_driver_sql(one).fetchall()[-1] for one in asked]
        assert len({tuple(row) for row in found}) == 1


def test_the_same_body_again_gets_the_same_answer(world: World, body: Body) -> None:
    first, again = world.send(body), world.send(body)

    assert (first.status_code, again.status_code) == (201, 200)
    assert first.get_json() == again.get_json()
    assert world.count("fact") == 1


def test_the_same_body_is_answered_after_the_units_key_has_moved_on(
    world: World, body: Body
) -> None:
    world.send(body)
    new = hybrid.recipient_of(hybrid.new_identity())
    world.hear(UnitKeyPublished(unit=world.unit, epoch=2, recipient=new))
    world.clock.advance(timedelta(seconds=6))

    again = world.send(body)
    late = world.send(world.filing(random_receipt()[1]))

    assert again.status_code == 200
    assert (late.status_code, late.get_json()["code"]) == (422, "stale_key")


def test_a_key_published_just_now_is_known_at_once(world: World, body: Body) -> None:
    world.send(body)
    new = hybrid.recipient_of(hybrid.new_identity())
    world.hear(UnitKeyPublished(unit=world.unit, epoch=2, recipient=new))

    answer = world.send(world.filing(random_receipt()[1], epoch=2))

    assert answer.status_code == 201


def test_another_body_for_the_same_mailbox_or_case_is_a_conflict(world: World, body: Body) -> None:
    world.send(body)
    other = world.filing(random_receipt()[1])

    same_mailbox = world.send({**other, "mailbox": body["mailbox"]})
    same_case = world.send({**other, "case": body["case"]})

    for answer in (same_mailbox, same_case):
        assert (answer.status_code, answer.get_json()["code"]) == (409, "another_stands")
    assert world.count("complaint") == world.count("fact") == 1


def test_threads_racing_one_body_file_it_once(world: World, body: Body) -> None:
    statuses: list[int] = []

    def race() -> None:
        with world.another_browser() as client:
            statuses.append(client.post("/api/v1/complaints", json=body).status_code)

    threads = [threading.Thread(target=race) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(statuses) == [200] * 5 + [201]
    assert world.count("fact") == 1


def test_a_contact_goes_to_notify_and_never_to_triage(world: World) -> None:
    _, keys = random_receipt()
    contact = sealing.seal_json(
        {"address": "warga@contoh.id", "lang": "id", "events_key": "x"},
        hybrid.recipient_of(NOTIFY_IDENTITY),
    )

    answer = world.send(world.filing(keys, contact=b64(contact)))

    assert answer.status_code == 201
    told = {fact.type: fact for fact in facts(world)}
    assert told["contact.left"].parts == {"contact": contact}
    assert set(told["complaint.submitted"].parts) == {"envelope", "disclosed"}
    assert contact not in told["complaint.submitted"].parts.values()
    opened = open_json(told["complaint.submitted"].parts["disclosed"], TRIAGE_IDENTITY)
    assert "warga@contoh.id" not in json.dumps(opened)


def test_an_excluded_unit_gets_nothing(world: World, body: Body) -> None:
    disclosed = {**DISCLOSED, "exclude": [world.unit]}

    answer = world.send({**body, "disclosed": disclosed})

    assert (answer.status_code, answer.get_json()["field"]) == (422, "unit")
