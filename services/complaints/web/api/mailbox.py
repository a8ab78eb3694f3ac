"""/api/v1/mailbox: signed requests for what a receipt opens, and the letters in it."""

from __future__ import annotations

import hashlib
from typing import Any

from flask import jsonify
from flask.typing import ResponseReturnValue

from services.complaints.actions.accept_evidence_part import claim_evidence, drop_parts
from services.complaints.actions.delete_letters import delete_letters
from services.complaints.actions.directory import UnitKeys
from services.complaints.actions.open_mailbox import open_mailbox
from services.complaints.actions.receive_reply import Reply, is_kept, receive_reply
from services.complaints.domain.deeds import DELETED, today_at
from services.complaints.domain.envelope import check_envelope
from services.complaints.domain.filing import Evidence
from services.complaints.web.api.json_body import ApiBlueprint
from services.complaints.web.api.mailbox_json import as_json
from services.complaints.web.api.mailbox_schemas import (
    DeletionSchema,
    DoneSchema,
    KeptSchema,
    LetterInSchema,
    MailboxSchema,
    NonceSchema,
    SignedSchema,
)
from services.complaints.web.api.refusals import refuses
from services.complaints.web.api.signature import check_signature, new_nonce
from shared.service import House
from shared.web.audience import audience


def mailbox_pages(house: House, keys: UnitKeys) -> ApiBlueprint:
    """The mailbox's routes."""
    pages = ApiBlueprint("mailbox", __name__, url_prefix="/api/v1/mailbox")

    @pages.post("/nonce")
    @pages.response(200, NonceSchema)
    @refuses(pages, 413, 503)
    @audience("reporter")
    def nonce() -> ResponseReturnValue:
        """A nonce to sign; nothing of it is kept here."""
        return jsonify(nonce=new_nonce(house))

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
        return jsonify(as_json(mailbox, keys, today_at(house.clock.now())))

    @pages.post("/letters")
    @pages.arguments(SignedSchema(), location="headers")
    @pages.arguments(LetterInSchema())
    @pages.response(201, KeptSchema, description="It was kept.")
    @pages.alt_response(200, schema=KeptSchema, description="It was kept before.")
    @refuses(pages, 404, 409, 413, 415, 422, 503)
    @audience("reporter")
    def reply(signed: dict[str, Any], letter: dict[str, Any]) -> ResponseReturnValue:
        """Send the reporter's next letter; the same one again is fine."""
        check_signature(house, signed)
        sealed = reply_in(letter)
        lookup, sign = signed["mailbox"], signed["key"]
        if not has_arrived(house, lookup, sign, sealed):
            claim_evidence(house.blobs, sealed.evidence)
        with house.transactions.begin() as tx:
            is_new = receive_reply(tx, lookup=lookup, sign=sign, reply=sealed)
        drop_parts(house.blobs, sealed.evidence)
        return jsonify(seq=sealed.seq), 201 if is_new else 200

    @pages.post("/letters/deletion")
    @pages.arguments(SignedSchema(), location="headers")
    @pages.arguments(DeletionSchema())
    @pages.response(200, DoneSchema, description="No letter stands here any more.")
    @refuses(pages, 409, 413, 415, 422, 503)
    @audience("reporter")
    def delete(signed: dict[str, Any], _sure: dict[str, Any]) -> ResponseReturnValue:
        """Delete every letter of this mailbox; the unit keeps its own copies."""
        check_signature(house, signed)
        with house.transactions.begin() as tx:
            delete_letters(tx, lookup=signed["mailbox"], sign=signed["key"])
        return jsonify(event=DELETED)

    return pages


def reply_in(letter: dict[str, Any]) -> Reply:
    """The sealed letter in a checked body; raises what `check_envelope` raises."""
    envelope = letter["envelope"]
    check_envelope(envelope)
    evidence = tuple(Evidence(**one) for one in letter.get("evidence", ()))
    return Reply(letter["seq"], envelope, hashlib.sha256(envelope).digest(), evidence)


def has_arrived(house: House, lookup: bytes, sign: bytes, reply: Reply) -> bool:
    """Whether this very letter came in before: its files are claimed already."""
    with house.database.read() as connection:
        mailbox = open_mailbox(connection, lookup, sign)
        return is_kept(connection, mailbox, reply.seq, reply.digest)
