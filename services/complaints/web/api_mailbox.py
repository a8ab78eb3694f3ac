"""/api/v1/mailbox: signed requests for what a receipt opens."""

from __future__ import annotations

import base64
import hashlib
import secrets
from datetime import timedelta
from typing import Any

from flask import jsonify, request
from flask.typing import ResponseReturnValue

from services.complaints.actions.directory import UnitKeys
from services.complaints.actions.open_mailbox import open_mailbox
from services.complaints.actions.receive_reply import receive_reply
from services.complaints.domain.envelope import check_envelope
from services.complaints.domain.mailbox import Mailbox
from services.complaints.web.json_body import ApiBlueprint
from services.complaints.web.refusals import refuses
from services.complaints.web.schemas import (
    KeptSchema,
    LetterInSchema,
    MailboxSchema,
    NonceSchema,
    SignedSchema,
)
from shared.crypto.errors import MalformedTicket
from shared.crypto.signing import request_string, verify
from shared.crypto.tickets import open_ticket, seal_ticket
from shared.runtime.errors import Refused
from shared.service import House
from shared.web.audience import audience

NONCE_LIVES = timedelta(minutes=5)
_PURPOSE = "mailbox nonce"


class BadSignature(Refused):
    """Tanda tangan tidak cocok dengan permintaan ini. Minta nonce baru, lalu tanda tangani lagi."""

    code = "bad_signature"


class StaleNonce(Refused):
    """Nonce ini tidak berlaku lagi. Minta nonce baru, lalu tanda tangani lagi."""

    code = "stale_nonce"


def mailbox_pages(house: House, keys: UnitKeys) -> ApiBlueprint:
    """The mailbox's routes."""
    pages = ApiBlueprint("mailbox", __name__, url_prefix="/api/v1/mailbox")

    @pages.post("/nonce")
    @pages.response(200, NonceSchema)
    @refuses(pages, 413, 503)
    @audience("reporter")
    def nonce() -> ResponseReturnValue:
        """A nonce to sign; nothing of it is kept here."""
        until = house.clock.now() + NONCE_LIVES
        key = house.settings.session_key
        return jsonify(nonce=seal_ticket(key, secrets.token_bytes(16), until, purpose=_PURPOSE))

    @pages.get("")
    @pages.arguments(SignedSchema(), location="headers")
    @pages.response(200, MailboxSchema)
    @refuses(pages, 413, 422, 503)
    @audience("reporter")
    def look(signed: dict[str, Any]) -> ResponseReturnValue:
        """Status, promised dates and sealed letters; unknown keys and foreign ones look empty."""
        check_signature(house, signed)
        with house.database.read() as connection:
            mailbox = open_mailbox(connection, signed["mailbox"], signed["key"])
        return jsonify(as_json(mailbox, keys))

    @pages.post("/letters")
    @pages.arguments(SignedSchema(), location="headers")
    @pages.arguments(LetterInSchema())
    @pages.response(201, KeptSchema, description="It was kept.")
    @pages.alt_response(200, schema=KeptSchema, description="It was kept before.")
    @refuses(pages, 409, 413, 415, 422, 503)
    @audience("reporter")
    def reply(signed: dict[str, Any], letter: dict[str, Any]) -> ResponseReturnValue:
        """Send the reporter's next letter; the same one again is fine."""
        check_signature(house, signed)
        envelope = letter["envelope"]
        check_envelope(envelope)
        with house.transactions.begin() as tx:
            is_new = receive_reply(
                tx,
                lookup=signed["mailbox"],
                sign=signed["key"],
                seq=letter["seq"],
                envelope=envelope,
                digest=hashlib.sha256(envelope).digest(),
            )
        return jsonify(seq=letter["seq"]), 201 if is_new else 200

    return pages


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


def as_json(mailbox: Mailbox, keys: UnitKeys) -> dict[str, Any]:
    """A mailbox as the API tells it."""
    key = keys.current().get(mailbox.unit) if mailbox.unit else None
    return {
        "status": mailbox.status,
        "desk": mailbox.desk,
        "case": mailbox.case,
        "unit": mailbox.unit,
        "epoch": key.epoch if key else None,
        "steps": [
            {
                "state": step.state,
                "on": step.on.isoformat(),
                "promised": [{"clock": c, "due_on": d.isoformat()} for c, d in step.promised],
                "late": step.late,
            }
            for step in mailbox.steps
        ],
        "letters": [
            {
                "direction": letter.direction,
                "seq": letter.seq,
                "on": letter.on.isoformat(),
                "envelope": base64.b64encode(letter.envelope).decode("ascii"),
            }
            for letter in mailbox.letters
        ],
    }
