"""Facts about rejecting a case as a false report, which takes two persons."""

from __future__ import annotations

import dataclasses

from marshmallow import Schema, fields

from shared.contracts.fact import Contract


class _AskedSchema(Schema):
    round = fields.Integer(required=True, strict=True)
    reason = fields.String(required=True)


class _EndedSchema(_AskedSchema):
    is_confirmed = fields.Boolean(required=True)


@dataclasses.dataclass(frozen=True)
class FalseReportAsked(Contract):
    """A person asks, for the `round`th time, that the case be rejected as a false report."""

    type = "case.false_report_asked"
    source = "triage"
    schema = _AskedSchema

    round: int
    reason: str


@dataclasses.dataclass(frozen=True)
class FalseReportEnded(Contract):
    """Another person decided: `is_confirmed` rejects the case, else it goes on."""

    type = "case.false_report_ended"
    source = "triage"
    schema = _EndedSchema

    round: int
    reason: str
    is_confirmed: bool


REJECTING_PRIVATE: tuple[type[Contract], ...] = (FalseReportAsked, FalseReportEnded)
