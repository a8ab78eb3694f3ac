"""A form's words become the same facts, body and address here and in the phone (form.json)."""

from __future__ import annotations

from typing import Any

import pytest

from services.complaints.domain.reading import Faults, read_story
from services.complaints.domain.typed import Typed
from shared.rulebook import Rulebook, dump_disclosed, load, round2
from tests.unit.crypto.vectors import load as vectors
from tests.unit.crypto.vectors import why

FORM = vectors("form")


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return load()


def written(typed: dict[str, list[Any]]) -> Typed:
    """A long text stands as [letter, times]."""
    texts = {
        name: tuple(one if isinstance(one, str) else one[0] * one[1] for one in said)
        for name, said in typed.items()
    }
    return Typed({name: said[0] for name, said in texts.items()}, texts)


def test_sums_are_disclosed_to_two_significant_digits() -> None:
    assert [[amount, round2(amount)] for amount, _ in FORM["round2"]] == FORM["round2"]


@pytest.mark.parametrize("case", FORM["read"], ids=why)
def test_a_form_is_read(rulebook: Rulebook, case: dict[str, Any]) -> None:
    story = read_story(rulebook, written(case["typed"]))

    assert dump_disclosed(story.disclosed) == case["disclosed"]
    assert dict(story.body) == case["body"]
    assert story.address == case["address"]
    assert story.name == case.get("name", "")


@pytest.mark.parametrize("case", FORM["refused"], ids=why)
def test_a_form_is_refused(rulebook: Rulebook, case: dict[str, Any]) -> None:
    with pytest.raises(Faults) as met:
        read_story(rulebook, written(case["typed"]))

    found = sorted([refusal.code, refusal.field] for refusal in met.value.refusals)
    assert found == case["faults"]
