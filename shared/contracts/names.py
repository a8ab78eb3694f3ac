"""Facts of a name that is kept apart: asked for, answered, read. Versioned as all facts."""

from __future__ import annotations

import dataclasses
from datetime import date

from marshmallow import Schema, fields, validate

from shared.contracts.fact import Contract

AGREED, REFUSED, EXPIRED = "agreed", "refused", "expired"


def _code() -> fields.String:
    return fields.String(required=True, validate=validate.Length(min=1, max=80))


class _RoundSchema(Schema):
    round = fields.Integer(required=True, strict=True, validate=validate.Range(min=1))


class _WhySchema(_RoundSchema):
    purpose = _code()
    basis = _code()
    desk = _code()
    keeper = _code()


class _AskedSchema(_WhySchema):
    due_on = fields.Date(required=True)


@dataclasses.dataclass(frozen=True)
class NameAsked(Contract):
    """A unit of the kind `desk` asks a keeper for the reporter's name, for the `round`th time.

    `purpose` and `basis` are codes of the rulebook's lists, so that nothing else is told with them.
    Unanswered until `due_on` the request is over.
    """

    type = "name.asked"
    source = "triage"
    consumers = ("complaints", "notify")
    schema = _AskedSchema

    round: int
    purpose: str
    basis: str
    desk: str
    keeper: str
    due_on: date


class _AnsweredSchema(_WhySchema):
    answer = fields.String(required=True, validate=validate.OneOf([AGREED, REFUSED, EXPIRED]))
    until = fields.Date(required=True, allow_none=True)


@dataclasses.dataclass(frozen=True)
class NameAnswered(Contract):
    """What became of the request; an opened name can be read until `until`."""

    type = "name.answered"
    source = "triage"
    consumers = ("complaints", "notify")
    schema = _AnsweredSchema

    round: int
    purpose: str
    basis: str
    desk: str
    keeper: str
    answer: str
    until: date | None


class _ReasonedSchema(_RoundSchema):
    reason = fields.String(required=True)


@dataclasses.dataclass(frozen=True)
class NameReasoned(Contract):
    """Why the name is asked for, or not opened, in a person's own words (for the desks alone)."""

    type = "name.reasoned"
    source = "triage"
    schema = _ReasonedSchema

    round: int
    reason: str


class _ReadSchema(_RoundSchema):
    what = fields.String(required=True, validate=validate.OneOf(["sealed", "opened"]))


@dataclasses.dataclass(frozen=True)
class NameRead(Contract):
    """The name was handed out: as it is sealed to its keeper, or opened to who asked for it."""

    type = "name.read"
    source = "triage"
    schema = _ReadSchema

    round: int
    what: str


@dataclasses.dataclass(frozen=True)
class NamePutAway(Contract):
    """The time to read it is over: the opened name is deleted, the sealed one stays."""

    type = "name.put_away"
    source = "triage"
    schema = _RoundSchema

    round: int


NAMES: tuple[type[Contract], ...] = (NameAsked, NameAnswered)
NAMES_PRIVATE: tuple[type[Contract], ...] = (NameReasoned, NameRead, NamePutAway)
