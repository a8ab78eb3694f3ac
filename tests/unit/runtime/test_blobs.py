"""Evidence arrives in parts, in any order, more than once, and is whole or refused."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from shared.runtime.blobs import (
    PART_BYTES,
    BlobMissing,
    Blobs,
    MalformedBlobName,
    MalformedPart,
    PartDiffers,
)

NAME = "0f" * 16


@pytest.fixture
def blobs(tmp_path: Path) -> Blobs:
    return Blobs(tmp_path)


def test_an_upload_goes_on_where_it_was(blobs: Blobs) -> None:
    blobs.put_part(NAME, 1, b"world")
    assert blobs.parts(NAME) == [1]
    blobs.put_part(NAME, 0, b"hello ")
    blobs.put_part(NAME, 1, b"world")
    digest = hashlib.sha256(b"hello world").hexdigest()

    blobs.join(NAME, 11, digest)
    blobs.join(NAME, 11, digest)

    with blobs.open(digest) as file:
        assert file.read() == b"hello world"


def test_a_file_with_a_hole_is_not_joined(blobs: Blobs) -> None:
    blobs.put_part(NAME, 1, b"world")

    with pytest.raises(BlobMissing):
        blobs.join(NAME, 5, hashlib.sha256(b"world").hexdigest())


def test_a_file_that_differs_from_its_hash_is_not_joined(blobs: Blobs) -> None:
    blobs.put_part(NAME, 0, b"hello")

    with pytest.raises(BlobMissing):
        blobs.join(NAME, 5, "00" * 32)

    assert not blobs.has("00" * 32)


def test_a_part_is_never_overwritten(blobs: Blobs) -> None:
    blobs.put_part(NAME, 0, b"hello")

    with pytest.raises(PartDiffers):
        blobs.put_part(NAME, 0, b"jello")


def test_no_file_tells_the_minute_it_was_uploaded(blobs: Blobs, tmp_path: Path) -> None:
    blobs.put_part(NAME, 0, b"hello")
    blobs.join(NAME, 5, hashlib.sha256(b"hello").hexdigest())

    times = {path.stat().st_mtime % 3600 for path in tmp_path.rglob("*") if path.is_file()}

    assert times == {0}


@pytest.mark.parametrize(
    ("part", "content"), [(-1, b"x"), (17, b"x"), (0, b""), (0, bytes(PART_BYTES + 1))]
)
def test_a_malformed_part_is_refused(blobs: Blobs, part: int, content: bytes) -> None:
    with pytest.raises(MalformedPart):
        blobs.put_part(NAME, part, content)


@pytest.mark.parametrize("name", ["", "../etc", "0F" * 16, "0f" * 15, "0f" * 17])
def test_a_name_that_is_not_hexadecimal_never_becomes_a_path(blobs: Blobs, name: str) -> None:
    with pytest.raises(MalformedBlobName):
        blobs.put_part(name, 0, b"x")
