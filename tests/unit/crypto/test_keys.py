"""Signed requests, tickets, road bodies, commitments and people's keys against their vectors."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.crypto import commitment, person, road, signing, tickets, unseal
from shared.crypto.errors import (
    CannotOpen,
    MalformedBody,
    MalformedKey,
    MalformedTicket,
    TooLong,
)
from tests.unit.crypto.vectors import load, unbase64, why

REQUEST, TICKET, ROAD = load("request"), load("ticket"), load("road")
COMMITMENT, PERSON = load("commitment"), load("person")


def instant(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


@pytest.mark.parametrize("case", REQUEST["signed"])
def test_a_request_signs_as_the_vector_says(case: dict[str, str]) -> None:
    text = signing.request_string(
        case["method"], case["path"], case["nonce"], unbase64(case["body"])
    )
    seed = bytes.fromhex(case["seed"])

    assert text == unbase64(case["string"])
    assert signing.public_of(seed).hex() == case["public"]
    assert signing.sign(seed, text).hex() == case["signature"]
    assert signing.verify(bytes.fromhex(case["public"]), text, bytes.fromhex(case["signature"]))


@pytest.mark.parametrize("case", REQUEST["refused"], ids=why)
def test_a_bad_signature_is_just_not_good(case: dict[str, str]) -> None:
    public, signature = bytes.fromhex(case["public"]), bytes.fromhex(case["signature"])

    assert not signing.verify(public, unbase64(case["string"]), signature)


@pytest.mark.parametrize("case", TICKET["opened"])
def test_a_ticket_opens_for_its_purpose_in_time(case: dict[str, Any]) -> None:
    key = bytes.fromhex(TICKET["key"])

    content = tickets.open_ticket(
        key, case["ticket"], instant(case["now"]), purpose=case["purpose"]
    )

    assert content == unbase64(case["content"])


@pytest.mark.parametrize("case", TICKET["refused"], ids=why)
def test_a_bad_ticket_is_refused_by_name(case: dict[str, Any]) -> None:
    key = bytes.fromhex(TICKET["key"])

    with pytest.raises(MalformedTicket) as refusal:
        tickets.open_ticket(key, case["ticket"], instant(case["now"]), purpose=case["purpose"])

    assert refusal.value.code == case["code"]


@given(st.binary(max_size=500), st.text(st.characters(exclude_categories=["Cs"]), max_size=20))
def test_any_ticket_comes_back(content: bytes, purpose: str) -> None:
    ticket = tickets.seal_ticket(bytes(32), content, instant(100), purpose=purpose)

    assert tickets.open_ticket(bytes(32), ticket, instant(99), purpose=purpose) == content


@pytest.mark.parametrize("case", ROAD["opened"])
def test_a_road_body_opens_under_any_key_still_held(case: dict[str, str]) -> None:
    keys = road.RoadKeys.parse(case["setting"])
    turned = road.RoadKeys.parse(",".join(reversed(case["setting"].split(","))))

    for held in (keys, turned):
        opened = road.open_body(held, unbase64(case["sealed"]), case["fact_id"])
        assert opened == unbase64(case["body"])


@pytest.mark.parametrize("case", ROAD["refused"], ids=why)
def test_a_bad_road_body_is_refused(case: dict[str, str]) -> None:
    keys = road.RoadKeys.parse(case["setting"])

    with pytest.raises(MalformedBody):
        road.open_body(keys, unbase64(case["sealed"]), case["fact_id"])


@pytest.mark.parametrize("setting", ROAD["refused_settings"])
def test_a_bad_road_key_is_refused(setting: str) -> None:
    with pytest.raises(MalformedKey):
        road.RoadKeys.parse(setting)


@pytest.mark.parametrize("size", [0, 1020, 1021, 32764, 100_000, road.MAX_BODY_BYTES])
def test_road_bodies_show_only_their_class(size: int) -> None:
    keys = road.RoadKeys.parse(road.RoadKeys.new_setting())

    sealed = road.seal_body(keys, b"a" * size, "id")

    assert len(sealed) - road.OVERHEAD in road.CLASSES
    assert road.open_body(keys, sealed, "id") == b"a" * size


def test_a_road_body_past_the_last_class_is_refused() -> None:
    keys = road.RoadKeys.parse(road.RoadKeys.new_setting())

    with pytest.raises(TooLong):
        road.seal_body(keys, bytes(road.MAX_BODY_BYTES + 1), "id")


@pytest.mark.parametrize("case", COMMITMENT["entries"])
def test_a_commitment_is_the_vector_s(case: dict[str, Any]) -> None:
    number = commitment.index(case["wall"], case["n"])
    entry = commitment.entry(bytes.fromhex(case["events_key"]), number, unbase64(case["canonical"]))

    assert number == case["index"]
    assert entry.hex() == case["entry"]
    assert len(entry) == commitment.ENTRY_BYTES


@pytest.mark.parametrize("case", COMMITMENT["refused"], ids=why)
def test_a_commitment_number_out_of_range_is_a_fault(case: dict[str, Any]) -> None:
    with pytest.raises(ValueError):
        commitment.index(case["wall"], case["n"])


@pytest.mark.parametrize("case", PERSON["stretched"])
def test_a_passphrase_stretches_to_the_vector(case: dict[str, str]) -> None:
    secret = person.stretch(case["name"], case["passphrase"], case["deployment"])

    assert secret.auth_key.hex() == case["auth_key"]
    assert secret.kek.hex() == case["kek"]
    assert person.auth_hash(secret.auth_key).hex() == case["auth_hash"]
    assert case["kek"] not in repr(secret)


@pytest.mark.parametrize("case", PERSON["wrapped"])
def test_a_wrapped_identity_opens(case: dict[str, str]) -> None:
    kek, seeds = bytes.fromhex(case["kek"]), bytes.fromhex(case["seeds"])

    assert person.unwrap_identity(kek, unbase64(case["wrapped"])) == seeds
    assert person.unwrap_identity(kek, person.wrap_identity(kek, seeds)) == seeds
    assert person.identity_of(seeds) == case["identity"]
    assert person.recipient_of(seeds) == case["recipient"]


@pytest.mark.parametrize("case", PERSON["refused"], ids=why)
def test_a_wrapped_identity_opens_for_nobody_else(case: dict[str, str]) -> None:
    with pytest.raises(CannotOpen):
        person.unwrap_identity(bytes.fromhex(case["kek"]), unbase64(case["wrapped"]))


@pytest.mark.parametrize("case", PERSON["unit_keys"])
def test_a_member_opens_the_unit_key(case: dict[str, str]) -> None:
    identity = person.identity_of(bytes.fromhex(case["seeds"]))

    assert unseal.decrypt(unbase64(case["file"]), identity).decode() == case["identity"]


def test_only_the_stored_auth_key_matches() -> None:
    stored = person.auth_hash(b"a" * 32)

    assert person.auth_matches(stored, b"a" * 32)
    assert not person.auth_matches(stored, b"b" * 32)
    assert not person.auth_matches(None, b"a" * 32)


def test_seeds_of_another_length_are_refused() -> None:
    with pytest.raises(MalformedKey):
        person.wrap_identity(bytes(32), bytes(63))
