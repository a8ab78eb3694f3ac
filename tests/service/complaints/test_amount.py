"""Sums as people write them."""

import pytest

from services.complaints.domain.amount import MalformedAmount, parse_amount


@pytest.mark.parametrize(
    ("written", "rupiah"),
    [
        ("250.000", 250_000),
        ("250,000", 250_000),
        ("250000", 250_000),
        ("250 rb", 250_000),
        ("250ribu", 250_000),
        ("1,5 juta", 1_500_000),
        ("1.5jt", 1_500_000),
        ("2 juta rupiah", 2_000_000),
        ("Rp 250.000,-", 250_000),
        ("Rp1.250.000,00", 1_250_000),
        ("0", 0),
        ("  ", None),
    ],
)
def test_a_sum_is_read_as_people_write_it(written: str, rupiah: int | None) -> None:
    assert parse_amount(written) == rupiah


@pytest.mark.parametrize(
    "written",
    ["banyak", "-5", "1e9", "1.5", "1.2.3", "250.00.0", "juta", "١٢", "9" * 5000, "2000 miliar"],
)
def test_what_is_not_a_sum_is_refused_with_its_field(written: str) -> None:
    with pytest.raises(MalformedAmount) as refused:
        parse_amount(written, "paid")

    assert refused.value.field == "paid"
