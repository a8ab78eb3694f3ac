"""Canonical JSON, quick or not, is what RFC 8785 says."""

from __future__ import annotations

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from shared.runtime.canonical import canonical

_LEAVES = (
    st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"]))
)
_VALUES = st.recursive(
    _LEAVES,
    lambda below: (
        st.lists(below)
        | st.lists(below).map(tuple)
        | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), below)
        | st.dictionaries(st.text(st.characters(max_codepoint=127)), below)
    ),
)


@given(_VALUES)
def test_every_value_is_spelled_as_the_reference_spells_it(value: object) -> None:
    assert canonical(value) == rfc8785.dumps(value)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "value",
    [2**53, -(2**53), float("nan"), float("inf"), {1: "a"}, {"a": b"b"}, "\ud800", {"\ud800": 1}],
    ids=repr,
)
def test_what_has_no_canonical_form_is_refused(value: object) -> None:
    with pytest.raises(ValueError):
        canonical(value)
