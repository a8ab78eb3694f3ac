"""Challenges for passkeys: they lie in the asker's signed cookie until they are answered or old."""

from __future__ import annotations

import base64
import secrets
from datetime import datetime

from flask import session

from services.triage.actions.prove_passkey import CHALLENGE_LASTS
from shared.crypto.encoding import to_base64url
from shared.crypto.passkey import CHALLENGE_BYTES

_FIELD = "tantangan"


def give_challenge(purpose: str, now: datetime) -> str:
    """A new challenge (base64url) for "masuk" or "pasang"; an earlier one gives way."""
    made = secrets.token_bytes(CHALLENGE_BYTES)
    text = to_base64url(made)
    session[_FIELD] = [purpose, text, int(now.timestamp())]
    return text


def taken_challenge(purpose: str, now: datetime) -> bytes | None:
    """The challenge in this cookie, out of it; None when there is none, or it is too old."""
    kept = session.pop(_FIELD, None)
    if not isinstance(kept, list) or len(kept) != 3 or kept[0] != purpose:
        return None
    age = int(now.timestamp()) - int(kept[2])
    if not 0 <= age <= CHALLENGE_LASTS.total_seconds():
        return None
    return base64.urlsafe_b64decode(f"{kept[1]}=")
