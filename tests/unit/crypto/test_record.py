"""Records: the plaintext inside an envelope, and its place."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.crypto import record
from shared.crypto.errors import MalformedRecord, Misplaced, TooLong
from shared.crypto.record import Attachment, Header
from tests.unit.crypto.vectors import load, unpacked, why

VECTORS = load("record")


def header_of(value: dict[str, Any]) -> Header:
    attachments = tuple(Attachment(**one) for one in value["attachments"])
    return Header(**{**value, "attachments": attachments})


def read(padded: bytes) -> dict[str, str]:
    header, body = record.unpack(padded)
    return record.read_body(header.kind, body)


LETTER = header_of(VECTORS["packed"][1]["header"])


@pytest.mark.parametrize("case", VECTORS["packed"])
def test_a_record_packs_to_the_bytes_of_the_vector(case: dict[str, Any]) -> None:
    header = header_of(case["header"])

    packed = record.pack(header, record.write_body(header.kind, case["body"]))

    assert packed == unpacked(case["packed"])
    assert record.sha256_hex(packed) == case["sha256"]


@pytest.mark.parametrize("case", VECTORS["packed"])
def test_a_packed_record_unpacks_to_itself(case: dict[str, Any]) -> None:
    header, body = record.unpack(unpacked(case["packed"]))

    assert header == header_of(case["header"])
    assert record.read_body(header.kind, body) == case["body"]


@pytest.mark.parametrize("case", VECTORS["refused"], ids=why)
def test_a_malformed_record_is_refused(case: dict[str, Any]) -> None:
    with pytest.raises(MalformedRecord):
        read(unpacked(case["packed"]))


def test_a_record_in_its_place_passes() -> None:
    record.check_place(LETTER, **VECTORS["place"])


@pytest.mark.parametrize("case", VECTORS["misplaced"], ids=why)
def test_a_record_in_another_place_is_refused(case: dict[str, Any]) -> None:
    with pytest.raises(Misplaced):
        record.check_place(LETTER, **case["place"])


def test_a_text_past_the_last_class_is_refused_with_its_field() -> None:
    text = "a" * VECTORS["too_long"]["text_characters"]

    with pytest.raises(TooLong) as refusal:
        record.pack(LETTER, record.write_body("letter", {"text": text}))

    assert refusal.value.field == "text"


@pytest.mark.parametrize("text", ["a\ud800b", "\udfff"])
def test_half_a_surrogate_pair_is_refused(text: str) -> None:
    with pytest.raises(MalformedRecord):
        record.write_body("letter", {"text": text})


@pytest.mark.parametrize(
    "wrong",
    [{"kind": "note"}, {"direction": "up"}, {"seq": -1}, {"prev": "x"}, {"case": ""}, {"v": 2}],
)
def test_an_impossible_header_is_never_packed(wrong: dict[str, Any]) -> None:
    with pytest.raises(MalformedRecord):
        record.pack(Header(**{**asdict(LETTER), **wrong}), b'{"text":"a"}')


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=2000), st.integers(0, 2**32 - 1))
def test_any_text_comes_back(text: str, seq: int) -> None:
    header = Header(kind="letter", case="c", direction="in", seq=seq, unit="u", epoch=1)

    packed = record.pack(header, record.write_body("letter", {"text": text}))
    found, body = record.unpack(packed)

    assert len(packed) in record.CLASSES
    assert (found, record.read_body("letter", body)) == (header, {"text": text})


@given(st.binary(max_size=300))
def test_arbitrary_bytes_are_refused_and_never_crash(noise: bytes) -> None:
    with pytest.raises(MalformedRecord):
        record.unpack((record.MAGIC + noise).ljust(record.CLASSES[0], b"\x00"))
