"""A promise as facts carry it: which clock runs and by which local date."""

from __future__ import annotations

import dataclasses
from datetime import date
from typing import Any

from marshmallow import Schema, fields, post_load, validate

_name = validate.Length(min=1, max=80)


class _PromiseSchema(Schema):
    clock = fields.String(required=True, validate=_name)
    due_on = fields.Date(required=True)

    @post_load
    def _make(self, values: dict[str, object], **_: object) -> Promise:
        return Promise(**values)  # type: ignore[arg-type]


@dataclasses.dataclass(frozen=True)
class Promise:
    """A clock that runs and the local date by which it is promised."""

    clock: str
    due_on: date


def promises_field() -> fields.List[Any]:
    """Every clock that runs and was promised."""
    return fields.List(fields.Nested(_PromiseSchema), required=True)
