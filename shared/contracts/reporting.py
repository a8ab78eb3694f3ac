"""What a reporter decides from the mailbox, and what the desk answers. Versioned as all facts."""

from __future__ import annotations

import dataclasses
from typing import Any

from marshmallow import Schema, fields, validate

from shared.contracts.fact import Contract


def _count(least: int = 1, most: int | None = None) -> fields.Integer:
    return fields.Integer(required=True, strict=True, validate=validate.Range(least, most))


class _RoundSchema(Schema):
    round = _count()


@dataclasses.dataclass(frozen=True)
class WithdrawalAsked(Contract):
    """The reporter asks to withdraw, for the `round`th time; nothing ends before a supervisor says.

    `disclosed` opens to {"v": 1, "pressed": "yes", "no" or "unsaid"} for triage's service key.
    """

    type = "withdrawal.asked"
    source = "complaints"
    consumers = ("triage",)
    part_names = ("disclosed",)
    schema = _RoundSchema

    round: int


@dataclasses.dataclass(frozen=True)
class WithdrawalTakenBack(Contract):
    """The reporter goes on after all, before a supervisor has decided."""

    type = "withdrawal.taken_back"
    source = "complaints"
    consumers = ("triage",)
    schema = _RoundSchema

    round: int


class _DecidedSchema(_RoundSchema):
    is_confirmed = fields.Boolean(required=True)


@dataclasses.dataclass(frozen=True)
class WithdrawalDecided(Contract):
    """A supervisor has looked for coercion and confirmed the withdrawal, or not."""

    type = "withdrawal.decided"
    source = "triage"
    consumers = ("complaints", "notify")
    schema = _DecidedSchema

    round: int
    is_confirmed: bool


class _RatedSchema(Schema):
    round = _count(0)
    is_solved = fields.Boolean(required=True)
    stars = _count(0, 5)


@dataclasses.dataclass(frozen=True)
class ResultRated(Contract):
    """The reporter says whether it is solved; `stars` 1-5, 0 when none were given.

    `round` counts the results the reporter was told, 0 where a case ended without one.
    """

    type = "result.rated"
    source = "complaints"
    consumers = ("triage",)
    schema = _RatedSchema

    round: int
    is_solved: bool
    stars: int


class _ObjectedSchema(_RoundSchema):
    seq = _count()


@dataclasses.dataclass(frozen=True)
class ResultObjected(Contract):
    """The reporter objects to the `round`th result; letter `seq` says why."""

    type = "result.objected"
    source = "complaints"
    consumers = ("triage",)
    schema = _ObjectedSchema

    round: int
    seq: int


class _FileSchema(Schema):
    sha256 = fields.String(required=True, validate=validate.Regexp("^[0-9a-f]{64}$"))
    size = _count()


class _FilesSchema(Schema):
    seq = _count()
    files = fields.List(
        fields.Nested(_FileSchema), required=True, validate=validate.Length(min=1, max=5)
    )


@dataclasses.dataclass(frozen=True)
class EvidenceAdded(Contract):
    """The reporter's letter `seq` brings sealed files: {"sha256", "size"} of their sealed bytes."""

    type = "evidence.added"
    source = "complaints"
    consumers = ("triage",)
    schema = _FilesSchema

    seq: int
    files: list[dict[str, Any]]


REPORTING: tuple[type[Contract], ...] = (
    WithdrawalAsked,
    WithdrawalTakenBack,
    WithdrawalDecided,
    ResultRated,
    ResultObjected,
    EvidenceAdded,
)
