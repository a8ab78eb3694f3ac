"""The JSON of the routing question's answer."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from services.complaints.web.api.schemas import PromisedSchema
from shared.rulebook.routing import EXCLUDED


def _text() -> fields.String:
    return fields.String(required=True)


class NamedUnitSchema(Schema):
    """A unit as the reporter reads it."""

    unit = _text()
    name = _text()
    kind = _text()


class ConsideredSchema(NamedUnitSchema):
    """A unit that was looked at and is not the one, and why."""

    verdict = fields.String(required=True, validate=validate.OneOf([EXCLUDED, "passed_over"]))
    reason = _text()


class KeeperSchema(NamedUnitSchema):
    """Who keeps a name apart from the story."""

    epoch = fields.Integer(required=True)
    recipient = _text()


class RouteSchema(NamedUnitSchema):
    """Who handles it, whom to seal to, who never sees it, and by when it is answered."""

    epoch = fields.Integer(required=True)
    recipient = _text()
    oversight = _text()
    notify = _text()
    keeper = fields.Nested(KeeperSchema, required=True, allow_none=True)
    considered = fields.List(fields.Nested(ConsideredSchema), required=True)
    promised = fields.List(fields.Nested(PromisedSchema), required=True)
