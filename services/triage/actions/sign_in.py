"""Let a person in who proves to know their passphrase, without ever seeing it."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta

from services.triage.actions.pacing import Pace
from services.triage.actions.second_factor import code_passes, step_of
from services.triage.store.factors import factor_of
from services.triage.store.people import keys_of, start_session
from shared.contracts.private import PersonRefused, PersonSignedIn
from shared.crypto.person import auth_matches
from shared.messaging.tx import Tx

SESSION = timedelta(hours=10)


@dataclass(frozen=True, repr=False)
class SignIn:
    """The outcome: a session token for the cookie, or a refusal; `wait_seconds` where the name
    was tried too often for this try to count."""

    token: str
    is_refused: bool
    wait_seconds: int = 0


def sign_in(tx: Tx, identity: str, name: str, auth_key: bytes, code: str = "") -> SignIn:
    """Check the auth key (32 bytes, made in the browser) and the code of who has an app.

    A refusal is returned, not raised, because its counts and facts must stand. Unknown names take
    the same steps as known ones: a count, two look-ups, a secret opened, a comparison, one fact.
    Passphrase and code together are let in whatever others have tried under this name: no
    stranger's guessing keeps the owner out. A wrong code is told apart from nothing.
    """
    pace = Pace(tx, name)
    keys, factor = keys_of(tx.connection, name), factor_of(tx.connection, name)
    if factor is not None and not factor.is_confirmed:
        factor = None
    step = step_of(tx, identity, factor, code)
    is_right = auth_matches(keys.auth_hash if keys else None, auth_key)
    if is_right and factor is not None:
        is_right = code_passes(tx, name, step)
    if pace.is_too_soon and not (is_right and factor is not None):
        return SignIn("", is_refused=True, wait_seconds=pace.wait_seconds)
    if not is_right:
        pace.failed()
        tx.record(PersonRefused(), by=name if keys else None)
        return SignIn("", is_refused=True)
    pace.passed()
    token = secrets.token_urlsafe(32)
    token_hash = hashlib.sha256(token.encode()).digest()
    start_session(tx.connection, token_hash, name, tx.now + SESSION)
    tx.record(PersonSignedIn(), by=name)
    return SignIn(token, is_refused=False)
