"""Facts of cases that are worked together: each keeps its own mailbox. Versioned as all facts."""

from __future__ import annotations

import dataclasses

from marshmallow import Schema, fields, validate

from shared.contracts.fact import Contract
from shared.contracts.promise import Promise, promises_field


class _MainMovedSchema(Schema):
    state = fields.String(required=True, validate=validate.Length(min=1, max=80))
    promises = promises_field()


@dataclasses.dataclass(frozen=True)
class MainCaseMoved(Contract):
    """What the case that this one is worked with has come to, and the dates promised there.

    Nothing of the other case stands in it: no number, no reporter, no unit.
    """

    type = "case.main_moved"
    source = "triage"
    consumers = ("complaints", "notify")
    schema = _MainMovedSchema

    state: str
    promises: list[Promise]


class _MergedSchema(Schema):
    main = fields.String(required=True)
    reason = fields.String(required=True)


@dataclasses.dataclass(frozen=True)
class CaseMerged(Contract):
    """A person put this case to another, `main` (its complaint's id), for a reason."""

    type = "case.merged"
    source = "triage"
    schema = _MergedSchema

    main: str
    reason: str


@dataclasses.dataclass(frozen=True)
class MergeUndone(Contract):
    """A person parted this case from `main` again, for a reason."""

    type = "case.merge_undone"
    source = "triage"
    schema = _MergedSchema

    main: str
    reason: str


MERGING: tuple[type[Contract], ...] = (MainCaseMoved,)
MERGING_PRIVATE: tuple[type[Contract], ...] = (CaseMerged, MergeUndone)
