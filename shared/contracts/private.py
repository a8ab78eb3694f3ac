"""The facts that stay in their house: who opened what; only their commitments leave."""

from __future__ import annotations

import dataclasses

from marshmallow import Schema, fields

from shared.contracts.audit import AUDIT_PRIVATE
from shared.contracts.casework import CASEWORK
from shared.contracts.duty import DUTY_PRIVATE
from shared.contracts.fact import Contract
from shared.contracts.merging import MERGING_PRIVATE
from shared.contracts.names import NAMES_PRIVATE
from shared.contracts.promises import PROMISES_PRIVATE
from shared.contracts.proposing import PROPOSING_PRIVATE
from shared.contracts.rejecting import REJECTING_PRIVATE
from shared.contracts.rerouting import REROUTING_PRIVATE
from shared.contracts.rules import RULES_PRIVATE
from shared.contracts.staff import STAFF


class _EmptySchema(Schema):
    pass


class _WhatSchema(Schema):
    what = fields.String(required=True)


class _MoveSchema(Schema):
    from_state = fields.String(required=True)
    to_state = fields.String(required=True)
    reason = fields.String(required=True)


class _SizeSchema(Schema):
    size = fields.Integer(required=True, strict=True)


class _CandidatesSchema(Schema):
    considered = fields.List(fields.Dict(keys=fields.String(), values=fields.String()))


@dataclasses.dataclass(frozen=True)
class CaseRead(Contract):
    """A person fetched sealed bytes of a case; `what` is `story`, `letter <n>` or `evidence`."""

    type = "case.read"
    source = "triage"
    schema = _WhatSchema

    what: str


@dataclasses.dataclass(frozen=True)
class CandidatesConsidered(Contract):
    """Every unit the route considered: {unit, verdict, reason} each."""

    type = "case.candidates_considered"
    source = "triage"
    schema = _CandidatesSchema

    considered: list[dict[str, str]]


@dataclasses.dataclass(frozen=True)
class CaseFlaggedWave(Contract):
    """The case is one of `size` near-identical reports within an hour; they count once."""

    type = "case.flagged_wave"
    source = "triage"
    schema = _SizeSchema

    size: int


@dataclasses.dataclass(frozen=True)
class MoveReasoned(Contract):
    """Why a person moved the case (the reason is for the desk, not for the reporter)."""

    type = "case.move_reasoned"
    source = "triage"
    schema = _MoveSchema

    from_state: str
    to_state: str
    reason: str


@dataclasses.dataclass(frozen=True)
class PersonSignedIn(Contract):
    """A person of the desk signed in."""

    type = "person.signed_in"
    source = "triage"
    schema = _EmptySchema


@dataclasses.dataclass(frozen=True)
class PersonRefused(Contract):
    """A sign-in of a known person failed."""

    type = "person.refused"
    source = "triage"
    schema = _EmptySchema


@dataclasses.dataclass(frozen=True)
class PersonSignedOut(Contract):
    """A person of the desk signed out."""

    type = "person.signed_out"
    source = "triage"
    schema = _EmptySchema


@dataclasses.dataclass(frozen=True)
class PersonEnrolled(Contract):
    """A person got an account at the desk; `what` is the unit and the role."""

    type = "person.enrolled"
    source = "triage"
    schema = _WhatSchema

    what: str


@dataclasses.dataclass(frozen=True)
class NoticeSent(Contract):
    """A notice without content left the house; `what` is its kind."""

    type = "notice.sent"
    source = "notify"
    schema = _WhatSchema

    what: str


@dataclasses.dataclass(frozen=True)
class NoticesStopped(Contract):
    """The reader of notices followed the stop link."""

    type = "notices.stopped"
    source = "notify"
    schema = _EmptySchema


@dataclasses.dataclass(frozen=True)
class NoticesResumed(Contract):
    """The reader of notices took the stop back."""

    type = "notices.resumed"
    source = "notify"
    schema = _EmptySchema


PRIVATE: tuple[type[Contract], ...] = (
    CaseRead,
    CandidatesConsidered,
    CaseFlaggedWave,
    MoveReasoned,
    PersonSignedIn,
    PersonRefused,
    PersonSignedOut,
    PersonEnrolled,
    NoticeSent,
    NoticesStopped,
    NoticesResumed,
    *PROMISES_PRIVATE,
    *MERGING_PRIVATE,
    *REJECTING_PRIVATE,
    *REROUTING_PRIVATE,
    *PROPOSING_PRIVATE,
    *NAMES_PRIVATE,
    *RULES_PRIVATE,
    *STAFF,
    *CASEWORK,
    *AUDIT_PRIVATE,
    *DUTY_PRIVATE,
)
