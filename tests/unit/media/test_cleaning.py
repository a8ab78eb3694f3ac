"""Films, sounds and documents lose what tells on their maker; what is no such file is refused."""

from __future__ import annotations

import json
from base64 import b64decode
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.media.cleaning import cleaned
from shared.media.kinds import M4A, MOST_BYTES, MP3, MP4, PDF
from shared.media.refusals import (
    BrokenFile,
    EmptyFile,
    FileTooLarge,
    HeicPhoto,
    TwoKinds,
    WrongKind,
)
from shared.runtime.errors import Refusal
from tests.support import media
from tests.support.media import CANARY, FRAME


def clean(content: bytes) -> tuple[str, bytes]:
    kind, kept = cleaned(bytearray(content))
    return kind, bytes(kept)


@pytest.mark.parametrize(
    ("told", "kind"),
    [
        (media.movie(), MP4),
        (media.movie(b"M4A "), M4A),
        (media.movie(b"isom", media.box(b"uuid", CANARY), media.box(b"free", CANARY)), MP4),
        (media.sound(), MP3),
        (media.document(), PDF),
        (media.geotagged_jpeg(), "image/jpeg"),
        (media.png(2, 2, media.chunk(b"eXIf", CANARY)), "image/png"),
    ],
)
def test_nothing_of_the_maker_is_left(told: bytes, kind: str) -> None:
    assert CANARY in told

    found, kept = clean(told)

    assert found == kind
    assert CANARY not in kept
    assert CANARY.hex().encode() not in kept


def test_a_film_keeps_its_pictures_and_every_byte_keeps_its_place() -> None:
    told = media.movie()

    _, kept = clean(told)

    assert len(kept) == len(told)
    assert kept.index(b"PICTURE!PICTURE!") == told.index(b"PICTURE!PICTURE!")
    assert kept.count(b"stco") == 1  # the second track went whole


def test_a_film_does_not_tell_when_it_was_taken() -> None:
    assert b"\xe0\x00\x00\x01" in media.movie()

    _, kept = clean(media.movie())

    assert b"\xe0\x00\x00\x01" not in kept
    assert b"\xe0\x00\x00\x02" not in kept


def test_a_sound_keeps_its_frames_alone() -> None:
    assert clean(media.sound(3))[1] == FRAME * 3
    assert clean(media.sound(3, b"APETAGEX" + CANARY))[1] == FRAME * 3
    assert clean(media.sound(3, FRAME[:200]))[1] == FRAME * 3


def test_a_document_keeps_its_length_and_its_title() -> None:
    told = media.document()

    _, kept = clean(told)

    assert len(kept) == len(told)
    assert b"(Kwitansi)" in kept


def test_a_signed_document_stays_as_it_is() -> None:
    signed = media.document(b"4 0 obj<</Type/Sig/ByteRange [0 1 2 3]>>endobj\n")

    assert clean(signed)[1] == signed


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"", EmptyFile),
        (b"\xff\xd8\xff" + bytes(MOST_BYTES), FileTooLarge),
        (b"MZ" + bytes(100), WrongKind),
        (b"GIF89a" + bytes(100), WrongKind),
        (b"PK\x03\x04" + bytes(100), WrongKind),
        (b"<html><script>", WrongKind),
        (media.box(b"ftyp", b"qt  ", bytes(4)), WrongKind),
        (media.box(b"ftyp", b"heic", bytes(4)), HeicPhoto),
        (b"<html>" + media.document(), TwoKinds),
        (media.with_zip(media.geotagged_jpeg()), TwoKinds),
        (media.with_zip(media.png()), TwoKinds),
        (media.with_zip(media.document()), TwoKinds),
        (media.with_zip(media.sound()), TwoKinds),
        (media.document(behind=b"\n" + b"\x00" * 3000 + b"<html>"), TwoKinds),
        (media.document(behind=b"x"), BrokenFile),
        (media.document()[:-8], BrokenFile),
        (media.movie()[:-20], BrokenFile),
        (media.movie() + b"not a box", BrokenFile),
        (media.movie(mvex=True), BrokenFile),
        (media.box(b"ftyp", b"isom", bytes(4)), BrokenFile),
        (media.sound(1), BrokenFile),
        (media.sound(3, b"x" * 2000), BrokenFile),
        (media.ID3 + bytes(50), BrokenFile),
    ],
)
def test_what_is_no_evidence_is_refused_by_name(content: bytes, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        clean(content)


def test_a_film_whose_tables_point_everywhere_is_refused_quickly() -> None:
    told = bytearray(media.movie())
    at = told.rindex(b"stsz")
    told[at + 8 : at + 12] = b"\x7f\xff\xff\xff"  # every sample two gigabytes

    with pytest.raises(BrokenFile):
        cleaned(told)


VECTORS = Path(__file__).parents[2] / "vectors"
FILES = [
    media.movie(), media.sound(), media.document(), media.geotagged_jpeg(), media.png(),
]  # fmt: skip


@given(st.sampled_from(FILES), st.data())
def test_a_damaged_file_is_cleaned_or_refused_never_a_fault(
    whole: bytes, data: st.DataObject
) -> None:
    damaged = bytearray(whole)
    for _ in range(data.draw(st.integers(1, 4))):
        damaged[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(whole)))

    for content in (damaged, damaged[:cut]):
        try:
            cleaned(bytearray(content))
        except Refusal:
            continue


def test_python_cleans_as_the_vectors_say() -> None:
    vectors = json.loads((VECTORS / "media.json").read_text(encoding="utf-8"))

    for one in vectors["cleaned"]:
        kept = (one["media"], b64decode(one["kept"]))
        assert clean(b64decode(one["file"])) == kept, one["why"]
    for one in vectors["refused"]:
        with pytest.raises(Refusal) as refused:
            clean(b64decode(one["file"]))
        assert refused.value.code == one["code"], one["why"]
