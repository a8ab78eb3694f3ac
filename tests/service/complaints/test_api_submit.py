"""Filing through the API: once, to the right unit, sealed; all else is refused and not kept."""

from __future__ import annotations

import base64
import copy
import json
import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from shared.contracts import decode
from shared.contracts.facts import UnitKeyPublished
from shared.crypto import age, hybrid, sealing
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
        {"step": "final", "by": "2027-01-22"},
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


def change(*path: str, to: Any) -> Callable[[Body], None]:
    def apply(body: Body) -> None:
        for name in path[:-1]:
            body = body[name]
        body[path[-1]] = to

    return apply


def drop(*path: str) -> Callable[[Body], None]:
    def apply(body: Body) -> None:
        for name in path[:-1]:
            body = body[name]
        del body[path[-1]]

    return apply


def two_readers() -> str:
    readers = [hybrid.recipient_of(hybrid.new_identity()) for _ in range(2)]
    return b64(age.encrypt(b"\0" * 16384, readers))


def odd_size() -> str:
    readers = [hybrid.recipient_of(hybrid.new_identity()) for _ in range(3)]
    return b64(age.encrypt(b"\0" * 16000, readers))


LOOK_ALIKE = b64(b"age-encryption.org/v1\n-> mlkem768x25519 AAAA\nAAAA\n--- AAAA\n" + b"x" * 16400)

REFUSED = [
    (change("v", to=2), "v"),
    (drop("v"), "v"),
    (change("case", to="bukan-uuid"), "case"),
    (change("case", to="5C0C1F5E-6A2B-4C52-9A51-0C67A0E4B111"), "case"),
    (change("mailbox", to=7), "mailbox"),
    (change("mailbox", "lookup", to="pendek"), "mailbox.lookup"),
    (change("mailbox", "sign", to="A" * 44), "mailbox.sign"),
    (change("mailbox", "box", to="age1pq1bohong"), "mailbox.box"),
    (drop("mailbox", "box"), "mailbox.box"),
    (change("unit", to="unit-khayal"), "unit"),
    (change("unit", to="ombudsman-ri"), "unit"),
    (change("unit", to=None), "unit"),
    (change("epoch", to=2), "epoch"),
    (change("epoch", to="1"), "epoch"),
    (change("epoch", to=0), "epoch"),
    (change("epoch", to=10**30), "epoch"),
    (change("events_key", to=""), "events_key"),
    (change("disclosed", to=[]), "disclosed"),
    (change("disclosed", "service", to="sulap"), "disclosed.service"),
    (change("disclosed", "region", to="99.99"), "disclosed.region"),
    (change("disclosed", "office_region", to="00"), "disclosed.office_region"),
    (change("disclosed", "office_kind", to="warung"), "disclosed.office_kind"),
    (change("disclosed", "asked", to=854_999), "disclosed.asked"),
    (change("disclosed", "asked", to=-1), "disclosed.asked"),
    (change("disclosed", "coercion", to="sihir"), "disclosed.coercion"),
    (change("disclosed", "exclude", to=["x"]), "disclosed.exclude"),
    (change("disclosed", "exclude", to=["a", "b", "c", "d"]), "disclosed.exclude"),
    (change("disclosed", "story", to="cerita"), "disclosed.story"),
    (change("envelope", to="Petugas meminta uang"), "envelope"),
    (change("envelope", to=b64(b"Petugas meminta uang " * 900)), "envelope"),
    (change("envelope", to=LOOK_ALIKE), "envelope"),
    (change("envelope", to="-" * 200), "envelope"),
    (change("envelope", to="A" * 120_000), "envelope"),
    (change("envelope", to=None), "envelope"),
    (change("contact", to=b64(b"warga@contoh.id")), "contact"),
    (change("contact", to=["x"]), "contact"),
    (change("lang", to="kl"), "lang"),
    (change("evidence", to=[{"name": "x"}]), "evidence.0.name"),
    (change("evidence", to=[{"name": "a" * 32, "size": 9, "sha256": "b" * 64}]), "evidence"),
    (change("nama", to="Budi"), "nama"),
]


@pytest.mark.parametrize(("spoil", "field"), REFUSED)
def test_a_wrong_field_is_refused_by_name_and_nothing_is_kept(
    world: World, body: Body, spoil: Callable[[Body], None], field: str
) -> None:
    spoiled = copy.deepcopy(body)
    spoil(spoiled)

    answer = world.send(spoiled)

    told = answer.get_json()
    assert 400 <= answer.status_code < 500, told
    assert field in {one["field"] for one in told["errors"]}, told
    assert all(one["code"] and one["message"] for one in told["errors"])
    assert world.count("complaint") == world.count("fact") == 0


@pytest.mark.parametrize("make", [two_readers, odd_size])
def test_an_envelope_of_another_shape_is_refused(
    world: World, body: Body, make: Callable[[], str]
) -> None:
    answer = world.send({**body, "envelope": make()})

    assert (answer.status_code, answer.get_json()["field"]) == (422, "envelope")
    assert world.count("fact") == 0


@pytest.mark.parametrize(
    ("content", "kind", "status"),
    [
        (b"", "application/json", 400),
        (b"{", "application/json", 400),
        (b"[" * 100_000, "application/json", 400),
        (b'{"v": NaN}', "application/json", 400),
        (b'{"v": 1, "v": 1}', "application/json", 400),
        (b"\xff\xfe", "application/json", 400),
        (b"null", "application/json", 422),
        (b"[]", "application/json", 422),
        (b"7", "application/json", 422),
        (b"{}", "text/plain", 415),
        (b"x" * (3 << 20), "application/json", 413),
    ],
)
def test_a_body_that_is_no_complaint_is_refused_with_a_sentence(
    world: World, content: bytes, kind: str, status: int
) -> None:
    answer = world.browser.post("/api/v1/complaints", data=content, content_type=kind)

    assert answer.status_code == status
    assert answer.get_json()["code"]
    assert answer.get_json()["message"]


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "PATCH"])
def test_a_wrong_method_is_told_as_json(world: World, method: str) -> None:
    answer = world.browser.open("/api/v1/complaints", method=method)

    assert answer.status_code == 405
    assert answer.get_json()["code"] == "method_not_allowed"


def test_an_excluded_unit_gets_nothing(world: World, body: Body) -> None:
    disclosed = {**DISCLOSED, "exclude": [world.unit]}

    answer = world.send({**body, "disclosed": disclosed})

    assert (answer.status_code, answer.get_json()["field"]) == (422, "unit")
