"""The JSON of the directory."""

from __future__ import annotations

from marshmallow import Schema, fields, validate


def _text() -> fields.String:
    return fields.String(required=True)


class UnitSchema(Schema):
    """A unit that can be sealed to now: complaints, or names where it keeps those."""

    id = _text()
    name = _text()
    kind = _text()
    region = _text()
    keeps_names = fields.Boolean(required=True)
    epoch = fields.Integer(required=True)
    recipient = _text()


class ServiceKindSchema(Schema):
    """What a citizen was after."""

    code = _text()
    name = _text()
    need = _text()


class OfficeKindSchema(Schema):
    """A kind of office that can be accused."""

    kind = _text()
    name = _text()
    sector = _text()


class RegionSchema(Schema):
    """A region by its Kemendagri code."""

    code = _text()
    name = _text()
    zone = _text()


class LimitsSchema(Schema):
    """Sizes a sender must keep to, in bytes, and how many files."""

    body = fields.Integer(required=True)
    part = fields.Integer(required=True)
    files = fields.Integer(required=True)
    record_classes = fields.List(fields.Integer(), required=True)


class DirectorySchema(Schema):
    """All a sender needs to seal a complaint."""

    deployment = _text()
    rulebook = _text()
    oversight = _text()
    triage = _text()
    notify = _text()
    units = fields.List(fields.Nested(UnitSchema), required=True)
    services = fields.List(fields.Nested(ServiceKindSchema), required=True)
    offices = fields.List(fields.Nested(OfficeKindSchema), required=True)
    regions = fields.List(fields.Nested(RegionSchema), required=True)
    limits = fields.Nested(LimitsSchema, required=True)


class WithinSchema(Schema):
    """The region whose children are asked for."""

    within = fields.String(required=True, validate=validate.Length(1, 8))


class RegionsSchema(Schema):
    """Regions in code order."""

    regions = fields.List(fields.Nested(RegionSchema), required=True)
