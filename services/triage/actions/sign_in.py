"""Let a person in who proves to know their passphrase, without ever seeing it."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta

from services.triage.actions.pacing import Pace
from services.triage.actions.prove_passkey import Proof
from services.triage.actions.second_factor import code_passes, step_of
from services.triage.store.factors import factor_of
from services.triage.store.passkeys import has_passkey
from services.triage.store.people import keys_of, start_session
from shared.contracts.private import PersonRefused, PersonSignedIn
from shared.crypto.person import auth_matches
from shared.messaging.tx import Tx
from shared.runtime.errors import Refusal, Refused

SESSION = timedelta(hours=10)


class PassphraseToo(Refused):
    """Kunci sandi ini tidak memeriksa jari, wajah, atau PIN Anda. Isi juga nama dan frasa sandi,
    lalu tekan lagi."""

    code = "passphrase_too"


@dataclass(frozen=True, repr=False)
class SignIn:
    """The outcome: a session token for the cookie, or a refusal; `wait_seconds` where the name
    was tried too often for this try to count, `refusal` where a passkey is told what it lacks."""

    token: str
    is_refused: bool
    wait_seconds: int = 0
    refusal: type[Refusal] | None = None


def sign_in(
    tx: Tx, identity: str, name: str, auth_key: bytes, code: str = "", *, passkey_of: str = ""
) -> SignIn:
    """Check the auth key (32 bytes, made in the browser) and the second factor of who has one.

    That is a code, or a passkey of theirs that has just signed (`passkey_of`). A refusal is
    returned, not raised, because its counts and facts must stand. Unknown names take the same
    steps as known ones: a count, three look-ups, a secret opened, a comparison, one fact.
    Passphrase and second factor together are let in whatever others have tried under this name: no
    stranger's guessing keeps the owner out. A wrong code is told apart from nothing.
    """
    pace = Pace(tx, name)
    keys, factor = keys_of(tx.connection, name), factor_of(tx.connection, name)
    if factor is not None and not factor.is_confirmed:
        factor = None
    is_guarded = has_passkey(tx.connection, name) or factor is not None
    step = step_of(tx, identity, factor, code)
    is_right = auth_matches(keys.auth_hash if keys else None, auth_key)
    if is_right and passkey_of:
        is_right = passkey_of == name
    elif is_right and is_guarded:
        is_right = factor is not None and code_passes(tx, name, step)
    if pace.is_too_soon and not (is_right and is_guarded):
        return SignIn("", is_refused=True, wait_seconds=pace.wait_seconds)
    if not is_right:
        pace.failed()
        tx.record(PersonRefused(), by=name if keys else None)
        return SignIn("", is_refused=True)
    pace.passed()
    return _let_in(tx, name)


def sign_in_by_passkey(tx: Tx, proof: Proof) -> SignIn:
    """Let in whose passkey has signed and checked its person; no name was typed, none is told."""
    refusal = proof.refusal or (None if proof.is_verified else PassphraseToo)
    if refusal is not None:
        return SignIn("", is_refused=True, refusal=refusal)
    return _let_in(tx, proof.name)


def _let_in(tx: Tx, name: str) -> SignIn:
    token = secrets.token_urlsafe(32)
    token_hash = hashlib.sha256(token.encode()).digest()
    start_session(tx.connection, token_hash, name, tx.now + SESSION)
    tx.record(PersonSignedIn(), by=name)
    return SignIn(token, is_refused=False)
