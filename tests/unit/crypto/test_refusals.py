"""Every refusal of shared.crypto has a code of its own and a sentence."""

from __future__ import annotations

from shared.crypto import errors
from shared.runtime.errors import Refusal

REFUSALS = [
    one
    for one in vars(errors).values()
    if isinstance(one, type) and issubclass(one, Refusal) and one.__module__ == errors.__name__
]


def test_codes_differ() -> None:
    assert len({refusal.code for refusal in REFUSALS}) == len(REFUSALS)


def test_each_has_a_sentence_that_says_what_to_do() -> None:
    for refusal in REFUSALS:
        assert refusal.__doc__ is not None, refusal
        assert refusal().sentence.count(".") >= 2, refusal
