"""/api/v1/mailbox: what a reporter decides there, each a signed request that may be repeated."""

from __future__ import annotations

import hashlib
from typing import Any

from flask import jsonify
from flask.typing import ResponseReturnValue

from services.complaints.actions.judge_result import Rating, object_to_result, rate_result
from services.complaints.actions.leave_contact import leave_contact
from services.complaints.actions.withdraw import (
    ask_withdrawal,
    seal_pressed,
    take_back_withdrawal,
)
from services.complaints.domain.deeds import ASKED, CONTACT_LEFT, OBJECTED, RATED, TAKEN_BACK
from services.complaints.domain.envelope import check_contact
from services.complaints.web.api.json_body import ApiBlueprint, Decorator, View
from services.complaints.web.api.mailbox import reply_in
from services.complaints.web.api.mailbox_schemas import (
    AskWithdrawalSchema,
    ContactSchema,
    DoneSchema,
    ObjectionSchema,
    RatingSchema,
    SignedSchema,
    TakeBackSchema,
)
from services.complaints.web.api.refusals import refuses
from services.complaints.web.api.schemas import Strict
from services.complaints.web.api.signature import check_signature
from shared.service import House
from shared.web.audience import audience


def deed_pages(house: House) -> ApiBlueprint:
    """The routes of what a reporter decides."""
    pages = ApiBlueprint("deeds", __name__, url_prefix="/api/v1/mailbox")

    @_deed(pages, "/withdrawal", AskWithdrawalSchema())
    def withdraw(signed: dict[str, Any], body: dict[str, Any]) -> ResponseReturnValue:
        """Ask to withdraw; a supervisor looks for coercion before anything ends."""
        who = _who(house, signed)
        disclosed = seal_pressed(body["pressed"], house.settings.triage_recipient)
        with house.transactions.begin() as tx:
            is_new = ask_withdrawal(tx, **who, nth=body["round"], disclosed=disclosed)
        return _done(ASKED, is_new=is_new)

    @_deed(pages, "/withdrawal/taken-back", TakeBackSchema())
    def take_back(signed: dict[str, Any], body: dict[str, Any]) -> ResponseReturnValue:
        """Take a withdrawal back while nobody has decided on it."""
        who = _who(house, signed)
        with house.transactions.begin() as tx:
            is_new = take_back_withdrawal(tx, **who, nth=body["round"])
        return _done(TAKEN_BACK, is_new=is_new)

    @_deed(pages, "/rating", RatingSchema())
    def rate(signed: dict[str, Any], body: dict[str, Any]) -> ResponseReturnValue:
        """Say whether the result solved it."""
        who = _who(house, signed)
        with house.transactions.begin() as tx:
            is_new = rate_result(tx, **who, rating=Rating(**body))
        return _done(RATED, is_new=is_new)

    @_deed(pages, "/objection", ObjectionSchema())
    def object_(signed: dict[str, Any], body: dict[str, Any]) -> ResponseReturnValue:
        """Object to the result; the sealed letter says why, and the case is opened again."""
        who = _who(house, signed)
        reply = reply_in(body)
        with house.transactions.begin() as tx:
            is_new = object_to_result(tx, **who, nth=body["round"], reply=reply)
        return _done(OBJECTED, is_new=is_new)

    @_deed(pages, "/contact", ContactSchema())
    def contact(signed: dict[str, Any], body: dict[str, Any]) -> ResponseReturnValue:
        """Leave an address for notices, sealed to notify."""
        who = _who(house, signed)
        sealed = body["contact"]
        check_contact(sealed)
        digest = hashlib.sha256(sealed).digest()
        with house.transactions.begin() as tx:
            is_new = leave_contact(tx, **who, contact=sealed, digest=digest, lang=body["lang"])
        return _done(CONTACT_LEFT, is_new=is_new)

    return pages


def _deed(pages: ApiBlueprint, path: str, schema: Strict) -> Decorator:
    """A signed POST that is answered alike however often it comes."""

    def mark(view: View) -> View:
        view = audience("reporter")(view)
        view = refuses(pages, 409, 413, 415, 422, 503)(view)
        view = pages.alt_response(200, schema=DoneSchema, description="It stood before.")(view)
        view = pages.response(201, DoneSchema, description="It stands now.")(view)
        view = pages.arguments(schema)(view)
        view = pages.arguments(SignedSchema(), location="headers")(view)
        return pages.post(path)(view)

    return mark


def _who(house: House, signed: dict[str, Any]) -> dict[str, bytes]:
    """Whose mailbox it is, once the signature holds."""
    check_signature(house, signed)
    return {"lookup": signed["mailbox"], "sign": signed["key"]}


def _done(event: str, *, is_new: bool) -> ResponseReturnValue:
    return jsonify(event=event), 201 if is_new else 200
