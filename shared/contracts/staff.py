"""Private facts about who works at the desk and with which keys; names never leave the house."""

from __future__ import annotations

import dataclasses

from marshmallow import Schema, fields

from shared.contracts.fact import Contract


class _EmptySchema(Schema):
    pass


class _PersonSchema(Schema):
    person = fields.String(required=True)


class _InvitedSchema(_PersonSchema):
    unit = fields.String(required=True)
    role = fields.String(required=True)


class _RoleSchema(_PersonSchema):
    from_role = fields.String(required=True)
    to_role = fields.String(required=True)


class _RemovedSchema(_PersonSchema):
    reason = fields.String(required=True)


@dataclasses.dataclass(frozen=True)
class PersonInvited(Contract):
    """A key officer made a single-use link with which this person makes keys."""

    type = "person.invited"
    source = "triage"
    schema = _InvitedSchema

    person: str
    unit: str
    role: str


@dataclasses.dataclass(frozen=True)
class PersonRemoved(Contract):
    """A key officer ended this person's work at the desk, at once."""

    type = "person.removed"
    source = "triage"
    schema = _RemovedSchema

    person: str
    reason: str


@dataclasses.dataclass(frozen=True)
class PersonRoleChanged(Contract):
    """A key officer gave this person another role."""

    type = "person.role_changed"
    source = "triage"
    schema = _RoleSchema

    person: str
    from_role: str
    to_role: str


@dataclasses.dataclass(frozen=True)
class PassphraseChanged(Contract):
    """A person wrapped their keys under another passphrase."""

    type = "person.passphrase_changed"
    source = "triage"
    schema = _EmptySchema


class _WhatSchema(Schema):
    what = fields.String(required=True)


@dataclasses.dataclass(frozen=True)
class FactorAdded(Contract):
    """From now on this person signs in with a second factor; `what` is its kind."""

    type = "person.factor_added"
    source = "triage"
    schema = _WhatSchema

    what: str


@dataclasses.dataclass(frozen=True)
class FactorRemoved(Contract):
    """A person took their second factor off."""

    type = "person.factor_removed"
    source = "triage"
    schema = _WhatSchema

    what: str


class _LabelSchema(Schema):
    label = fields.String(required=True)


@dataclasses.dataclass(frozen=True)
class PasskeyDoubted(Contract):
    """A passkey was refused because its count went back: there may be a copy of it."""

    type = "person.passkey_doubted"
    source = "triage"
    schema = _LabelSchema

    label: str


@dataclasses.dataclass(frozen=True)
class ResetAsked(Contract):
    """A key officer asks that this person enrols anew."""

    type = "person.reset_asked"
    source = "triage"
    schema = _RemovedSchema

    person: str
    reason: str


@dataclasses.dataclass(frozen=True)
class ResetApproved(Contract):
    """Another key officer agreed: keys and second factor are void."""

    type = "person.reset_approved"
    source = "triage"
    schema = _PersonSchema

    person: str


@dataclasses.dataclass(frozen=True)
class ResetRefused(Contract):
    """A key officer dropped the wish."""

    type = "person.reset_refused"
    source = "triage"
    schema = _PersonSchema

    person: str


class _UnitKeySchema(Schema):
    unit = fields.String(required=True)
    epoch = fields.Integer(required=True, strict=True)


class _SharedSchema(_UnitKeySchema):
    rewrapped = fields.Integer(required=True, strict=True)
    members = fields.Integer(required=True, strict=True)


@dataclasses.dataclass(frozen=True)
class UnitKeysShared(Contract):
    """A member's browser made epoch `epoch` for `members` people and wrapped `rewrapped` earlier
    epochs to them again."""

    type = "unit_key.shared"
    source = "triage"
    schema = _SharedSchema

    unit: str
    epoch: int
    rewrapped: int
    members: int


@dataclasses.dataclass(frozen=True)
class UnitKeyDue(Contract):
    """The unit's newest epoch is a month old, or its members are no longer those who hold it."""

    type = "unit_key.due"
    source = "triage"
    schema = _UnitKeySchema

    unit: str
    epoch: int


STAFF: tuple[type[Contract], ...] = (
    PersonInvited,
    PersonRemoved,
    PersonRoleChanged,
    PassphraseChanged,
    UnitKeysShared,
    UnitKeyDue,
    FactorAdded,
    FactorRemoved,
    PasskeyDoubted,
    ResetAsked,
    ResetApproved,
    ResetRefused,
)
