"""Passkeys against literal answers, and against answers nobody's device would give."""

from __future__ import annotations

import json
from typing import Any

import cbor2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from webauthn.helpers import base64url_to_bytes

from shared.crypto import person
from shared.crypto.encoding import to_base64url
from shared.crypto.errors import MalformedPasskey
from shared.crypto.passkey import (
    LONGEST_ANSWER,
    Party,
    check_new,
    check_signed,
    credential_id,
    handle_of,
)
from tests.support.authenticator import Authenticator
from tests.unit.crypto.vectors import load, unbase64, why

VECTORS = load("passkey")
CHALLENGE = bytes.fromhex(VECTORS["challenge"])
PUBLIC_KEY = bytes.fromhex(VECTORS["public_key"])


def _party() -> Party:
    party = Party.of(VECTORS["party"])
    assert party is not None
    return party


def _judge(answer: dict[str, Any]) -> Any:
    return check_signed(_party(), CHALLENGE, json.dumps(answer), PUBLIC_KEY)


def test_a_new_passkey_is_read() -> None:
    answer = json.dumps(VECTORS["made"]["answer"])

    new = check_new(_party(), CHALLENGE, answer)

    assert new.id.hex() == VECTORS["made"]["id"] == credential_id(answer).hex()
    assert (new.public_key, new.signatures, new.is_synced) == (PUBLIC_KEY, 0, False)


@pytest.mark.parametrize("case", VECTORS["signed"], ids=why)
def test_a_signature_says_its_count_and_whether_a_person_was_checked(case: dict[str, Any]) -> None:
    signed = _judge(case["answer"])

    assert (signed.signatures, signed.is_verified) == (case["signatures"], case["is_verified"])
    assert signed.handle.hex() == VECTORS["handle"]


@pytest.mark.parametrize("case", VECTORS["refused"], ids=why)
def test_a_signature_from_elsewhere_proves_nothing(case: dict[str, Any]) -> None:
    with pytest.raises(MalformedPasskey):
        _judge(case["answer"])


@pytest.mark.parametrize("field", ["origin", "rp_id"])
def test_a_passkey_made_for_another_site_is_refused(field: str) -> None:
    device = Authenticator("https://meja.contoh.id", "meja.contoh.id")
    setattr(device, field, "https://jahat.example" if field == "origin" else "jahat.example")

    with pytest.raises(MalformedPasskey):
        check_new(_party(), CHALLENGE, device.register("x" * 43))


@pytest.mark.parametrize(
    "told", [{"fmt": "tpm"}, {"fmt": "packed", "attStmt": {"alg": -7, "sig": b"s", "x5c": [b"c"]}}]
)
def test_a_makers_statement_is_not_read(told: dict[str, Any]) -> None:
    answer = json.loads(json.dumps(VECTORS["made"]["answer"]))
    stated = cbor2.loads(base64url_to_bytes(answer["response"]["attestationObject"]))
    answer["response"]["attestationObject"] = to_base64url(cbor2.dumps({**stated, **told}))

    with pytest.raises(MalformedPasskey):
        check_new(_party(), CHALLENGE, json.dumps(answer))


_JSON = st.recursive(
    st.none() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=6,
)
_ANSWERS = st.fixed_dictionaries(
    {},
    optional={
        name: _JSON | st.just(VECTORS["signed"][0]["answer"][name])
        for name in ("id", "rawId", "type", "response")
    },
)


@given(_ANSWERS | _JSON, st.binary(max_size=80))
def test_whatever_a_browser_sends_it_is_refused_by_name(answer: Any, key: bytes) -> None:
    text = json.dumps(answer)
    for judge in (
        lambda: check_new(_party(), CHALLENGE, text),
        lambda: check_signed(_party(), CHALLENGE, text, key),
    ):
        with pytest.raises(MalformedPasskey):
            judge()


@pytest.mark.parametrize("text", ["", "{", "[" * 9000, '{"id": ""}', "x" * (LONGEST_ANSWER + 1)])
def test_what_is_no_answer_names_no_passkey(text: str) -> None:
    with pytest.raises(MalformedPasskey):
        credential_id(text)


@pytest.mark.parametrize(
    ("url", "party"),
    [
        ("https://meja.contoh.id", Party("meja.contoh.id", "https://meja.contoh.id")),
        ("https://meja.contoh.id:8443", Party("meja.contoh.id", "https://meja.contoh.id:8443")),
        ("http://127.0.0.1:8100", Party("localhost", "http://localhost:8100")),
        ("http://10.1.2.3:8100", None),
        ("https://[2001:db8::1]", None),
    ],
)
def test_a_party_is_a_host_with_a_name(url: str, party: Party | None) -> None:
    assert Party.of(url) == party


def test_people_of_two_installations_are_filed_apart() -> None:
    assert len({handle_of("rani", "a"), handle_of("rani", "b"), handle_of("ran", "ia")}) == 3


@pytest.mark.parametrize("case", VECTORS["prf"])
def test_what_a_passkey_wraps_opens_with_its_prf_alone(case: dict[str, str]) -> None:
    kek = person.kek_of_prf(bytes.fromhex(case["output"]))

    assert person.prf_input(VECTORS["deployment"]).hex() == VECTORS["prf_input"]
    assert kek.hex() == case["kek"]
    assert person.unwrap_identity(kek, unbase64(case["wrapped"])).hex() == case["seeds"]
