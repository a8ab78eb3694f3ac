"""The JSON of the mailbox, as marshmallow checks it and OpenAPI tells it."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from services.complaints.domain.deeds import MAY, MOST_STARS, PRESSED
from services.complaints.web.api.fields import Key, Sealed
from services.complaints.web.api.schemas import (
    CONTACT_LETTERS,
    ENVELOPE_LETTERS,
    MOST_FILES,
    EvidenceSchema,
    Strict,
    count_field,
)


class _SealedLetterSchema(Strict):
    seq = count_field(1)
    envelope = Sealed(ENVELOPE_LETTERS, "The age file for unit, oversight and reporter")


class LetterInSchema(_SealedLetterSchema):
    """The reporter's letter number `seq` (the complaint is 0); `evidence` uploaded before."""

    evidence = fields.List(
        fields.Nested(EvidenceSchema), load_default=list, validate=validate.Length(max=MOST_FILES)
    )


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


class NameSchema(Schema):
    """That the reporter's name is asked for, or what became of it: codes of the rulebook's purposes
    and bases, the kinds of the asking unit and of the keeper; `until` when the request is over, or
    the opened name can no longer be read."""

    purpose = fields.String(required=True)
    basis = fields.String(required=True)
    desk = fields.String(required=True)
    keeper = fields.String(required=True)
    until = fields.Date(required=True, allow_none=True)


class StepSchema(Schema):
    """One step of the case; `event` where no state changed but the reporter or a supervisor did
    something. `days_late` null where nothing was missed; `main_state` what has become of the work
    where it is done together with other reports (event `main_moved`)."""

    state = fields.String(required=True)
    on = fields.Date(required=True)
    promised = fields.List(fields.Nested(PromiseSchema), required=True)
    late = fields.Boolean(required=True)
    days_late = fields.Integer(required=True, allow_none=True)
    event = fields.String(required=True, allow_none=True)
    is_solved = fields.Boolean(required=True, allow_none=True)
    stars = fields.Integer(required=True, allow_none=True)
    main_state = fields.String(required=True, allow_none=True)
    name = fields.Nested(NameSchema, required=True, allow_none=True)


class LetterSchema(Schema):
    """One sealed letter; `in` 0 is the complaint itself."""

    direction = fields.String(required=True, validate=validate.OneOf(["in", "out"]))
    seq = fields.Integer(required=True)
    on = fields.Date(required=True)
    envelope = fields.String(required=True)


class PlaceSchema(Schema):
    """The last of the letters the reporter deleted in one direction."""

    seq = fields.Integer(required=True)
    sha256 = fields.String(required=True)


class GoneSchema(Schema):
    """Where letters go on after some were deleted; null where none were."""

    in_ = fields.Nested(PlaceSchema, required=True, allow_none=True, data_key="in")
    out = fields.Nested(PlaceSchema, required=True, allow_none=True)


class MailboxSchema(Schema):
    """A mailbox; every field null or empty when nobody filed with these keys."""

    status = fields.String(required=True, allow_none=True)
    desk = fields.String(required=True, allow_none=True)
    case = fields.String(required=True, allow_none=True)
    unit = fields.String(required=True, allow_none=True)
    epoch = fields.Integer(required=True, allow_none=True)
    keepers = fields.List(
        fields.String(),
        required=True,
        allow_none=True,
        metadata={"description": "Units that may keep a name; null: whichever `keeps_names`"},
    )
    steps = fields.List(fields.Nested(StepSchema), required=True)
    letters = fields.List(fields.Nested(LetterSchema), required=True)
    gone = fields.Nested(GoneSchema, required=True)
    may = fields.List(fields.String(validate=validate.OneOf(MAY)), required=True)
    withdrawal_round = fields.Integer(required=True)
    result_round = fields.Integer(required=True)
    object_until = fields.Date(required=True, allow_none=True)


class KeptSchema(Schema):
    """The letter that was kept."""

    seq = fields.Integer(required=True)


class AskWithdrawalSchema(Strict):
    """Ask to withdraw for the `round`th time, and whether somebody presses the reporter to."""

    round = count_field(1)
    pressed = fields.String(required=True, validate=validate.OneOf(PRESSED))


class TakeBackSchema(Strict):
    """Which withdrawal is taken back."""

    round = count_field(1)


class RatingSchema(Strict):
    """Whether the `round`th result solved it; `stars` 1-5, 0 when none are given."""

    round = count_field(0)
    is_solved = fields.Boolean(required=True, truthy={True}, falsy={False})
    stars = count_field(0, MOST_STARS)


class ObjectionSchema(_SealedLetterSchema):
    """An objection to the `round`th result, with the letter that says why."""

    round = count_field(1)


class ContactSchema(Strict):
    """An address for notices, sealed to notify's key."""

    contact = Sealed(CONTACT_LETTERS, "The age file for notify")
    lang = fields.String(required=True, validate=validate.OneOf(["id", "en"]))


class DeletionSchema(Strict):
    """Delete all letters here; nobody brings them back."""

    is_sure = fields.Boolean(
        required=True, truthy={True}, falsy=set(), validate=validate.Equal(True)
    )


class DoneSchema(Schema):
    """What stands now among the steps."""

    event = fields.String(required=True)
