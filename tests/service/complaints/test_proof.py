"""Filing by API costs work, bound to what is sent; and no one is refused for a late answer."""

from __future__ import annotations

import hashlib
import json
from datetime import timedelta
from typing import Any

import pytest
from werkzeug.test import Client

from services.complaints.web.api.proving import LIVES, QUIET_FILINGS, STEEPEST, Proving
from shared.crypto.proof import HEADER, Challenge, solve
from tests.service.complaints.world import World, random_receipt
from tests.support.proof import CHEAP

COMPLAINTS = "/api/v1/complaints"


def bytes_of(world: World) -> bytes:
    return json.dumps(world.filing(random_receipt()[1])).encode()


def challenge_for(world: World, content: bytes) -> Challenge:
    what = {"for": hashlib.sha256(content).hexdigest()}
    return Challenge.read(Client(world.bare).post("/api/v1/challenge", json=what).get_json())


def send(world: World, content: bytes, proof: str | None) -> Any:
    headers = {} if proof is None else {HEADER: proof}
    asker = Client(world.bare)
    return asker.post(COMPLAINTS, data=content, headers=headers, content_type="application/json")


def test_a_filing_without_its_work_is_refused_and_not_read(world: World) -> None:
    for content in (bytes_of(world), b"{"):
        answer = send(world, content, None)

        assert (answer.status_code, answer.get_json()["code"]) == (422, "proof_required")
        assert answer.get_json()["field"] == HEADER
    assert world.count("complaint") == 0


def test_work_done_for_one_body_does_not_let_another_in(world: World) -> None:
    first, second = bytes_of(world), bytes_of(world)
    proof = solve(challenge_for(world, first))

    assert send(world, second, proof).get_json()["code"] == "proof_wrong"
    assert send(world, first, proof).status_code == 201
    assert send(world, first, proof).status_code == 200, "the very same again changes nothing"
    assert world.count("complaint") == 1


def test_a_late_proof_lets_in_only_what_came_in_before(world: World) -> None:
    known, new = bytes_of(world), bytes_of(world)
    proofs = [solve(challenge_for(world, content)) for content in (known, new)]
    told = send(world, known, proofs[0]).get_json()
    world.clock.advance(LIVES + timedelta(seconds=1))

    again, late = send(world, known, proofs[0]), send(world, new, proofs[1])

    assert (again.status_code, again.get_json()) == (200, told)
    assert (late.status_code, late.get_json()["code"]) == (422, "proof_stale")
    assert world.count("complaint") == 1


def test_many_accepted_proofs_make_the_next_dearer_within_bounds(world: World) -> None:
    proving = Proving(world.house)
    quiet = proving.most_tries()
    for _ in range(QUIET_FILINGS):
        proving.filings.take()

    assert quiet == int(CHEAP)
    assert int(CHEAP) * (STEEPEST - 1) < proving.most_tries() <= int(CHEAP) * STEEPEST


def test_asking_and_failing_make_it_dearer_for_nobody(world: World) -> None:
    content = bytes_of(world)
    for _ in range(2 * QUIET_FILINGS):
        challenge_for(world, content)
        send(world, content, "bm8=")

    assert challenge_for(world, content).maxnumber == int(CHEAP)


@pytest.mark.parametrize("wrong", ["", "AB" * 32, "0" * 63, "0" * 64 + "\n"])
def test_a_challenge_is_for_a_hash_and_nothing_else(world: World, wrong: str) -> None:
    answer = Client(world.bare).post("/api/v1/challenge", json={"for": wrong})

    assert (answer.status_code, answer.get_json()["field"]) == (422, "for")
