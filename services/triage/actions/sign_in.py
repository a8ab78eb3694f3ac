"""Let a person in who proves to know their passphrase, without ever seeing it."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta

from services.triage.store.people import keys_of, start_session
from services.triage.store.tries import Tries, count_failure, forget_failures, tries_of
from shared.contracts.private import PersonRefused, PersonSignedIn
from shared.crypto.person import auth_matches
from shared.messaging.tx import Tx
from shared.runtime.errors import TooMany

SESSION = timedelta(hours=10)
# Slowed, never locked: five tries at once, then 1, 2, 4 … 30 seconds apart, until an hour of peace.
FREE_TRIES = 5
LONGEST_WAIT_SECONDS = 30
PEACE = timedelta(hours=1)


class TooSoon(TooMany):
    """Terlalu banyak percobaan masuk. Tunggu %(seconds)s detik, lalu coba lagi."""

    code = "too_soon"


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
    name_hash = hashlib.sha256(name.encode()).digest()
    tries = tries_of(tx.connection, name_hash, tx.now)
    failures = 0 if tx.now - tries.last_at > PEACE else tries.failures
    _check_pace(tx, tries, failures)
    keys = keys_of(tx.connection, name)
    if not auth_matches(keys.auth_hash if keys else None, auth_key):
        count_failure(tx.connection, name_hash, failures + 1, tx.now)
        tx.record(PersonRefused(), by=name if keys else None)
        return SignIn("", is_refused=True)
    forget_failures(tx.connection, name_hash)
    token = secrets.token_urlsafe(32)
    token_hash = hashlib.sha256(token.encode()).digest()
    start_session(tx.connection, token_hash, name, tx.now + SESSION)
    tx.record(PersonSignedIn(), by=name)
    return SignIn(token, is_refused=False)


def _check_pace(tx: Tx, tries: Tries, failures: int) -> None:
    if failures < FREE_TRIES:
        return
    wait = min(2 ** (failures - FREE_TRIES), LONGEST_WAIT_SECONDS)
    left = tries.last_at + timedelta(seconds=wait) - tx.now
    if left > timedelta(0):
        raise TooSoon("nama", seconds=int(left.total_seconds()) + 1)
