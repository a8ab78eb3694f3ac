"""Quick fields take and refuse exactly what marshmallow's own take and refuse, in its words."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from marshmallow import Schema, ValidationError, fields, validate

from shared.runtime import quick

Fields = dict[str, fields.Field[Any]]
WORDS = ["id", "en"]


def pair(name: str) -> tuple[Schema, Schema]:
    """A schema of one quick field and its slow twin."""
    amount: dict[str, Any] = {"allow_none": True, "load_default": None, "strict": True}
    twins: dict[str, tuple[Any, Any]] = {
        "word": (
            quick.Word(1, 5, required=True),
            fields.String(required=True, validate=validate.Length(1, 5)),
        ),
        "word left out": (
            quick.Word(1, 5, load_default="unknown"),
            fields.String(load_default="unknown", validate=validate.Length(1, 5)),
        ),
        "one of": (
            quick.OneOf(WORDS, required=True),
            fields.String(required=True, validate=validate.OneOf(WORDS)),
        ),
        "count": (
            quick.Count(1, 9, required=True),
            fields.Integer(required=True, strict=True, validate=validate.Range(1, 9)),
        ),
        "amount": (quick.Integer(**amount), fields.Integer(**amount)),
        "instant": (quick.Instant(allow_none=True), fields.AwareDateTime(allow_none=True)),
        "day": (quick.Day(load_default=None), fields.Date(load_default=None)),
        "many": (
            quick.Many(quick.Word(1, 5), load_default=list),
            fields.List(fields.String(validate=validate.Length(1, 5)), load_default=list),
        ),
    }
    own, slow = twins[name]
    return Schema.from_dict({"x": own})(), Schema.from_dict({"x": slow})()


def read(schema: Schema, content: Any) -> Any:
    try:
        return schema.load(content)
    except ValidationError as refused:
        return refused.messages


plain = (
    st.none()
    | st.booleans()
    | st.integers(-3, 12)
    | st.floats(allow_nan=False)
    | st.text(max_size=7)
    | st.sampled_from([*WORDS, "5", "2026-11-22", "2026-11-22T05:00:00+07:00", b"id"])
)
values = plain | st.lists(plain, max_size=3) | st.dictionaries(st.text(max_size=2), plain)
contents = st.just({}) | values.map(lambda value: {"x": value})


@pytest.mark.parametrize(
    "name", ["word", "word left out", "one of", "count", "amount", "instant", "day", "many"]
)
@given(content=contents)
def test_a_quick_field_reads_and_refuses_as_marshmallows_own(name: str, content: Any) -> None:
    own, slow = pair(name)

    found, wanted = read(own, content), read(slow, content)

    assert found == wanted
    assert repr(found) == repr(wanted), "1 is no True"
