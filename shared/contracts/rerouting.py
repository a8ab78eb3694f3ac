"""Facts of a case that goes to another unit. Versioned as all facts."""

from __future__ import annotations

import dataclasses

from marshmallow import Schema, fields, validate

from shared.contracts.fact import Contract

_name = validate.Length(min=1, max=80)


class _ReroutedSchema(Schema):
    desk = fields.String(required=True, validate=_name)
    is_override = fields.Boolean(required=True)


@dataclasses.dataclass(frozen=True)
class CaseRerouted(Contract):
    """Another unit works the case from now on; `desk` is its kind.

    `is_override`: the reporter had asked that it must not, and two people decided otherwise.
    """

    type = "case.rerouted"
    source = "triage"
    consumers = ("complaints", "notify")
    schema = _ReroutedSchema

    desk: str
    is_override: bool


class _WishedSchema(Schema):
    unit = fields.String(required=True)
    reason = fields.String(required=True)


@dataclasses.dataclass(frozen=True)
class RerouteReasoned(Contract):
    """A person sent the case to `unit`, and why (for the desk, not for the reporter)."""

    type = "case.reroute_reasoned"
    source = "triage"
    schema = _WishedSchema

    unit: str
    reason: str


@dataclasses.dataclass(frozen=True)
class OverrideAsked(Contract):
    """A person asks that `unit` get the case although the reporter excluded it, and why."""

    type = "case.override_asked"
    source = "triage"
    schema = _WishedSchema

    unit: str
    reason: str


class _EndedSchema(_WishedSchema):
    is_confirmed = fields.Boolean(required=True)


@dataclasses.dataclass(frozen=True)
class OverrideEnded(Contract):
    """Another person confirmed what was asked, or did not, and why."""

    type = "case.override_ended"
    source = "triage"
    schema = _EndedSchema

    unit: str
    reason: str
    is_confirmed: bool


class _UnitSchema(Schema):
    unit = fields.String(required=True)


@dataclasses.dataclass(frozen=True)
class CaseRewrapped(Contract):
    """Oversight has let `unit` at what was sealed to the unit before it."""

    type = "case.rewrapped"
    source = "triage"
    schema = _UnitSchema

    unit: str


class _PreparedSchema(_UnitSchema):
    epoch = fields.Integer(required=True, strict=True)
    headers = fields.Integer(required=True, strict=True)


@dataclasses.dataclass(frozen=True)
class HandoverPrepared(Contract):
    """An investigator prepared `headers` headers by which `unit` could read, at its key `epoch`."""

    type = "case.handover_prepared"
    source = "triage"
    schema = _PreparedSchema

    unit: str
    epoch: int
    headers: int


class _DroppedSchema(_UnitSchema):
    why = fields.String(required=True)


@dataclasses.dataclass(frozen=True)
class HandoverDropped(Contract):
    """What was prepared for `unit` was dropped unused; `why` as domain/handover.py names it."""

    type = "case.handover_dropped"
    source = "triage"
    schema = _DroppedSchema

    unit: str
    why: str


class _HandedSchema(_UnitSchema):
    headers = fields.Integer(required=True, strict=True)


@dataclasses.dataclass(frozen=True)
class CaseHandedOver(Contract):
    """The case went to `unit` with the headers prepared for it, so that it reads at once."""

    type = "case.handed_over"
    source = "triage"
    schema = _HandedSchema

    unit: str
    headers: int


@dataclasses.dataclass(frozen=True)
class OversightAsked(Contract):
    """`unit` cannot open every file of its case: oversight is asked to re-wrap them again."""

    type = "case.oversight_asked"
    source = "triage"
    schema = _UnitSchema

    unit: str


REROUTING: tuple[type[Contract], ...] = (CaseRerouted,)
REROUTING_PRIVATE: tuple[type[Contract], ...] = (
    RerouteReasoned,
    OverrideAsked,
    OverrideEnded,
    CaseRewrapped,
    HandoverPrepared,
    HandoverDropped,
    CaseHandedOver,
    OversightAsked,
)
