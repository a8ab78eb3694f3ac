"""Opening many mailboxes costs work, for a known code and an unknown one alike."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from shared.crypto.proof import HEADER, Challenge, solve
from shared.crypto.receipt import ReceiptKeys
from shared.crypto.signing import request_string, sign
from tests.service.complaints.world import World, random_receipt, signed_headers

PATH = "/api/v1/mailbox"


@pytest.fixture
def crowded(tmp_path: Path) -> Iterator[World]:
    """The free openings of this minute are used up after the first."""
    at = datetime(2026, 11, 23, 3, 32, tzinfo=UTC)
    made = World(
        f"sqlite:///{tmp_path / 'few.db'}", tmp_path, at, env={"KENTONGAN_FREE_OPENINGS": "1"}
    )
    made.look(random_receipt()[1])
    yield made
    made.close()


def request_of(world: World, keys: ReceiptKeys) -> dict[str, str]:
    nonce = world.browser.post(f"{PATH}/nonce").get_json()["nonce"]
    signature = sign(keys.sign_seed, request_string("GET", PATH, nonce, b""))
    return signed_headers(keys, nonce, signature)


def worked(world: World, headers: dict[str, str]) -> dict[str, str]:
    what = hashlib.sha256(headers["Kentongan-Signature"].encode()).hexdigest()
    told = world.browser.post("/api/v1/challenge", json={"for": what}).get_json()
    return {**headers, HEADER: solve(Challenge.read(told))}


def look(world: World, headers: dict[str, str]) -> Any:
    return world.browser.get(PATH, headers=headers)


def test_a_known_and_an_unknown_mailbox_are_asked_for_work_alike(crowded: World) -> None:
    known, unknown = random_receipt()[1], random_receipt()[1]
    assert crowded.send(crowded.filing(known)).status_code == 201

    asked = [look(crowded, request_of(crowded, keys)) for keys in (known, unknown)]

    assert [one.status_code for one in asked] == [422, 422]
    assert asked[0].get_json()["code"] == "proof_required"
    assert asked[0].data == asked[1].data
    assert dict(asked[0].headers) == dict(asked[1].headers)


def test_the_work_opens_the_mailbox_it_was_signed_for_and_no_other(crowded: World) -> None:
    keys, others = random_receipt()[1], random_receipt()[1]
    assert crowded.send(crowded.filing(keys)).status_code == 201
    own = worked(crowded, request_of(crowded, keys))

    opened = look(crowded, own)
    reused = look(crowded, {**request_of(crowded, others), HEADER: own[HEADER]})

    assert (opened.status_code, opened.get_json()["status"]) == (200, "received")
    assert reused.get_json()["code"] == "proof_wrong"


def test_a_method_that_opens_nothing_is_refused_as_such(crowded: World) -> None:
    headers = request_of(crowded, random_receipt()[1])

    assert crowded.browser.open(PATH, method="TRACE", headers=headers).status_code == 405
