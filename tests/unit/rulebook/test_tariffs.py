"""Official prices: sure ones only, for the right place and day."""

from datetime import date

from shared.rulebook import load

RULEBOOK = load()
TODAY = date(2026, 11, 21)


def test_every_row_of_the_compilation_is_kept_with_its_status() -> None:
    assert len(RULEBOOK.tariffs) == 43
    assert {one.status for one in RULEBOOK.tariffs} == {"reported", "secondary", "unverified"}


def test_only_reported_rows_are_official() -> None:
    for service in RULEBOOK.services:
        prices = RULEBOOK.prices(service, region="32.73", on=TODAY)
        assert all(one.status == "reported" for one in prices)
    assert RULEBOOK.prices("bansos", region="32.73", on=TODAY) == ()


def test_a_formula_has_no_number() -> None:
    assert None in [one.official_idr for one in RULEBOOK.tariffs if one.unit == "rumus"]


def test_ptsl_costs_what_the_province_category_says() -> None:
    costs = {
        code: RULEBOOK.least_official("pertanahan_ptsl", region=code, on=TODAY)
        for code in ("33.02", "53.01", "52.02", "61.71", "18.01", "51.03", "91.71")
    }

    assert costs == {
        "33.02": 150_000,
        "53.01": 450_000,
        "52.02": 350_000,
        "61.71": 250_000,
        "18.01": 200_000,
        "51.03": 150_000,
        "91.71": 450_000,
    }


def test_a_price_does_not_hold_before_its_law() -> None:
    before = RULEBOOK.prices("imigrasi", region="31.72", on=date(2024, 12, 1))

    assert before == ()
    assert len(RULEBOOK.prices("imigrasi", region="31.72", on=TODAY)) == 5


def test_the_least_price_stands_for_an_unknown_item() -> None:
    assert RULEBOOK.least_official("sim", region="35.78", on=TODAY) == 50_000
    assert RULEBOOK.least_official("lainnya", region="35.78", on=TODAY) == 0
