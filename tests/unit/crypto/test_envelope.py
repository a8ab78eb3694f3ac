"""age files: sealed, opened, and everything that is none refused."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.crypto import age, age_format, bech32, hybrid, unseal
from shared.crypto.errors import (
    CannotOpen,
    MalformedEnvelope,
    MalformedIdentity,
    MalformedRecipient,
)
from shared.runtime.errors import Refused
from tests.unit.crypto.vectors import load, unbase64, why

VECTORS = load("envelope")
IDENTITIES = [key["identity"] for key in VECTORS["keys"]]
RECIPIENTS = [key["recipient"] for key in VECTORS["keys"]]


def test_an_identity_gives_its_recipient() -> None:
    assert [age.recipient_of(identity) for identity in IDENTITIES] == RECIPIENTS


@pytest.mark.parametrize("case", VECTORS["opened"], ids=why)
def test_every_addressee_opens_the_file(case: dict[str, Any]) -> None:
    file = unbase64(case["file"])

    assert age.check(file) == case["stanzas"]
    for identity in case["identities"]:
        assert unseal.decrypt(file, [identity]) == unbase64(case["plaintext"])
        assert unseal.decrypt(file, identity) == unbase64(case["plaintext"])


@pytest.mark.parametrize("case", VECTORS["malformed"], ids=why)
def test_what_is_no_envelope_fails_the_check(case: dict[str, Any]) -> None:
    with pytest.raises(MalformedEnvelope):
        age.check(unbase64(case["file"]))


@pytest.mark.parametrize("case", VECTORS["not_opened"], ids=why)
def test_what_must_not_open_is_refused_by_name(case: dict[str, Any]) -> None:
    with pytest.raises(Refused) as refusal:
        unseal.decrypt(unbase64(case["file"]), case["identities"])

    assert refusal.value.code == case["code"]


@pytest.mark.parametrize("recipient", VECTORS["recipients_refused"])
def test_a_malformed_recipient_is_refused(recipient: str) -> None:
    with pytest.raises(MalformedRecipient):
        age.encrypt(b"x", [recipient])


@pytest.mark.parametrize("identity", VECTORS["identities_refused"])
def test_a_malformed_identity_is_refused(identity: str) -> None:
    with pytest.raises(MalformedIdentity):
        age.recipient_of(identity)


def test_nobody_and_a_bare_string_are_no_recipients() -> None:
    with pytest.raises(MalformedRecipient):
        age.encrypt(b"x", [])
    with pytest.raises(MalformedRecipient):
        age.encrypt(b"x", RECIPIENTS[0])


@pytest.mark.parametrize("size", [0, 1, 65535, 65536, 65537, 131072, 131073])
def test_sizes_round_a_chunk_come_back(size: int) -> None:
    plaintext = bytes(range(256)) * (size // 256 + 1)

    file = age.encrypt(plaintext[:size], RECIPIENTS[:1])

    assert unseal.decrypt(file, IDENTITIES[0]) == plaintext[:size]
    assert age.plaintext_size(file) == size
    assert len(age_format.parse(file).payload) + 16 == age_format.ciphertext_size(size)


def test_chunks_cannot_change_places() -> None:
    file = age.encrypt(b"a" * 65536 + b"b" * 65536 + b"c", RECIPIENTS[:1])
    start = len(file) - len(age_format.parse(file).payload)
    one, two, rest = (
        file[start : start + 65552],
        file[start + 65552 : start + 131104],
        file[start + 131104 :],
    )

    with pytest.raises(MalformedEnvelope):
        unseal.decrypt(file[:start] + two + one + rest, IDENTITIES[0])
    with pytest.raises(MalformedEnvelope):
        unseal.decrypt(file[:start] + one + two, IDENTITIES[0])


@settings(max_examples=25)
@given(st.binary(max_size=1000), st.binary(min_size=32, max_size=32))
def test_any_bytes_come_back_under_any_seed(plaintext: bytes, seed: bytes) -> None:
    identity = age.identity_from_seed(seed)

    file = age.encrypt(plaintext, [age.recipient_of(identity), RECIPIENTS[0]])

    assert hybrid.seed_of(identity) == seed
    assert unseal.decrypt(file, identity) == plaintext


def test_a_key_made_once_opens_what_its_identity_opens_and_nothing_else() -> None:
    file = unbase64(VECTORS["opened"][0]["file"])
    opener = unseal.Opener(IDENTITIES[0])

    assert unseal.decrypt(file, opener) == unseal.decrypt(file, IDENTITIES[0])
    with pytest.raises(CannotOpen):
        unseal.decrypt(file, unseal.Opener(hybrid.new_identity()))


@settings(max_examples=200)
@given(st.data())
def test_a_changed_byte_never_opens(data: st.DataObject) -> None:
    file = bytearray(unbase64(VECTORS["opened"][0]["file"]))
    place = data.draw(st.integers(0, len(file) - 1))
    file[place] ^= data.draw(st.integers(1, 255))

    with pytest.raises((MalformedEnvelope, CannotOpen)):
        unseal.decrypt(bytes(file), IDENTITIES[0])


@given(st.binary(max_size=200))
def test_arbitrary_bytes_are_refused_and_never_crash(noise: bytes) -> None:
    for file in (noise, age_format.VERSION + noise, age_format.VERSION + b"-> a\n" + noise):
        with pytest.raises(MalformedEnvelope):
            age.check(file)


@given(st.binary(max_size=100))
def test_bech32_reads_back_what_it_wrote(content: bytes) -> None:
    assert bech32.decode(bech32.encode("age1pq", content)) == ("age1pq", content)
    assert bech32.decode(bech32.encode("age1pq", content).upper()) == ("age1pq", content)


def bip173_remainder(words: list[int]) -> int:
    """The reference code of BIP 173, word by word."""
    generator = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
    state = 1
    for word in words:
        top = state >> 25
        state = (state & 0x1FFFFFF) << 5 ^ word
        for bit in range(5):
            state ^= generator[bit] if top >> bit & 1 else 0
    return state


@pytest.mark.parametrize("size", [0, 1, 32, 1216, 1270, 1275, 1276, 3000])
def test_a_key_of_any_length_ends_with_the_checksum_of_bip_173(size: int) -> None:
    text = bech32.encode("age1pq", bytes(n * 7 & 255 for n in range(size)))
    words = [bech32.CHARSET.index(letter) for letter in text.rpartition("1")[2]]
    prefix = [ord(c) >> 5 for c in "age1pq"] + [0] + [ord(c) & 31 for c in "age1pq"]

    assert bip173_remainder(prefix + words) == 1


@given(st.integers(7, hybrid.RECIPIENT_CHARACTERS - 1), st.characters())
def test_a_recipient_with_one_other_letter_is_refused(place: int, letter: str) -> None:
    good = hybrid.recipient_of(IDENTITIES[0])
    text = good[:place] + letter + good[place + 1 :]

    if text != good:
        with pytest.raises(MalformedRecipient):
            hybrid.check_recipient(text)
