"""What auditors do at the desk: their reading is a fact too, and stays in the house."""

from __future__ import annotations

import dataclasses

from marshmallow import Schema, fields, validate

from shared.contracts.fact import Contract


class _TrailSchema(Schema):
    what = fields.String(required=True, validate=validate.Length(min=1, max=200))


@dataclasses.dataclass(frozen=True)
class TrailRead(Contract):
    """An auditor read the trail of facts; `what` is `list`, `file` or `case`, then what was asked.

    No case number stands in `what`: the fact of a search for one case has that case as its
    subject, so that it is as invisible as the case to an auditor who is excluded from it.
    """

    type = "trail.read"
    source = "triage"
    schema = _TrailSchema

    what: str


AUDIT_PRIVATE: tuple[type[Contract], ...] = (TrailRead,)
