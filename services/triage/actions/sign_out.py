"""End a session."""

from __future__ import annotations

from services.triage.store.people import end_session
from shared.contracts.private import PersonSignedOut
from shared.messaging.tx import Tx


def sign_out(tx: Tx, name: str, token_hash: bytes) -> None:
    """Forget the session; signing out twice is fine."""
    end_session(tx.connection, token_hash)
    tx.record(PersonSignedOut(), by=name)
