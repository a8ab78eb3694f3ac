"""Proof of work in ALTCHA's first format, bound to the bytes it is for, without a table (ADR 18).

    salt      = hex(12 random bytes) "?expires=" seconds "&for=" hex(SHA-256(content)) "&"
    challenge = hex(SHA-256(salt ‖ decimal(number)))         number: secret, 0 … maxnumber
    signature = hex(HMAC-SHA-256(key, challenge))
    proof     = base64(JSON {"algorithm", "challenge", "number", "salt", "signature"})

Whoever asks is told everything but the number and tries them one after another. What the server
signed names the content, so a proof serves exactly those bytes: sending them again changes nothing.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
import re
import secrets
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from shared.runtime.errors import Refused

ALGORITHM = "SHA-256"
HEADER = "Kentongan-Proof"
LONGEST = 1000  # letters of a proof; ours have about 480
MOST_TRIES = 10_000_000  # a solver refuses more
_SALT = re.compile(r"[0-9a-f]{24}\?expires=([0-9]{1,12})&for=([0-9a-f]{64})&", re.ASCII)
_HEX64 = re.compile("[0-9a-f]{64}")
_STEP = 20_000


class ProofMissing(Refused):
    """Kiriman ini perlu bukti kerja. Minta tantangan, hitung jawabannya, lalu kirim lagi."""

    code = "proof_required"


class ProofWrong(Refused):
    """Bukti kerja tidak cocok dengan kiriman ini. Minta tantangan baru, lalu kirim lagi."""

    code = "proof_wrong"


class ProofStale(Refused):
    """Bukti kerja ini sudah lewat waktunya. Minta tantangan baru, lalu kirim lagi."""

    code = "proof_stale"


@dataclass(frozen=True)
class Challenge:
    """What the server asks; the number it hides lies between 0 and `maxnumber`."""

    algorithm: str
    challenge: str
    maxnumber: int
    salt: str
    signature: str

    def as_json(self) -> dict[str, Any]:
        """ALTCHA's names."""
        return asdict(self)

    @classmethod
    def read(cls, told: Any) -> Challenge:
        """What a server answered; ValueError when nobody could or should try it."""
        try:
            one = cls(**{name: told[name] for name in cls.__annotations__})
        except (KeyError, TypeError):
            raise ValueError("not a challenge") from None
        texts = (one.algorithm, one.challenge, one.salt, one.signature)
        is_read = all(isinstance(text, str) for text in texts) and type(one.maxnumber) is int
        if not (is_read and one.algorithm == ALGORITHM and 0 < one.maxnumber <= MOST_TRIES):
            raise ValueError("not a challenge")
        return one


def proof_key(secret: bytes) -> bytes:
    """The signing key of proofs out of a server's own secret."""
    return hmac.digest(secret, b"kentongan/v1 proof", "sha256")


def new_challenge(key: bytes, what: bytes, *, expires_at: datetime, most: int) -> Challenge:
    """A challenge for the content whose SHA-256 is `what`; on average `most` / 2 tries."""
    salt = f"{secrets.token_hex(12)}?expires={int(expires_at.timestamp())}&for={what.hex()}&"
    challenge = _challenge(salt, secrets.randbelow(most + 1))
    return Challenge(ALGORITHM, challenge, most, salt, _signature(key, challenge))


def check_proof(key: bytes, proof: str, what: bytes, now: datetime) -> None:
    """Raises ProofMissing, ProofWrong; ProofStale for a good one that came late."""
    if not proof:
        raise ProofMissing(HEADER)
    salt, number, challenge, signature = _read(proof)
    is_ours = hmac.compare_digest(_signature(key, challenge), signature)
    parts = _SALT.fullmatch(salt)
    if not is_ours or _challenge(salt, number) != challenge or parts is None:
        raise ProofWrong(HEADER)
    if parts[2] != what.hex():
        raise ProofWrong(HEADER)
    if int(parts[1]) <= now.timestamp():
        raise ProofStale(HEADER)


def solve(challenge: Challenge, on_progress: Callable[[float], None] = lambda _: None) -> str:
    """The proof, found by trying; ValueError when there is none. `on_progress` gets 0 to 1."""
    begun, wanted = hashlib.sha256(challenge.salt.encode()), bytes.fromhex(challenge.challenge)
    for number in range(challenge.maxnumber + 1):
        if number % _STEP == 0:
            on_progress(number / challenge.maxnumber)
        tried = begun.copy()
        tried.update(b"%d" % number)
        if tried.digest() == wanted:
            on_progress(1.0)
            return proof_of(challenge, number)
    raise ValueError("no number fits")


def proof_of(challenge: Challenge, number: int) -> str:
    """The header's value for a number."""
    told = {**challenge.as_json(), "number": number}
    del told["maxnumber"]
    return base64.b64encode(json.dumps(told, separators=(",", ":")).encode()).decode("ascii")


def _read(proof: str) -> tuple[str, int, str, str]:
    """salt, number, challenge, signature, each of its type and shape; raises ProofWrong."""
    try:
        if len(proof) > LONGEST:
            raise ValueError
        told = json.loads(base64.b64decode(proof, validate=True))
        salt, number = told["salt"], told["number"]
        challenge, signature = told["challenge"], told["signature"]
        texts = (challenge, signature)
        is_hex = all(isinstance(text, str) and _HEX64.fullmatch(text) for text in texts)
        is_number = type(number) is int and 0 <= number <= MOST_TRIES
        if not (is_hex and is_number and isinstance(salt, str) and salt.isascii()):
            raise ValueError
        if told["algorithm"] != ALGORITHM:
            raise ValueError
    except (binascii.Error, ValueError, KeyError, TypeError, RecursionError):
        raise ProofWrong(HEADER) from None
    return salt, number, challenge, signature


def _challenge(salt: str, number: int) -> str:
    return hashlib.sha256(f"{salt}{number}".encode("ascii")).hexdigest()


def _signature(key: bytes, challenge: str) -> str:
    return hmac.digest(key, challenge.encode("ascii"), "sha256").hex()
