"""What becomes of the desk's promises. Versioned as all facts."""

from __future__ import annotations

import dataclasses
from datetime import date

from marshmallow import Schema, fields, validate

from shared.contracts.fact import Contract

_name = validate.Length(min=1, max=80)


def _text() -> fields.String:
    return fields.String(required=True, validate=_name)


class _WarnedSchema(Schema):
    clock = _text()
    used = fields.String(required=True, validate=validate.OneOf(("half", "most")))


@dataclasses.dataclass(frozen=True)
class ClockWarned(Contract):
    """Half, or most (four fifths), of a clock's working time is used up."""

    type = "clock.warned"
    source = "triage"
    schema = _WarnedSchema

    clock: str
    used: str


class _MissedSchema(Schema):
    clock = _text()
    due_on = fields.Date(required=True)


@dataclasses.dataclass(frozen=True)
class ClockMissed(Contract):
    """A clock ran out that the reporter was not promised; `due_on` is its local date."""

    type = "clock.missed"
    source = "triage"
    schema = _MissedSchema

    clock: str
    due_on: date


@dataclasses.dataclass(frozen=True)
class ReporterReminded(Contract):
    """We wait for the reporter, and half or most of the time for it is used up."""

    type = "reporter.reminded"
    source = "triage"
    consumers = ("notify",)
    schema = _WarnedSchema

    clock: str
    used: str


NEW_CASE = "new"
CALLS = (
    NEW_CASE,
    "half",
    "most",
    "breach",
    "unopened",
    "away",
    "superior",
    "oversight",
    "reminder",
    "offered",
    "excused",
)


class _CalledSchema(Schema):
    number = _text()
    why = fields.String(required=True, validate=validate.OneOf(CALLS))
    unit = fields.String(required=True, validate=validate.Length(max=80))
    people = fields.List(_text(), required=True)


@dataclasses.dataclass(frozen=True)
class DeskCalled(Contract):
    """People of the desk are to look at case `number`; all who are named may know of it.

    `unit` is the unit whose own address may be used, "" where somebody there must not know.
    """

    type = "desk.called"
    source = "triage"
    consumers = ("notify",)
    schema = _CalledSchema

    number: str
    why: str
    unit: str
    people: list[str]


class _EscalatedSchema(Schema):
    clock = _text()
    level = fields.String(
        required=True, validate=validate.OneOf(("officer", "away", "superior", "oversight"))
    )
    unit = _text()
    to = fields.String(required=True, validate=validate.Length(max=80))


@dataclasses.dataclass(frozen=True)
class CaseEscalated(Contract):
    """A late case climbed to the supervisors of `unit`, or to the officer `to` of its own unit.

    `away`: every supervisor of the case's own unit is excluded from it.
    """

    type = "case.escalated"
    source = "triage"
    schema = _EscalatedSchema

    clock: str
    level: str
    unit: str
    to: str


class _LineSchema(Schema):
    unit = _text()


@dataclasses.dataclass(frozen=True)
class EscalationEnded(Contract):
    """The case went to a unit that `unit` is not above: its supervisors see it no more."""

    type = "case.escalation_ended"
    source = "triage"
    schema = _LineSchema

    unit: str


class _RecomputedSchema(Schema):
    clock = _text()
    was_on = fields.Date(required=True)
    new_on = fields.Date(required=True)


@dataclasses.dataclass(frozen=True)
class ClockRecomputed(Contract):
    """The calendar of working days changed, and with it the local date of a promise."""

    type = "clock.recomputed"
    source = "triage"
    consumers = ("complaints", "notify")
    schema = _RecomputedSchema

    clock: str
    was_on: date
    new_on: date


class _AdjustedSchema(_RecomputedSchema):
    reason = fields.String(required=True, validate=validate.Length(min=1, max=500))


@dataclasses.dataclass(frozen=True)
class ClockAdjusted(Contract):
    """As clock.recomputed, for every clock, with the operator's reason."""

    type = "clock.adjusted"
    source = "triage"
    schema = _AdjustedSchema

    clock: str
    was_on: date
    new_on: date
    reason: str


class _ExcusedSchema(Schema):
    clock = _text()
    round = fields.Integer(required=True, strict=True, validate=validate.Range(min=0))
    reason = fields.String(required=True, validate=validate.Length(min=1, max=2000))


@dataclasses.dataclass(frozen=True)
class BreachExcused(Contract):
    """Another person than the holder excused a breach; it stays counted."""

    type = "breach.excused"
    source = "triage"
    schema = _ExcusedSchema

    clock: str
    round: int
    reason: str


class _RemindedSchema(Schema):
    holder = _text()


@dataclasses.dataclass(frozen=True)
class HolderReminded(Contract):
    """A supervisor reminded whoever holds the case."""

    type = "holder.reminded"
    source = "triage"
    schema = _RemindedSchema

    holder: str


PROMISES_PUBLIC: tuple[type[Contract], ...] = (ReporterReminded, DeskCalled, ClockRecomputed)
PROMISES_PRIVATE: tuple[type[Contract], ...] = (
    ClockWarned,
    ClockMissed,
    CaseEscalated,
    EscalationEnded,
    ClockAdjusted,
    BreachExcused,
    HolderReminded,
)
