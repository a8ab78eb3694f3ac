"""What the API refuses: each fault by its field, and nothing kept of it."""

from __future__ import annotations

import base64
import copy
from collections.abc import Callable
from typing import Any

import pytest

from shared.crypto import age, hybrid
from tests.service.complaints.world import World, random_receipt

Body = dict[str, Any]


@pytest.fixture
def world(still_world: World) -> World:
    return still_world


@pytest.fixture(scope="module")
def body(still_world: World) -> Body:
    return still_world.filing(random_receipt()[1])


def b64(content: bytes) -> str:
    return base64.b64encode(content).decode()


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
