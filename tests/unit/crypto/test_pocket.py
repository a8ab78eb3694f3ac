"""A pocket opens to its own key, tells only a size class, and its name and tag tell nothing."""

from __future__ import annotations

import pytest

from shared.crypto import pocket
from shared.crypto.errors import CannotOpen, MalformedKey, TooLong
from shared.crypto.pocket import CLASSES, MOST_BYTES, Pocket

_OVERHEAD = 1 + 12 + 16


def test_what_was_put_in_comes_out() -> None:
    own = Pocket.new()

    for content in (b"", b"x", b"y" * 5000, b"z" * MOST_BYTES):
        assert own.open(own.seal(content)) == content
        assert Pocket(own.key).open(own.seal(content)) == content


def test_another_key_opens_nothing() -> None:
    own, other = Pocket.new(), Pocket.new()
    sealed = own.seal(b"kenari")

    with pytest.raises(CannotOpen):
        other.open(sealed)


@pytest.mark.parametrize("place", [0, 1, 13, 500, -1])
def test_a_changed_byte_never_opens(place: int) -> None:
    own = Pocket.new()
    sealed = bytearray(own.seal(b"kenari"))
    sealed[place] ^= 1

    with pytest.raises(CannotOpen):
        own.open(bytes(sealed))


@pytest.mark.parametrize("size", [0, 1, 12, 13, 28, 100])
def test_what_was_cut_never_opens(size: int) -> None:
    own = Pocket.new()

    with pytest.raises(CannotOpen):
        own.open(own.seal(b"kenari")[:size])


def test_the_length_tells_only_a_class() -> None:
    own = Pocket.new()

    lengths = {len(own.seal(b"x" * size)) for size in (0, 1, 4000, 4097, 16_000, 60_000, 130_000)}

    assert lengths == {size + _OVERHEAD for size in CLASSES}
    with pytest.raises(TooLong):
        own.seal(b"x" * (MOST_BYTES + 1))


def test_name_and_tag_are_neither_the_key_nor_each_other() -> None:
    own = Pocket(bytes(range(32)))

    assert own.name.hex() == "bd878d6fe6390a7bb158b2e4aa3d6362"
    assert own.tag == "f7e5581181e69511"
    assert bytes.fromhex(own.tag) not in own.name
    assert own.name not in own.key


def test_the_same_content_never_looks_the_same() -> None:
    own = Pocket.new()

    assert own.seal(b"kenari") != own.seal(b"kenari")


@pytest.mark.parametrize("size", [0, 16, 31, 33])
def test_a_key_has_32_bytes(size: int) -> None:
    with pytest.raises(MalformedKey):
        pocket.Pocket(bytes(size))
