"""POST /api/v1/complaints: a complaint sealed where it was written."""

from __future__ import annotations

import hashlib
from typing import Any

from flask import jsonify, request
from flask.typing import ResponseReturnValue

from services.complaints.actions.accept_evidence_part import claim_evidence, drop_parts
from services.complaints.actions.directory import UnitKeys
from services.complaints.actions.submit import Submitted, seal_disclosed, submit, was_told
from services.complaints.domain.admission import NoKey, StaleKey, admit
from services.complaints.domain.filing import Answer, Evidence, Filing
from services.complaints.web.json_body import ApiBlueprint
from services.complaints.web.refusals import refuses
from services.complaints.web.schemas import AcceptedSchema, ComplaintSchema
from shared.runtime.errors import Refusal
from shared.service import House
from shared.web.audience import audience


def complaint_pages(house: House, keys: UnitKeys) -> ApiBlueprint:
    """The route complaints come in by."""
    pages = ApiBlueprint("complaints", __name__, url_prefix="/api/v1/complaints")

    @pages.post("")
    @pages.arguments(ComplaintSchema)
    @pages.response(201, AcceptedSchema, description="It came in.")
    @pages.alt_response(200, schema=AcceptedSchema, description="It came in before: same answer.")
    @refuses(pages, 404, 409, 413, 415, 422, 503)
    @audience("public")
    def file_complaint(body: dict[str, Any]) -> ResponseReturnValue:
        """File a complaint; the same body again gets the same answer."""
        filing = read_filing(body, request.get_data(cache=True))
        done = take_in(house, keys, filing)
        return jsonify(done.answer.as_json()), 201 if done.is_new else 200

    return pages


def read_filing(body: dict[str, Any], raw: bytes) -> Filing:
    """The filing in a checked body; its digest is that of the bytes as sent."""
    mailbox = body["mailbox"]
    return Filing(
        case=body["case"],
        lookup=mailbox["lookup"],
        sign=mailbox["sign"],
        box=mailbox["box"],
        unit=body["unit"],
        epoch=body["epoch"],
        events_key=body["events_key"],
        disclosed=body["disclosed"],
        envelope=body["envelope"],
        contact=body["contact"],
        lang=body["lang"],
        evidence=tuple(Evidence(**one) for one in body["evidence"]),
        digest=hashlib.sha256(raw).digest(),
    )


def take_in(house: House, keys: UnitKeys, filing: Filing) -> Submitted:
    """Admit and submit; what came in before is answered alike though keys have moved."""
    try:
        answer = admit_with(house, keys, filing)
        claim_evidence(house.blobs, filing.evidence)
    except Refusal:
        with house.database.read() as connection:
            told = was_told(connection, filing)
        if told is None:
            raise
        return Submitted(told, False)
    disclosed = seal_disclosed(filing, house.settings.triage_recipient)
    with house.transactions.begin() as tx:
        done = submit(tx, filing, answer, disclosed)
    drop_parts(house.blobs, filing.evidence)
    return done


def admit_with(house: House, keys: UnitKeys, filing: Filing) -> Answer:
    """Admit by the kept keys, and once more by fresh ones when those look too old."""
    at = house.clock.now().replace(minute=0, second=0, microsecond=0)
    try:
        return admit(filing, rulebook=house.rulebook, keys=keys.current(), at=at)
    except (NoKey, StaleKey):
        return admit(filing, rulebook=house.rulebook, keys=keys.fresh(), at=at)
