"""The JSON of the public API, as marshmallow checks it and OpenAPI tells it."""

from __future__ import annotations

from typing import Any

from marshmallow import RAISE, Schema, fields, validate

from services.complaints.web.api.fields import Key, Sealed
from shared.rulebook import DisclosedSchema
from shared.runtime import quick

_UUID4 = "^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$"
ENVELOPE_LETTERS = 100_000
CONTACT_LETTERS = 32_000
MOST_FILES = 5


def text_field(most: int = 80, **more: Any) -> fields.String:
    return quick.Word(1, most, required=True, **more)


def count_field(least: int, most: int = 2**31 - 1) -> fields.Integer:
    return quick.Count(least, most, required=True)


def _case() -> fields.String:
    checks = [validate.Length(equal=36), validate.Regexp(_UUID4)]
    return fields.String(required=True, validate=checks)


class Strict(Schema):
    class Meta:
        unknown = RAISE


class MailboxKeysSchema(Strict):
    """The public half of what the receipt gives."""

    lookup = Key(16, "HKDF label `lookup`")
    sign = Key(32, "Ed25519 public key")
    box = text_field(
        4000, metadata={"description": "Recipient `age1pq1…` for letters to the reporter."}
    )


class EvidenceSchema(Strict):
    """A sealed file uploaded before under /evidence."""

    name = fields.String(required=True, validate=validate.Regexp("^[0-9a-f]{32}$"))
    size = count_field(1, 17 << 20)
    sha256 = fields.String(required=True, validate=validate.Regexp("^[0-9a-f]{64}$"))


class ComplaintSchema(Strict):
    """A complaint sealed where it was written."""

    v = fields.Integer(required=True, strict=True, validate=validate.Equal(1))
    case = _case()
    mailbox = fields.Nested(MailboxKeysSchema, required=True)
    unit = text_field()
    epoch = count_field(1)
    events_key = Key(32, "HKDF label `events`")
    disclosed = fields.Nested(DisclosedSchema, required=True)
    envelope = Sealed(ENVELOPE_LETTERS, "The age file for unit, oversight and reporter")
    contact = Sealed(CONTACT_LETTERS, "The age file for notify", required=False)
    lang = quick.OneOf(["id", "en"], required=True)
    evidence = fields.List(
        fields.Nested(EvidenceSchema), load_default=list, validate=validate.Length(max=MOST_FILES)
    )


class AskedSchema(Strict):
    """What a proof of work shall be for."""

    content = fields.String(
        required=True,
        data_key="for",
        validate=[validate.Length(equal=64), validate.Regexp("^[0-9a-f]{64}$")],
        metadata={"description": "SHA-256 of the bytes to be sent, 64 hexadecimal digits"},
    )


class ChallengeSchema(Schema):
    """ALTCHA's: find number ≤ maxnumber with SHA-256(salt ‖ number) = challenge."""

    algorithm = fields.String(required=True)
    challenge = fields.String(required=True)
    maxnumber = fields.Integer(required=True)
    salt = fields.String(required=True)
    signature = fields.String(required=True)


class PromisedSchema(Schema):
    """A step and the local date by which it is promised."""

    step = fields.String(required=True)
    by = fields.Date(required=True)


class AcceptedSchema(Schema):
    """What the sender is told: who handles it, by when, how many units were passed over."""

    case = fields.String(required=True)
    promised = fields.List(fields.Nested(PromisedSchema), required=True)
    desk = fields.String(required=True)
    excluded = fields.Integer(required=True)


class PartsSchema(Schema):
    """The numbers of the parts that have arrived."""

    parts = fields.List(fields.Integer(), required=True)
