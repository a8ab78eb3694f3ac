"""Every fact has one publisher and, if it leaves the house, somebody who acts on it."""

from __future__ import annotations

import ast

import pytest

from shared.contracts.fact import Contract
from shared.contracts.facts import PUBLIC, CommitmentsSent
from shared.contracts.private import PRIVATE
from tests.architecture.conftest import NAMES, sources


def _recorded(root: str) -> set[str]:
    """Names of the classes handed to `….record(…)` or made anywhere under `root`."""
    return {
        node.func.id
        for _path, tree in sources(root)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }


MADE = {name: _recorded(f"services/{name}") for name in NAMES}


# The relay of every service tells CommitmentsSent.
@pytest.mark.parametrize(
    "contract", sorted({*PUBLIC, *PRIVATE} - {CommitmentsSent}, key=str), ids=lambda c: c.__name__
)
def test_a_fact_is_told_by_its_one_source(contract: type[Contract]) -> None:
    tellers = {name for name, made in MADE.items() if contract.__name__ in made}

    assert tellers == {contract.source}


@pytest.mark.parametrize("contract", PUBLIC, ids=lambda c: c.__name__)
def test_a_fact_that_leaves_the_house_is_acted_on(contract: type[Contract]) -> None:
    assert contract.consumers
    assert set(contract.consumers) <= set(NAMES) - {contract.source}


def test_no_two_contracts_share_a_name() -> None:
    names = [(contract.type, contract.version) for contract in (*PUBLIC, *PRIVATE)]

    assert len(names) == len(set(names))
