"""/api/v1/evidence: sealed files in parts of at most 1 MiB, so that an upload can resume."""

from __future__ import annotations

from flask import jsonify, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import UnsupportedMediaType

from services.complaints.actions.accept_evidence_part import note_evidence_part
from services.complaints.web.api.json_body import ApiBlueprint
from services.complaints.web.api.refusals import refuses
from services.complaints.web.api.schemas import PartsSchema
from shared.runtime.blobs import MOST_PARTS, PART_BYTES, MalformedPart
from shared.service import House
from shared.web.audience import audience
from shared.web.limits import body_limit

_BYTES = "application/octet-stream"
_BODY = {
    "required": True,
    "content": {_BYTES: {"schema": {"type": "string", "format": "binary"}}},
}
_NAME = {
    "in": "path",
    "name": "name",
    "required": True,
    "schema": {"type": "string", "pattern": "^[0-9a-f]{32}$"},
}


def evidence_pages(house: House) -> ApiBlueprint:
    """The routes evidence comes in by."""
    pages = ApiBlueprint("evidence", __name__, url_prefix="/api/v1/evidence")

    @pages.put("/<name>/<int:part>")
    @pages.doc(parameters=[_NAME], requestBody=_BODY)
    @pages.response(204, description="The part is kept.")
    @refuses(pages, 404, 409, 411, 413, 415, 422, 503)
    @audience("public")
    @body_limit(PART_BYTES)
    def put_part(name: str, part: int) -> ResponseReturnValue:
        """Keep one part of a sealed file; the same part again is fine."""
        if request.mimetype != _BYTES:
            raise UnsupportedMediaType
        content = request.get_data(cache=True)
        if not (0 <= part < MOST_PARTS and content):
            raise MalformedPart("part")
        house.blobs.parts(name)
        with house.transactions.begin() as tx:
            note_evidence_part(tx, name, part, len(content), house.settings.evidence_bytes)
        house.blobs.put_part(name, part, content)
        return "", 204

    @pages.get("/<name>")
    @pages.doc(parameters=[_NAME])
    @pages.response(200, PartsSchema)
    @refuses(pages, 404, 422)
    @audience("public")
    def parts(name: str) -> ResponseReturnValue:
        """Which parts have arrived, so that an upload can go on."""
        return jsonify(parts=house.blobs.parts(name))

    return pages
