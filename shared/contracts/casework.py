"""What people of the desk do with a case beside moving it; all of it stays in the house."""

from __future__ import annotations

import dataclasses

from marshmallow import Schema, fields, validate

from shared.contracts.fact import Contract


class _PrioritySchema(Schema):
    from_priority = fields.String(required=True)
    to_priority = fields.String(required=True)
    reason = fields.String(required=True)


@dataclasses.dataclass(frozen=True)
class PriorityChanged(Contract):
    """A person set another priority than the one that stood, and why."""

    type = "case.priority_changed"
    source = "triage"
    schema = _PrioritySchema

    from_priority: str
    to_priority: str
    reason: str


def _seq() -> fields.Integer:
    return fields.Integer(required=True, strict=True, validate=validate.Range(1))


class _TaskSchema(Schema):
    seq = _seq()
    kind = fields.String(required=True)


@dataclasses.dataclass(frozen=True)
class TaskAdded(Contract):
    """The `seq`th task of a case; `kind` is its code, "" where somebody wrote a title of its own.

    A title that somebody wrote is not part of the fact: facts outlive what can be erased.
    """

    type = "task.added"
    source = "triage"
    schema = _TaskSchema

    seq: int
    kind: str


class _TurnedSchema(Schema):
    seq = _seq()
    is_done = fields.Boolean(required=True)


@dataclasses.dataclass(frozen=True)
class TaskTurned(Contract):
    """A task was done, or is to be done after all."""

    type = "task.turned"
    source = "triage"
    schema = _TurnedSchema

    seq: int
    is_done: bool


class _NoteSchema(Schema):
    seq = _seq()
    sha256 = fields.String(required=True)


@dataclasses.dataclass(frozen=True)
class NoteWritten(Contract):
    """The `seq`th sealed note of the unit on a case; `sha256` of its sealed bytes."""

    type = "note.written"
    source = "triage"
    schema = _NoteSchema

    seq: int
    sha256: str


CASEWORK: tuple[type[Contract], ...] = (PriorityChanged, TaskAdded, TaskTurned, NoteWritten)
