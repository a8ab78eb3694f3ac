"""The facts that travel between services. A released class is never edited: add a version."""

from __future__ import annotations

import dataclasses
from datetime import date

from marshmallow import Schema, fields, validate

from shared.contracts.fact import Contract
from shared.contracts.merging import MERGING
from shared.contracts.names import NAMES
from shared.contracts.promise import Promise as Promise
from shared.contracts.promise import promises_field
from shared.contracts.promises import PROMISES_PUBLIC
from shared.contracts.reach import REACH
from shared.contracts.reporting import REPORTING
from shared.contracts.rerouting import REROUTING

_name = validate.Length(min=1, max=80)


def _text(**more: object) -> fields.String:
    return fields.String(required=True, validate=_name, **more)  # type: ignore[arg-type]


def _count(least: int = 0) -> fields.Integer:
    return fields.Integer(required=True, strict=True, validate=validate.Range(min=least))


class _ComplaintSubmittedSchema(Schema):
    unit = _text()
    epoch = _count(1)
    lang = _text()


@dataclasses.dataclass(frozen=True)
class ComplaintSubmitted(Contract):
    """A citizen has filed; `envelope` for people only, `disclosed` for triage's service key."""

    type = "complaint.submitted"
    source = "complaints"
    consumers = ("triage",)
    part_names = ("disclosed", "envelope")
    schema = _ComplaintSubmittedSchema

    unit: str
    epoch: int
    lang: str


class _ContactLeftSchema(Schema):
    lang = _text()


@dataclasses.dataclass(frozen=True)
class ContactLeft(Contract):
    """The reporter left an address, sealed to notify's key."""

    type = "contact.left"
    source = "complaints"
    consumers = ("notify",)
    part_names = ("contact",)
    schema = _ContactLeftSchema

    lang: str


class _SeqSchema(Schema):
    seq = _count(1)


@dataclasses.dataclass(frozen=True)
class ReplyReceived(Contract):
    """The reporter wrote a letter; `seq` counts from 1 (the complaint itself is 0)."""

    type = "reply.received"
    source = "complaints"
    consumers = ("triage",)
    part_names = ("envelope",)
    schema = _SeqSchema

    seq: int


class _UnitKeyPublishedSchema(Schema):
    unit = _text()
    epoch = _count(1)
    recipient = fields.String(required=True, validate=validate.Length(min=10, max=4000))


@dataclasses.dataclass(frozen=True)
class UnitKeyPublished(Contract):
    """A unit's new public key; complaints are sealed to the highest epoch."""

    type = "unit_key.published"
    source = "triage"
    consumers = ("complaints",)
    schema = _UnitKeyPublishedSchema

    unit: str
    epoch: int
    recipient: str


class _CaseOpenedSchema(Schema):
    unit = _text()
    desk = _text()
    state = _text()
    promises = promises_field()


@dataclasses.dataclass(frozen=True)
class CaseOpened(Contract):
    """A complaint has become a case; `desk` is the kind of unit that has it."""

    type = "case.opened"
    source = "triage"
    consumers = ("complaints",)
    schema = _CaseOpenedSchema

    unit: str
    desk: str
    state: str
    promises: list[Promise]


class _CaseRoutedSchema(Schema):
    unit = _text()
    desk = _text()
    excluded = _count()
    reason = _text()


@dataclasses.dataclass(frozen=True)
class CaseRouted(Contract):
    """Which unit was chosen, how many were passed over because of a conflict, and why."""

    type = "case.routed"
    source = "triage"
    consumers = ("complaints",)
    schema = _CaseRoutedSchema

    unit: str
    desk: str
    excluded: int
    reason: str


class _CaseMovedSchema(Schema):
    from_state = _text()
    to_state = _text()
    promises = promises_field()


@dataclasses.dataclass(frozen=True)
class CaseMoved(Contract):
    """The case went from one state to another; `promises` are the clocks that run now."""

    type = "case.moved"
    source = "triage"
    consumers = ("complaints", "notify")
    schema = _CaseMovedSchema

    from_state: str
    to_state: str
    promises: list[Promise]


@dataclasses.dataclass(frozen=True)
class LetterWritten(Contract):
    """The desk wrote to the reporter; `seq` counts from 1."""

    type = "letter.written"
    source = "triage"
    consumers = ("complaints", "notify")
    part_names = ("envelope",)
    schema = _SeqSchema

    seq: int


class _ClockBreachedSchema(Schema):
    clock = _text()
    promised_on = fields.Date(required=True)
    new_on = fields.Date(required=True)


@dataclasses.dataclass(frozen=True)
class ClockBreached(Contract):
    """A promise was missed; `new_on` is the date now promised."""

    type = "clock.breached"
    source = "triage"
    consumers = ("complaints", "notify")
    schema = _ClockBreachedSchema

    clock: str
    promised_on: date
    new_on: date


class _CommitmentsSentSchema(Schema):
    count = _count(1)


@dataclasses.dataclass(frozen=True)
class CommitmentsSent(Contract):
    """A batch of 65-byte commitments; made by the relay, never a row of the fact table."""

    type = "commitments.sent"
    source = "*"
    consumers = ("ledger",)
    part_names = ("entries",)
    schema = _CommitmentsSentSchema

    count: int


PUBLIC: tuple[type[Contract], ...] = (
    ComplaintSubmitted,
    ContactLeft,
    ReplyReceived,
    UnitKeyPublished,
    CaseOpened,
    CaseRouted,
    CaseMoved,
    LetterWritten,
    ClockBreached,
    CommitmentsSent,
    *REPORTING,
    *PROMISES_PUBLIC,
    *MERGING,
    *REROUTING,
    *NAMES,
    *REACH,
)
