"""The reporter's 24 digits: 23 random ones (76.4 bits) and a Damm check digit.

    prk = Argon2id(digits, salt = SHA-256("kentongan/v1 receipt" ‖ deployment)[:16],
                   19 MiB, t = 2, p = 1), 32 bytes
    key = HKDF-Expand-SHA-256(prk, "kentongan/v1 " ‖ label): lookup 16 bytes, sign (Ed25519 seed),
          box (X-Wing seed), events, once 32 bytes each

Any well-formed code opens a mailbox. The digits are never stored, logged or put in a URL.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass

from stdnum import damm

from shared.crypto import hybrid, kdf, signing
from shared.crypto.errors import MalformedReceipt, ReceiptCheck, ReceiptLength

__all__ = ["MalformedReceipt", "ReceiptKeys", "derive", "group", "new_receipt", "normalise"]

DIGITS = 24
MEMORY_KIB = 19 * 1024
ITERATIONS = 2
# First code point of each run of ten digits a phone in Indonesia may type: ASCII, Arabic, Persian,
# Balinese, Sundanese, Javanese, full width (Unicode 16, category Nd).
ZEROS = (0x30, 0x660, 0x6F0, 0x1B50, 0x1BB0, 0xA9D0, 0xFF10)
_DIGIT = {chr(zero + value): str(value) for zero in ZEROS for value in range(10)}
_TOKEN_BYTES = 32


@dataclass(frozen=True, repr=False)
class ReceiptKeys:
    """What the digits give; `lookup` finds the mailbox, the rest prove, open and commit."""

    prk: bytes
    lookup: bytes
    sign_seed: bytes
    sign_public: bytes
    box_identity: str
    box_recipient: str
    events_key: bytes
    once_key: bytes

    @classmethod
    def from_prk(cls, prk: bytes) -> ReceiptKeys:
        """All keys from the 32-byte prk."""
        sign_seed = kdf.expand(prk, "sign", 32)
        box_identity = hybrid.identity_from_seed(kdf.expand(prk, "box", 32))
        return cls(
            prk=prk,
            lookup=kdf.expand(prk, "lookup", 16),
            sign_seed=sign_seed,
            sign_public=signing.public_of(sign_seed),
            box_identity=box_identity,
            box_recipient=hybrid.recipient_of(box_identity),
            events_key=kdf.expand(prk, "events", 32),
            once_key=kdf.expand(prk, "once", 32),
        )


def _with_check(number: int) -> str:
    digits = f"{number:0{DIGITS - 1}d}"
    return digits + damm.calc_check_digit(digits)


def new_receipt() -> str:
    """24 fresh digits."""
    return _with_check(secrets.randbelow(10 ** (DIGITS - 1)))


def receipt_from_token(token: bytes) -> str:
    """The 24 digits of a form's 32 random bytes: pressing send twice gives one receipt.

    SHA-512("kentongan/v1 token" ‖ 0x00 ‖ token) modulo 10^23; the bias is below 2^-435.
    """
    if len(token) != _TOKEN_BYTES:
        raise MalformedReceipt
    digest = hashlib.sha512(kdf.PREFIX + b"token\x00" + token).digest()
    return _with_check(int.from_bytes(digest, "big") % 10 ** (DIGITS - 1))


def normalise(text: str) -> str:
    """24 ASCII digits out of what was typed: digits of other scripts count, all else is skipped.

    ReceiptLength or ReceiptCheck (both MalformedReceipt) with the field "receipt".
    """
    digits = "".join(_DIGIT.get(character, "") for character in text[:1024])
    if len(digits) != DIGITS:
        raise ReceiptLength("receipt", digits=len(digits))
    if not damm.is_valid(digits):
        raise ReceiptCheck("receipt")
    return digits


def group(digits: str) -> str:
    """Six groups of four: "1234 5678 …"."""
    return " ".join(digits[start : start + 4] for start in range(0, len(digits), 4))


def derive(digits: str, deployment: str) -> ReceiptKeys:
    """The keys of normalised digits; about 25 ms and 19 MiB, so never inside a transaction."""
    prk = kdf.argon2id(
        digits.encode("ascii"),
        kdf.salt("receipt" + deployment),
        memory_kib=MEMORY_KIB,
        iterations=ITERATIONS,
    )
    return ReceiptKeys.from_prk(prk)
