"""Region codes, paths and zones."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.rulebook import load
from shared.rulebook.regions import NATIONAL, UnknownRegion, contains, cut, level_of

REGIONS = load().regions


def test_the_country_is_complete() -> None:
    assert Counter(region.level for region in REGIONS.by_code.values()) == {
        "province": 38,
        "regency": 514,
        "district": 7285,
    }


def test_a_district_shows_its_full_path() -> None:
    assert REGIONS.region("32.03.03").path == "Cibeber, Kabupaten Cianjur, Jawa Barat"


@pytest.mark.parametrize(
    ("code", "zone"),
    [
        ("32.73", "WIB"),
        ("61.71", "WIB"),
        ("62.71", "WIB"),
        ("53.01", "WITA"),
        ("63.71", "WITA"),
        ("64.72", "WITA"),
        ("71.71", "WITA"),
        ("82.71", "WIT"),
        ("91.71.01", "WIT"),
        ("96", "WIT"),
    ],
)
def test_each_region_lives_in_its_zone(code: str, zone: str) -> None:
    assert REGIONS.zone(code) == zone


def test_children_lead_from_the_country_to_the_district() -> None:
    assert len(REGIONS.provinces()) == 38
    assert "32.73" in [region.code for region in REGIONS.children("32")]
    assert REGIONS.children("32.73.01") == ()


@pytest.mark.parametrize(
    "code", ["", "3273", "32.7", "32.73.", "32.73.01.1001", "99", "ID", " 32", "32.73\n", "٣٢", "0"]
)
def test_a_malformed_or_unknown_code_is_refused_by_name(code: str) -> None:
    with pytest.raises(UnknownRegion) as refused:
        REGIONS.region(code, "office_region")

    assert refused.value.field == "office_region"


def test_search_finds_a_city_before_its_districts() -> None:
    assert REGIONS.search(" Kota Bandung")[0].code == "32.73"
    assert REGIONS.search("kabupaten bandung")[0].code == "32.04"
    assert REGIONS.search("  ") == ()


@given(st.sampled_from(sorted(REGIONS.by_code)), st.integers(0, 3))
def test_a_region_lies_in_everything_it_is_cut_to(code: str, level: int) -> None:
    outer = cut(code, level)

    assert contains(outer, code)
    assert level_of(outer) == min(level, level_of(code))
    assert outer == NATIONAL or outer in REGIONS.by_code


def test_a_code_does_not_contain_its_namesake() -> None:
    assert not contains("32.7", "32.73")
    assert not contains("32.73", "32")
