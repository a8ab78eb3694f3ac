"""The age project's own vectors (CCTV, npm cctv-age): all that speak of what we implement."""

from __future__ import annotations

import base64
import hashlib
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from shared.crypto import age_format, unseal
from shared.crypto.errors import CannotOpen, MalformedEnvelope
from shared.runtime.errors import Refused


@dataclass(frozen=True)
class Vector:
    name: str
    expect: str
    payload: str
    file_key: bytes
    hybrid: tuple[str, ...]
    file: bytes


@pytest.fixture(scope="module")
def kit(browser: Callable[..., Any]) -> list[Vector]:
    return [
        vector
        for name, text in browser("cctv").items()
        if (vector := parsed(name, base64.b64decode(text))) is not None
    ]


def parsed(name: str, raw: bytes) -> Vector | None:
    """None for armored files: our envelopes are binary."""
    head, _, file = raw.partition(b"\n\n")
    lines = [line.split(": ", 1) for line in head.decode().split("\n")]
    said = dict(lines)
    if "armored" in said:
        return None
    keys = tuple(value for key, value in lines if key == "identity" and "KEY-PQ-1" in value)
    file = zlib.decompress(file) if said.get("compressed") == "zlib" else file
    file_key = bytes.fromhex(said.get("file key", ""))
    return Vector(name, said["expect"], said.get("payload", ""), file_key, keys, file)


def test_every_hybrid_vector_ends_as_it_says(kit: list[Vector]) -> None:
    vectors = [vector for vector in kit if vector.hybrid]

    for vector in vectors:
        if vector.expect == "success":
            opened = unseal.decrypt(vector.file, vector.hybrid)
            assert hashlib.sha256(opened).hexdigest() == vector.payload, vector.name
        else:
            with pytest.raises((CannotOpen, MalformedEnvelope)):
                unseal.decrypt(vector.file, vector.hybrid)
    assert len(vectors) == 18


def test_header_and_payload_of_every_other_kind_end_as_they_say(kit: list[Vector]) -> None:
    """X25519 and scrypt stanzas are not ours, but header, MAC and STREAM are the same."""
    of_stanza = ("scrypt_", "x25519_", "hybrid_")
    vectors = [v for v in kit if v.file_key and not v.name.startswith(of_stanza)]

    for vector in vectors:
        if vector.expect == "success":
            opened = unseal.open_payload(age_format.parse(vector.file), vector.file_key)
            assert hashlib.sha256(opened).hexdigest() == vector.payload, vector.name
        elif vector.expect != "no match":
            with pytest.raises(Refused):
                unseal.open_payload(age_format.parse(vector.file), vector.file_key)
    assert len(vectors) >= 50
