"""Facts about changing the rules: who asked, who decided, and what nobody approved."""

from __future__ import annotations

import dataclasses

from marshmallow import Schema, fields

from shared.contracts.fact import Contract


class _UnapprovedSchema(Schema):
    rules = fields.String(required=True)
    reason = fields.String(required=True)


class _ProposedSchema(Schema):
    number = fields.Integer(required=True, strict=True)
    rules = fields.String(required=True)
    before = fields.String(required=True)
    reason = fields.String(required=True)


class _EndedSchema(Schema):
    number = fields.Integer(required=True, strict=True)
    rules = fields.String(required=True)
    how = fields.String(required=True)
    reason = fields.String(required=True)


@dataclasses.dataclass(frozen=True)
class RulebookUnapproved(Contract):
    """The tables `rules` this desk began to live by were approved by no two administrators.

    `reason` is what the operator gave, "" when none is noted beside the tables.
    """

    type = "rulebook.unapproved"
    source = "triage"
    schema = _UnapprovedSchema

    rules: str
    reason: str


@dataclasses.dataclass(frozen=True)
class RulebookProposed(Contract):
    """An administrator asks that `rules` follow on `before` (64 hex digits each)."""

    type = "rulebook.proposed"
    source = "triage"
    schema = _ProposedSchema

    number: int
    rules: str
    before: str
    reason: str


@dataclasses.dataclass(frozen=True)
class ProposalEnded(Contract):
    """Proposal `number` is `how`: approved or refused by another administrator, withdrawn by its
    own, or expired because nobody decided in time."""

    type = "rulebook.proposal_ended"
    source = "triage"
    schema = _EndedSchema

    number: int
    rules: str
    how: str
    reason: str


PROPOSING_PRIVATE: tuple[type[Contract], ...] = (
    RulebookUnapproved,
    RulebookProposed,
    ProposalEnded,
)
