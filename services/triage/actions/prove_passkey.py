"""Check who holds a passkey: its signature over a challenge that serves once."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import timedelta

from services.triage.store.passkeys import Passkey, mark_used, passkey_with, use_challenge
from services.triage.store.people import person_named
from shared.contracts.private import PersonRefused
from shared.contracts.staff import PasskeyDoubted
from shared.crypto.errors import MalformedPasskey
from shared.crypto.passkey import Party, Signed, check_signed, credential_id, handle_of
from shared.messaging.tx import Tx
from shared.runtime.errors import Refusal, Refused

CHALLENGE_LASTS = timedelta(minutes=5)


class ChallengeOver(Refused):
    """Permintaan ini sudah dipakai atau lewat lima menit. Tekan tombol kunci sandi sekali lagi."""

    code = "challenge_over"


class PasskeyCopied(Refused):
    """Kunci sandi ini ditolak: hitungannya mundur, mungkin ada salinannya. Masuk dengan frasa sandi
    dan kode, lalu lepas kunci itu; atau hubungi petugas kunci."""

    code = "passkey_copied"


@dataclass(frozen=True)
class Proof:
    """Whose passkey has signed, or why that proves nothing.

    `is_verified` where the device checked a finger, a face or a PIN.
    """

    name: str = ""
    is_verified: bool = False
    refusal: type[Refusal] | None = None


def prove_passkey(
    tx: Tx, party: Party, deployment: str, challenge: bytes | None, answer: str
) -> Proof:
    """Judge a browser's answer (JSON); `challenge` is the one in the asker's cookie, if any.

    A refusal is returned, not raised: the challenge is used up by it and its fact must stand.
    """
    if challenge is None or not answer_once(tx, challenge):
        return _refused(tx, ChallengeOver)
    stands: Passkey | None = None
    try:
        stands = passkey_with(tx.connection, credential_id(answer))
        if stands is None or person_named(tx.connection, stands.person) is None:
            return _refused(tx, MalformedPasskey)
        signed = check_signed(party, challenge, answer, stands.key.public_key)
    except MalformedPasskey:
        return _refused(tx, MalformedPasskey, stands.person if stands else None)
    if signed.handle not in {b"", handle_of(stands.person, deployment)}:
        return _refused(tx, MalformedPasskey, stands.person)
    if went_back(stands, signed):
        tx.record(PasskeyDoubted(stands.label), by=stands.person)
        return Proof(refusal=PasskeyCopied)
    mark_used(tx.connection, stands.id, signed.signatures, tx.at)
    return Proof(stands.person, signed.is_verified)


def answer_once(tx: Tx, challenge: bytes) -> bool:
    """Use a challenge up; False for one that was answered before."""
    hashed = hashlib.sha256(challenge).digest()
    return use_challenge(tx.connection, hashed, tx.now + CHALLENGE_LASTS)


def went_back(stands: Passkey, signed: Signed) -> bool:
    """Whether the device counts its signatures and has counted no further (WebAuthn §6.1.1)."""
    counts = stands.key.signatures > 0 or signed.signatures > 0
    return counts and signed.signatures <= stands.key.signatures


def _refused(tx: Tx, refusal: type[Refusal], name: str | None = None) -> Proof:
    tx.record(PersonRefused(), by=name)
    return Proof(refusal=refusal)
