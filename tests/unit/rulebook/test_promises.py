"""What is promised on the front page is what the slowest clock allows."""

from __future__ import annotations

from dataclasses import replace

import pytest

from shared.rulebook import load
from shared.rulebook.promises import slowest

CLOCKS = load().clocks


def test_the_front_page_s_promises() -> None:
    assert slowest(CLOCKS["verify"]) == (3, "wd")
    assert slowest(CLOCKS["news"]) == (14, "d")
    assert slowest(CLOCKS["final"]) == (60, "d")


@pytest.mark.parametrize(
    ("limits", "longest"),
    [
        ({"P1": "4h", "P2": "30m"}, (4, "h")),
        ({"P1": "5d", "P2": "4wd"}, (4, "wd")),
        ({"all": "10wd 12d"}, (12, "d")),
    ],
)
def test_the_longest_limit_counts_and_within_one_the_earliest(
    limits: dict[str, str], longest: tuple[int, str]
) -> None:
    assert slowest(replace(CLOCKS["verify"], limits=limits)) == longest


def test_a_malformed_limit_is_refused() -> None:
    with pytest.raises(ValueError, match="soon"):
        slowest(replace(CLOCKS["verify"], limits={"all": "soon"}))
