"""Complaints, letters, small facts and evidence, sealed and opened."""

from __future__ import annotations

from dataclasses import replace

import pytest

from shared.crypto import age, attachment, record, sealing, unseal
from shared.crypto.attachment import SealingInParts
from shared.crypto.errors import CannotOpen, MalformedRecord, TooLong
from shared.crypto.record import Attachment
from tests.unit.crypto.vectors import load, unbase64

VECTORS = load("envelope")
IDENTITIES = [key["identity"] for key in VECTORS["keys"]]
RECIPIENTS = [key["recipient"] for key in VECTORS["keys"]]


def test_unit_oversight_and_reporter_open_the_complaint_of_the_vector() -> None:
    case = VECTORS["complaint"]

    for identity in case["identities"]:
        header, body = unseal.open_record(unbase64(case["file"]), identity)
        record.check_place(header, case["case"], "in", 0, "")
        assert body == {"story": case["story"]}


def test_small_facts_of_the_vector_open() -> None:
    case = VECTORS["json"]

    assert unseal.open_json(unbase64(case["file"]), case["identity"]) == case["content"]


def test_evidence_of_the_vector_opens() -> None:
    case = VECTORS["attachment"]

    opened = unseal.open_attachment(unbase64(case["sealed"]), Attachment(**case["attachment"]))

    assert opened == unbase64(case["content"])


def test_a_letter_names_its_place() -> None:
    file = sealing.seal_letter(
        case="c",
        direction="out",
        seq=2,
        prev="0" * 64,
        unit="u",
        epoch=1,
        text="Halo",
        recipients=RECIPIENTS[:1],
    )

    header, body = unseal.open_record(file, IDENTITIES[0])

    record.check_place(header, "c", "out", 2, "0" * 64)
    assert body == {"text": "Halo"}


def test_stories_of_different_length_seal_to_the_same_length() -> None:
    sizes = {
        len(
            sealing.seal_complaint(
                case="c", unit="u", epoch=1, body={"story": "a" * length}, recipients=RECIPIENTS
            )
        )
        for length in (1, 500, 9000)
    }

    assert len(sizes) == 1


def test_a_complaint_without_a_story_is_refused() -> None:
    with pytest.raises(MalformedRecord):
        sealing.seal_complaint(case="c", unit="u", epoch=1, body={}, recipients=RECIPIENTS)


def test_facts_padded_by_nobody_are_refused() -> None:
    with pytest.raises(MalformedRecord):
        unseal.open_json(age.encrypt(b'{"a":1}', RECIPIENTS[:1]), IDENTITIES[0])


@pytest.mark.parametrize("size", [0, 1, 16384, 16385, 300_000])
def test_evidence_comes_back_and_fills_its_class(size: int) -> None:
    content = b"\x01" * size

    sealed, entry = attachment.seal_attachment(content, "image/png")

    assert unseal.open_attachment(sealed, entry) == content
    assert age.plaintext_size(sealed) in attachment.CLASSES
    assert entry.sha256 == record.sha256_hex(sealed)


def test_evidence_past_16_mib_is_refused() -> None:
    with pytest.raises(TooLong):
        attachment.seal_attachment(bytes(attachment.MAX_BYTES + 1), "video/mp4")


def test_swapped_evidence_is_refused() -> None:
    sealed, entry = attachment.seal_attachment(b"a", "image/png")
    other, _ = attachment.seal_attachment(b"b", "image/png")

    with pytest.raises(MalformedRecord):
        unseal.open_attachment(other, entry)
    with pytest.raises(CannotOpen):
        unseal.open_attachment(other, replace(entry, sha256=record.sha256_hex(other)))
    with pytest.raises(MalformedRecord):
        unseal.open_attachment(sealed, replace(entry, size=16385))


@pytest.mark.parametrize("size", [0, 1, 16384, 65536, 300_000])
def test_evidence_sealed_in_parts_opens_as_it_was(size: int) -> None:
    content = bytes(range(256)) * (size // 256 + 1)
    sealing = SealingInParts(content[:size], "image/png", 100_000)

    parts = list(sealing)

    assert {len(part) for part in parts[:-1]} <= {100_000}
    assert sealing.size_bytes == len(b"".join(parts))
    assert unseal.open_attachment(b"".join(parts), sealing.attachment) == content[:size]
