"""Wrap a person's keys under another passphrase; the keys themselves stay the same."""

from __future__ import annotations

from services.triage.actions.pacing import Pace
from services.triage.store.people import Person, PersonKeys, end_sessions_of, keys_of
from services.triage.store.staff import put_keys
from shared.contracts.private import PersonRefused
from shared.contracts.staff import PassphraseChanged
from shared.crypto.person import auth_matches
from shared.messaging.tx import Tx


def change_passphrase(
    tx: Tx, who: Person, old_key: bytes, auth_hash: bytes, identity: bytes
) -> bool:
    """Exchange auth hash and wrapped identity; every session of the person ends.

    `old_key` is the auth key of the passphrase so far. False when it is not: that is counted and
    recorded, so that an open page at an empty chair cannot be used to guess. Raises TooSoon.
    """
    pace = Pace(tx, who.name)
    pace.check("lama")
    stands = keys_of(tx.connection, who.name)
    if stands is None or not auth_matches(stands.auth_hash, old_key):
        pace.failed()
        tx.record(PersonRefused(), by=who.name)
        return False
    pace.passed()
    put_keys(tx.connection, who.name, PersonKeys(auth_hash, identity, stands.recipient), tx.at)
    end_sessions_of(tx.connection, who.name)
    tx.record(PassphraseChanged(), by=who.name)
    return True
