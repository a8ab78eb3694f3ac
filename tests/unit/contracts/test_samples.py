"""Every contract keeps the bytes it was released with."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from shared.contracts import MalformedFact, UnknownContract, decode, encode
from shared.contracts.facts import PUBLIC
from shared.contracts.private import PRIVATE
from shared.contracts.wire import without_parts

SAMPLES = Path("shared/contracts/samples")
WHOLE = json.loads((SAMPLES / "facts.json").read_text())
REFUSED = json.loads((SAMPLES / "refused.json").read_text())


@pytest.mark.parametrize("sample", WHOLE, ids=lambda s: s["name"])
def test_a_released_fact_reads_the_same_for_ever(sample: dict[str, str]) -> None:
    body = bytes.fromhex(sample["bytes"])

    fact = decode(body)

    assert f"{fact.type}.{fact.version}" == sample["name"]
    assert encode(fact) == body


@pytest.mark.parametrize("sample", REFUSED, ids=lambda s: s["why"])
def test_a_damaged_fact_is_refused(sample: dict[str, str]) -> None:
    with pytest.raises((MalformedFact, UnknownContract)) as refusal:
        decode(bytes.fromhex(sample["bytes"]))

    assert refusal.value.code == sample["code"]


def test_a_fact_without_its_parts_keeps_what_is_committed() -> None:
    body = bytes.fromhex(next(s["bytes"] for s in WHOLE if s["name"] == "reply.received.1"))

    head = without_parts(body)

    assert head[7:] == decode(body).canonical()
    assert decode(body).parts["envelope"] not in head
    with pytest.raises(MalformedFact):
        decode(head)
    with pytest.raises(MalformedFact):
        without_parts(b"KF2" + body[3:])


def test_every_contract_has_a_sample() -> None:
    named = {sample["name"] for sample in WHOLE}

    assert named == {f"{c.type}.{c.version}" for c in (*PUBLIC, *PRIVATE)}


def test_a_field_nobody_here_knows_is_passed_over() -> None:
    body = bytes.fromhex(next(s["bytes"] for s in WHOLE if s["name"] == "reply.received.1"))
    longer = _with_field(body, "mood", "calm")

    fact = decode(longer)

    assert fact.payload == decode(body).payload


def _with_field(body: bytes, name: str, value: str) -> bytes:
    length = int.from_bytes(body[3:7], "big")
    head = json.loads(body[7 : 7 + length])
    head["payload"][name] = value
    text = json.dumps(head, sort_keys=True, separators=(",", ":")).encode()
    return body[:3] + len(text).to_bytes(4, "big") + text + body[7 + length :]
