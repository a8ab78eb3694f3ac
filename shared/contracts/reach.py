"""Where people of the desk are written to: sealed on its way, kept by notify alone."""

from __future__ import annotations

import dataclasses

from marshmallow import Schema, fields, validate

from shared.contracts.fact import Contract


class _DroppedSchema(Schema):
    person = fields.String(required=True, validate=validate.Length(min=1, max=80))


class _KeptSchema(_DroppedSchema):
    lang = fields.String(required=True, validate=validate.Length(min=1, max=16))


@dataclasses.dataclass(frozen=True)
class PersonAddressKept(Contract):
    """A person of the desk gave a work address: `contact` opens to {"person", "address"}."""

    type = "person.address_kept"
    source = "triage"
    consumers = ("notify",)
    part_names = ("contact",)
    schema = _KeptSchema

    person: str
    lang: str


@dataclasses.dataclass(frozen=True)
class PersonAddressDropped(Contract):
    """A person took the address back, or works here no more."""

    type = "person.address_dropped"
    source = "triage"
    consumers = ("notify",)
    schema = _DroppedSchema

    person: str


REACH: tuple[type[Contract], ...] = (PersonAddressKept, PersonAddressDropped)
