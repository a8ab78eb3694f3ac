"""Sums as people write and say them; the phone reads the same vectors (tests/js/amount.test.js)."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from lokal.terbilang import terbilang

from services.complaints.domain.amount import MOST_RUPIAH, MalformedAmount, parse_amount
from tests.unit.crypto.vectors import load

VECTORS = load("amount")
SUMS = st.integers(1, 12).flatmap(lambda digits: st.integers(1, 10**digits))


@pytest.mark.parametrize("case", VECTORS["read"], ids=lambda case: case["typed"])
def test_a_sum_is_read_as_people_write_it(case: dict[str, Any]) -> None:
    assert parse_amount(case["typed"]) == case["rupiah"]


@pytest.mark.parametrize(
    "case", VECTORS["refused"], ids=lambda case: f"{case['why']}: {case['typed']}"
)
def test_what_is_not_a_sum_is_refused_with_its_field(case: dict[str, Any]) -> None:
    with pytest.raises(MalformedAmount) as refused:
        parse_amount(case["typed"], "paid")

    assert refused.value.field == "paid"


@given(SUMS)
@example(11)
@example(1_000)
@example(111_111_111_111)
@example(MOST_RUPIAH)
def test_every_sum_written_out_in_words_is_read_back(rupiah: int) -> None:
    assert parse_amount(terbilang(rupiah)) == rupiah
    assert parse_amount(terbilang(rupiah, currency=True, case="title")) == rupiah


@given(SUMS, st.sampled_from(".,"), st.sampled_from(["", "Rp", "Rp ", "rp. ", "IDR "]))
def test_every_sum_printed_with_separators_is_read_back(
    rupiah: int, separator: str, currency: str
) -> None:
    grouped = f"{rupiah:,}".replace(",", separator)
    cents = ",00" if separator == "." else ".00"

    for printed in (grouped, f"{grouped},-", f"{grouped}{cents}", f" {grouped} rupiah"):
        assert parse_amount(currency + printed) == rupiah
    assert parse_amount(f"{rupiah:,}".replace(",", " ")) == rupiah


@given(st.integers(1, 999), st.integers(1, 99), st.sampled_from([("rb", 3), ("jt", 6), ("M", 9)]))
def test_a_decimal_before_a_scale_is_exact(whole: int, part: int, scale: tuple[str, int]) -> None:
    word, zeros = scale

    assert parse_amount(f"{whole},{part:02d} {word}") == (whole * 100 + part) * 10 ** (zeros - 2)


WORDS = """
250.000 1,5 25 5 0 satu puluh belas ratus ribu sejuta m setengah koma nol ceban - , rp an perak
"""


@given(
    st.one_of(
        st.text(max_size=300), st.lists(st.sampled_from(WORDS.split()), max_size=9).map(" ".join)
    )
)
@example("9" * 5_000)
@example("satu " * 1_000)
@example("\u0130 juta")
def test_whatever_is_typed_is_a_sum_in_range_or_refused(text: str) -> None:
    try:
        rupiah = parse_amount(text)
    except MalformedAmount:
        return

    assert rupiah is None or 0 <= rupiah <= MOST_RUPIAH
    assert (rupiah is None) == (not text.strip())
