"""Bech32 (BIP 173) without its length limit, as age writes keys (c2sp.org/age)."""

from __future__ import annotations

CHARSET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_BASE32 = str.maketrans(CHARSET, "0123456789abcdefghijklmnopqrstuv")
_GENERATOR = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)


def _step(state: int, word: int) -> int:
    """One five-bit word into the remainder of 30 bits."""
    top, state = state >> 25, (state & 0x1FFFFFF) << 5 ^ word
    for bit, term in enumerate(_GENERATOR):
        if top >> bit & 1:
            state ^= term
    return state


def _six_steps(low_bit: int) -> tuple[int, ...]:
    """What six zero words make of each remainder within ten bits from `low_bit` on."""
    found = [0]
    for bit in range(low_bit, low_bit + 10):
        state = 1 << bit
        for _ in range(6):
            state = _step(state, 0)
        found += [state ^ one for one in found]  # the code is linear
    return tuple(found)


_LOW, _MIDDLE, _HIGH = (_six_steps(bit) for bit in (0, 10, 20))


def _checksum(prefix: str, data: str) -> int:
    """The BCH remainder of BIP 173; 1 for a valid string. Six words at a time: a recipient has
    1,957 and every complaint brings one."""
    lowered = prefix.lower()
    state = 1
    for value in [ord(c) >> 5 for c in lowered] + [0] + [ord(c) & 31 for c in lowered]:
        state = _step(state, value)
    digits = data.translate(_BASE32)
    odd = len(digits) % 6
    for digit in digits[:odd]:
        state = _step(state, int(digit, 32))
    for at in range(odd, len(digits), 6):
        folded = _HIGH[state >> 20] ^ _MIDDLE[state >> 10 & 1023] ^ _LOW[state & 1023]
        state = folded ^ int(digits[at : at + 6], 32)
    return state


def encode(prefix: str, content: bytes) -> str:
    """`prefix` + "1" + five-bit words + six checksum characters, in lower case."""
    bits = len(content) * 8
    padding = -bits % 5
    number = int.from_bytes(content, "big") << padding
    count = (bits + padding) // 5
    # Base 32 of the whole number, one word a character; quick enough for 1,216 bytes.
    data = "".join(CHARSET[number >> shift & 31] for shift in range(5 * (count - 1), -1, -5))
    remainder = _checksum(prefix, data + CHARSET[0] * 6) ^ 1
    data += "".join(CHARSET[remainder >> shift & 31] for shift in range(25, -1, -5))
    return prefix.lower() + "1" + data


def decode(text: str) -> tuple[str, bytes]:
    """(prefix in lower case, content); ValueError for anything not canonical."""
    if text not in (text.lower(), text.upper()):
        raise ValueError("mixed case")
    text = text.lower()
    prefix, separator, data = text.rpartition("1")
    if not separator or not prefix or len(data) < 6:
        raise ValueError("not bech32")
    if any(not 33 <= ord(character) <= 126 for character in prefix):
        raise ValueError("prefix character")
    if data.strip(CHARSET):
        raise ValueError("character")
    if _checksum(prefix, data) != 1:
        raise ValueError("checksum")
    return prefix, _join(data[:-6])


def _join(data: str) -> bytes:
    """Five-bit words to bytes; the leftover bits must be fewer than five and zero."""
    size, left = divmod(5 * len(data), 8)
    # As one number in base 32: ten times quicker than word by word for a recipient's 1,950.
    number = int("0" + data.translate(_BASE32), 32)
    if left >= 5 or number & ((1 << left) - 1):
        raise ValueError("padding")
    return (number >> left).to_bytes(size, "big")
