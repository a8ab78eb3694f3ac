"""The JSON of the public API, as marshmallow checks it and OpenAPI tells it."""

from __future__ import annotations

from typing import Any

from marshmallow import RAISE, Schema, fields, validate

from services.complaints.web.fields import Key, Sealed
from shared.rulebook import DisclosedSchema

_UUID4 = "^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$"
_ENVELOPE_LETTERS = 100_000
_CONTACT_LETTERS = 32_000
_MOST_FILES = 5


def _text(most: int = 80, **more: Any) -> fields.String:
    return fields.String(required=True, validate=validate.Length(1, most), **more)


def _count(least: int, most: int = 2**31 - 1) -> fields.Integer:
    return fields.Integer(required=True, strict=True, validate=validate.Range(least, most))


def _case() -> fields.String:
    checks = [validate.Length(equal=36), validate.Regexp(_UUID4)]
    return fields.String(required=True, validate=checks)


class _Strict(Schema):
    class Meta:
        unknown = RAISE


class MailboxKeysSchema(_Strict):
    """The public half of what the receipt gives."""

    lookup = Key(16, "HKDF label `lookup`")
    sign = Key(32, "Ed25519 public key")
    box = _text(4000, metadata={"description": "Recipient `age1pq1…` for letters to the reporter."})


class EvidenceSchema(_Strict):
    """A sealed file uploaded before under /evidence."""

    name = fields.String(required=True, validate=validate.Regexp("^[0-9a-f]{32}$"))
    size = _count(1, 17 << 20)
    sha256 = fields.String(required=True, validate=validate.Regexp("^[0-9a-f]{64}$"))


class ComplaintSchema(_Strict):
    """A complaint sealed where it was written."""

    v = fields.Integer(required=True, strict=True, validate=validate.Equal(1))
    case = _case()
    mailbox = fields.Nested(MailboxKeysSchema, required=True)
    unit = _text()
    epoch = _count(1)
    events_key = Key(32, "HKDF label `events`")
    disclosed = fields.Nested(DisclosedSchema, required=True)
    envelope = Sealed(_ENVELOPE_LETTERS, "The age file for unit, oversight and reporter")
    contact = Sealed(_CONTACT_LETTERS, "The age file for notify", required=False)
    lang = fields.String(required=True, validate=validate.OneOf(["id", "en"]))
    evidence = fields.List(
        fields.Nested(EvidenceSchema), load_default=list, validate=validate.Length(max=_MOST_FILES)
    )


class AskedSchema(_Strict):
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


class LetterInSchema(_Strict):
    """The reporter's letter number `seq` (the complaint is 0)."""

    seq = _count(1)
    envelope = Sealed(_ENVELOPE_LETTERS, "The age file for unit, oversight and reporter")


class SignedSchema(Schema):
    """Who asks for a mailbox, and the proof: Ed25519 over method, path, nonce and body."""

    mailbox = Key(16, "The mailbox", data_key="Kentongan-Mailbox")
    key = Key(32, "Its Ed25519 public key", data_key="Kentongan-Key")
    nonce = fields.String(
        required=True, data_key="Kentongan-Nonce", validate=validate.Length(1, 400)
    )
    signature = Key(64, "Ed25519 signature", data_key="Kentongan-Signature")


class NonceSchema(Schema):
    """Signs one request within five minutes."""

    nonce = fields.String(required=True)


class PromiseSchema(Schema):
    """A clock that runs and its date."""

    clock = fields.String(required=True)
    due_on = fields.Date(required=True)


class StepSchema(Schema):
    """One step of the case."""

    state = fields.String(required=True)
    on = fields.Date(required=True)
    promised = fields.List(fields.Nested(PromiseSchema), required=True)
    late = fields.Boolean(required=True)


class LetterSchema(Schema):
    """One sealed letter; `in` 0 is the complaint itself."""

    direction = fields.String(required=True, validate=validate.OneOf(["in", "out"]))
    seq = fields.Integer(required=True)
    on = fields.Date(required=True)
    envelope = fields.String(required=True)


class MailboxSchema(Schema):
    """A mailbox; every field null or empty when nobody filed with these keys."""

    status = fields.String(required=True, allow_none=True)
    desk = fields.String(required=True, allow_none=True)
    case = fields.String(required=True, allow_none=True)
    unit = fields.String(required=True, allow_none=True)
    epoch = fields.Integer(required=True, allow_none=True)
    steps = fields.List(fields.Nested(StepSchema), required=True)
    letters = fields.List(fields.Nested(LetterSchema), required=True)


class KeptSchema(Schema):
    """The letter that was kept."""

    seq = fields.Integer(required=True)


class PartsSchema(Schema):
    """The numbers of the parts that have arrived."""

    parts = fields.List(fields.Integer(), required=True)
