"""Facts about the rules a service works by. Versioned as all facts."""

from __future__ import annotations

import dataclasses

from marshmallow import Schema, fields

from shared.contracts.fact import Contract


class _AdoptedSchema(Schema):
    rules = fields.String(required=True)
    before = fields.String(required=True)
    changes = fields.List(fields.String(), required=True)


@dataclasses.dataclass(frozen=True)
class RulebookAdopted(Contract):
    """From now on this desk works by the tables `rules`, 12 hex digits over them all.

    `before` are those of until now, "" when none are on record.
    `changes` says table by table how many rows differ and names the first; nothing in it is secret.
    """

    type = "rulebook.adopted"
    source = "triage"
    schema = _AdoptedSchema

    rules: str
    before: str
    changes: list[str]


class _CalendarSchema(Schema):
    calendar = fields.String(required=True)
    before = fields.String(required=True)


@dataclasses.dataclass(frozen=True)
class CalendarChanged(Contract):
    """From now on due dates are counted by the days off `calendar`, 12 hex digits over them all;
    `before` those of until now, "" when none are on record."""

    type = "calendar.changed"
    source = "triage"
    schema = _CalendarSchema

    calendar: str
    before: str


RULES_PRIVATE: tuple[type[Contract], ...] = (RulebookAdopted, CalendarChanged)
