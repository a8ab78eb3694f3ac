"""Bech32 (BIP 173) without its length limit, as age writes keys (c2sp.org/age).

Every complaint brings a recipient of 1,957 letters, so text is read as one long number.
"""

from __future__ import annotations

import base64
import functools

CHARSET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_LETTERS = CHARSET.encode()
_TO_DIGITS = bytes.maketrans(_LETTERS, b"0123456789abcdefghijklmnopqrstuv")
_FROM_BASE32 = bytes.maketrans(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", _LETTERS)
_GENERATOR = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
_STATE_BITS = 30
_BLOCK_WORDS = 2048


def _step(state: int) -> int:
    """What one more zero word makes of the remainder."""
    top, state = state >> 25, (state & 0x1FFFFFF) << 5
    for bit, term in enumerate(_GENERATOR):
        if top >> bit & 1:
            state ^= term
    return state


def _sum(terms: list[int], chosen: int) -> int:
    """The terms named by the bits of `chosen`, added without carry."""
    total = 0
    for bit, term in enumerate(terms):
        if chosen >> bit & 1:
            total ^= term
    return total


@functools.cache
def _parities() -> tuple[int, ...]:
    """For each bit of the remainder: the bits of a number of 2,048 words whose parity it is.

    The code is linear. For one word they are its own bits; what moves a remainder past so many
    words doubles them.
    """
    parities = [1 << bit if bit < 5 else 0 for bit in range(_STATE_BITS)]
    past = [_step(1 << bit) for bit in range(_STATE_BITS)]
    done = 1
    while done < _BLOCK_WORDS:
        moved = [
            sum((one >> bit & 1) << n for n, one in enumerate(past)) for bit in range(_STATE_BITS)
        ]
        parities = [
            low | _sum(parities, chosen) << 5 * done
            for low, chosen in zip(parities, moved, strict=True)
        ]
        past = [_sum(past, one) for one in past]
        done *= 2
    return tuple(parities)


def _checksum(prefix: str, digits: bytes) -> int:
    """The BCH remainder of BIP 173 of five-bit words in base 32; 1 for a valid string."""
    lowered = prefix.lower()
    state = 1
    for word in [ord(c) >> 5 for c in lowered] + [0] + [ord(c) & 31 for c in lowered]:
        state = _step(state) ^ word
    room = _BLOCK_WORDS - _STATE_BITS // 5
    for start in range(0, len(digits), room):
        block = digits[start : start + room]
        number = state << 5 * len(block) | int(block, 32)
        state = 0
        for bit, parity in enumerate(_parities()):
            state |= ((number & parity).bit_count() & 1) << bit
    return state


def encode(prefix: str, content: bytes) -> str:
    """`prefix` + "1" + five-bit words + six checksum characters, in lower case."""
    data = base64.b32encode(content).rstrip(b"=").translate(_FROM_BASE32)
    remainder = _checksum(prefix, data.translate(_TO_DIGITS) + b"000000") ^ 1
    check = "".join(CHARSET[remainder >> shift & 31] for shift in range(25, -1, -5))
    return prefix.lower() + "1" + data.decode() + check


def decode(text: str) -> tuple[str, bytes]:
    """(prefix in lower case, content); ValueError for anything not canonical."""
    if text not in (text.lower(), text.upper()):
        raise ValueError("mixed case")
    prefix, separator, letters = text.lower().rpartition("1")
    data = letters.encode("ascii")
    if not separator or not prefix or len(data) < 6:
        raise ValueError("not bech32")
    if any(not 33 <= ord(character) <= 126 for character in prefix):
        raise ValueError("prefix character")
    if data.translate(None, _LETTERS):
        raise ValueError("character")
    digits = data.translate(_TO_DIGITS)
    if _checksum(prefix, digits) != 1:
        raise ValueError("checksum")
    return prefix, _join(digits[:-6])


def _join(digits: bytes) -> bytes:
    """Five-bit words to bytes; the leftover bits must be fewer than five and zero."""
    size, left = divmod(5 * len(digits), 8)
    number = int(b"0" + digits, 32)
    if left >= 5 or number & ((1 << left) - 1):
        raise ValueError("padding")
    return (number >> left).to_bytes(size, "big")
