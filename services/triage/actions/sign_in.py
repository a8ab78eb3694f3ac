"""Let a person in who proves to know their passphrase, without ever seeing it."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta

from services.triage.actions.pacing import Pace
from services.triage.store.people import keys_of, start_session
from shared.contracts.private import PersonRefused, PersonSignedIn
from shared.crypto.person import auth_matches
from shared.messaging.tx import Tx

SESSION = timedelta(hours=10)


@dataclass(frozen=True, repr=False)
class SignIn:
    """The outcome: a session token for the cookie, or a refusal that was recorded."""

    token: str
    is_refused: bool


def sign_in(tx: Tx, name: str, auth_key: bytes) -> SignIn:
    """Check the auth key (32 bytes, made in the browser) and start a session.

    A refusal is returned, not raised, because its fact must stand; TooSoon is raised before
    anything is looked at. Unknown names take the same steps as known ones: a count, a look-up, a
    comparison, one fact.
    """
    pace = Pace(tx, name)
    pace.check("nama")
    keys = keys_of(tx.connection, name)
    if not auth_matches(keys.auth_hash if keys else None, auth_key):
        pace.failed()
        tx.record(PersonRefused(), by=name if keys else None)
        return SignIn("", is_refused=True)
    pace.passed()
    token = secrets.token_urlsafe(32)
    token_hash = hashlib.sha256(token.encode()).digest()
    start_session(tx.connection, token_hash, name, tx.now + SESSION)
    tx.record(PersonSignedIn(), by=name)
    return SignIn(token, is_refused=False)
