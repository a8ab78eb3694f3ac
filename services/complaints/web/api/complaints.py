"""POST /api/v1/complaints: a complaint sealed where it was written."""

from __future__ import annotations

from typing import Any

from flask import jsonify
from flask.typing import ResponseReturnValue

from services.complaints.domain.filing import Evidence, Filing
from services.complaints.web.api.json_body import ApiBlueprint
from services.complaints.web.api.proving import PARAMETER, Proving, body_digest, stale_proof
from services.complaints.web.api.refusals import refuses
from services.complaints.web.api.schemas import AcceptedSchema, ComplaintSchema
from services.complaints.web.intake import Intake
from shared.web.audience import audience


def complaint_pages(intake: Intake, proving: Proving) -> ApiBlueprint:
    """The route complaints come in by."""
    pages = ApiBlueprint("complaints", __name__, url_prefix="/api/v1/complaints")

    @pages.post("")
    @proving.before_reading
    @pages.doc(parameters=[PARAMETER])
    @pages.arguments(ComplaintSchema())
    @pages.response(201, AcceptedSchema, description="It came in.")
    @pages.alt_response(200, schema=AcceptedSchema, description="It came in before: same answer.")
    @refuses(pages, 404, 409, 413, 415, 422, 503)
    @audience("public")
    def file_complaint(body: dict[str, Any]) -> ResponseReturnValue:
        """File a complaint; the same body again gets the same answer."""
        filing = read_filing(body, body_digest())
        late = stale_proof()
        done = intake.take_in(filing) if late is None else intake.told_before(filing, late)
        return jsonify(done.answer.as_json()), 201 if done.is_new else 200

    return pages


def read_filing(body: dict[str, Any], digest: bytes) -> Filing:
    """The filing in a checked body; `digest` is that of the bytes as sent."""
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
        digest=digest,
    )
