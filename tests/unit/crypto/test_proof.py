"""The proof of work: bound to its bytes, in ALTCHA's format, refused for every other reason."""

from __future__ import annotations

import base64
import hashlib
from datetime import UTC, datetime, timedelta
from typing import Any

import altcha.v1 as altcha
import pytest

from shared.crypto.proof import (
    Challenge,
    ProofStale,
    ProofWrong,
    check_proof,
    new_challenge,
    proof_key,
    proof_of,
    solve,
)
from shared.runtime.errors import Refused
from tests.unit.crypto.vectors import load

VECTORS = load("proof")
KEY = bytes.fromhex(VECTORS["key"])
WHAT = hashlib.sha256(base64.b64decode(VECTORS["content"])).digest()
NOW = datetime.fromtimestamp(VECTORS["now"], UTC)


@pytest.mark.parametrize("good", VECTORS["good"], ids=lambda one: str(one["number"]))
def test_a_solver_finds_the_number_and_the_check_takes_it(good: dict[str, Any]) -> None:
    challenge = Challenge.read(good["challenge"])

    found = solve(challenge)

    assert found == good["proof"] == proof_of(challenge, good["number"])
    check_proof(KEY, found, WHAT, NOW)


@pytest.mark.parametrize("bad", VECTORS["refused"], ids=lambda one: str(one["why"]))
def test_what_is_no_proof_is_refused(bad: dict[str, Any]) -> None:
    with pytest.raises(Refused) as refusal:
        check_proof(KEY, bad["proof"], WHAT, NOW)

    assert refusal.value.code == bad["code"]
    assert refusal.value.field == "Kentongan-Proof"


def test_a_proof_serves_only_the_bytes_it_was_made_for() -> None:
    with pytest.raises(ProofWrong):
        check_proof(KEY, VECTORS["good"][0]["proof"], hashlib.sha256(b"other").digest(), NOW)


def test_a_proof_of_another_server_is_wrong() -> None:
    with pytest.raises(ProofWrong):
        check_proof(proof_key(KEY), VECTORS["good"][0]["proof"], WHAT, NOW)


def test_a_late_proof_is_told_apart_from_a_wrong_one() -> None:
    late = datetime.fromtimestamp(VECTORS["late"], UTC)

    with pytest.raises(ProofStale):
        check_proof(KEY, VECTORS["good"][0]["proof"], WHAT, late)


def test_altchas_own_library_solves_and_accepts_ours() -> None:
    until = datetime.now(UTC) + timedelta(minutes=5)
    ours = new_challenge(KEY, WHAT, expires_at=until, most=200)
    theirs = altcha.Challenge("SHA-256", ours.challenge, ours.maxnumber, ours.salt, ours.signature)

    solved = altcha.solve_challenge(theirs)

    assert solved is not None
    check_proof(KEY, proof_of(ours, solved.number), WHAT, datetime.now(UTC))
    assert altcha.verify_solution(solve(ours), KEY) == (True, None)


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        [],
        None,
        {**VECTORS["good"][0]["challenge"], "maxnumber": 10**12},
        {**VECTORS["good"][0]["challenge"], "maxnumber": "64"},
        {**VECTORS["good"][0]["challenge"], "algorithm": "SHA-512"},
        {**VECTORS["good"][0]["challenge"], "salt": None},
    ],
)
def test_a_solver_does_not_try_what_is_no_challenge(wrong: Any) -> None:
    with pytest.raises(ValueError, match="not a challenge"):
        Challenge.read(wrong)


def test_a_challenge_that_hides_no_number_ends() -> None:
    hopeless = {**VECTORS["good"][0]["challenge"], "challenge": "00" * 32}

    with pytest.raises(ValueError, match="no number fits"):
        solve(Challenge.read(hopeless))
