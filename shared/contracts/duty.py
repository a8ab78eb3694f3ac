"""Who of a unit is on duty when: told among the desk alone, names never leave the house."""

from __future__ import annotations

import dataclasses
from datetime import date

from marshmallow import Schema, fields

from shared.contracts.fact import Contract


class _DutySchema(Schema):
    unit = fields.String(required=True)
    person = fields.String(required=True)
    first = fields.Date(required=True)
    last = fields.Date(required=True)


@dataclasses.dataclass(frozen=True)
class DutySet(Contract):
    """A supervisor put this person on duty from `first` to `last`, both included."""

    type = "duty.set"
    source = "triage"
    schema = _DutySchema

    unit: str
    person: str
    first: date
    last: date


@dataclasses.dataclass(frozen=True)
class DutyDropped(Contract):
    """A supervisor took that duty off again."""

    type = "duty.dropped"
    source = "triage"
    schema = _DutySchema

    unit: str
    person: str
    first: date
    last: date


DUTY_PRIVATE: tuple[type[Contract], ...] = (DutySet, DutyDropped)
