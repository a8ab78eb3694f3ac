"""Another unit is let at a file by its header alone; the payload is neither needed nor touched."""

from __future__ import annotations

import base64
import json
from pathlib import Path

import pytest

from shared.crypto.age import encrypt, new_identity, recipient_of
from shared.crypto.age_format import header_of
from shared.crypto.errors import CannotOpen, MalformedEnvelope
from shared.crypto.unseal import decrypt, rewrap

VECTOR = json.loads(Path("tests/vectors/rewrap.json").read_text())
STORY = b"KANARI" * 20_000  # two chunks


def _under(header: bytes, file: bytes) -> bytes:
    return header + file[len(header_of(file)) :]


def test_the_new_unit_opens_it_and_the_old_one_no_more() -> None:
    old, oversight, new = new_identity(), new_identity(), new_identity()
    file = encrypt(STORY, [recipient_of(old), recipient_of(oversight)])

    fresh = rewrap(header_of(file), oversight, [recipient_of(new), recipient_of(oversight)])

    assert decrypt(_under(fresh, file), new) == STORY
    with pytest.raises(CannotOpen):
        decrypt(_under(fresh, file), old)
    assert decrypt(file, old) == STORY, "the file as it came is untouched"


def test_the_header_alone_holds_no_payload() -> None:
    file = encrypt(STORY, [recipient_of(new_identity())])

    assert len(header_of(file)) < 2_000
    assert file.startswith(header_of(file))


def test_who_is_no_recipient_re_wraps_nothing() -> None:
    header = header_of(encrypt(STORY, [recipient_of(new_identity())]))

    with pytest.raises(CannotOpen):
        rewrap(header, new_identity(), [recipient_of(new_identity())])


def test_a_header_that_was_touched_is_refused() -> None:
    own = new_identity()
    header = header_of(encrypt(STORY, [recipient_of(own)]))
    other = header_of(encrypt(STORY, [recipient_of(own)]))
    mixed = header[: header.index(b"--- ")] + other[other.index(b"--- ") :]

    with pytest.raises(MalformedEnvelope):
        rewrap(mixed, own, [recipient_of(own)])


def test_a_header_of_another_file_opens_nothing() -> None:
    own, file = new_identity(), encrypt(STORY, [recipient_of(new_identity())])
    stranger = header_of(encrypt(STORY, [recipient_of(own)]))

    with pytest.raises(MalformedEnvelope):
        decrypt(_under(stranger, file), own)


def test_the_vector_opens_here_as_in_the_browser() -> None:
    file, header = (base64.b64decode(VECTOR[name]) for name in ("file", "header"))

    assert decrypt(_under(header, file), VECTOR["identity"]).decode() == VECTOR["text"]
