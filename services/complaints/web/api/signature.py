"""The signature under a mailbox request: whoever holds the receipt's key asks."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Any

from flask import request

from shared.crypto.errors import MalformedTicket
from shared.crypto.signing import request_string, verify
from shared.crypto.tickets import open_ticket, seal_ticket
from shared.runtime.errors import Refused
from shared.service import House

NONCE_LIVES = timedelta(minutes=5)
_PURPOSE = "mailbox nonce"


class BadSignature(Refused):
    """Tanda tangan tidak cocok dengan permintaan ini. Minta nonce baru, lalu tanda tangani lagi."""

    code = "bad_signature"


class StaleNonce(Refused):
    """Nonce ini tidak berlaku lagi. Minta nonce baru, lalu tanda tangani lagi."""

    code = "stale_nonce"


def new_nonce(house: House) -> str:
    """Signs requests for five minutes; nothing of it is kept here."""
    until = house.clock.now() + NONCE_LIVES
    content = secrets.token_bytes(16)
    return seal_ticket(house.settings.session_key, content, until, purpose=_PURPOSE)


def check_signature(house: House, signed: dict[str, Any]) -> None:
    """Raises StaleNonce, BadSignature; the path counts with its query."""
    now, key = house.clock.now(), house.settings.session_key
    try:
        open_ticket(key, signed["nonce"], now, purpose=_PURPOSE)
    except MalformedTicket:
        raise StaleNonce("Kentongan-Nonce") from None
    path = request.full_path if request.query_string else request.path
    body = request.get_data(cache=True)
    text = request_string(request.method, path, signed["nonce"], body)
    if not verify(signed["key"], text, signed["signature"]):
        raise BadSignature("Kentongan-Signature")
