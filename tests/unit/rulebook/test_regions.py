"""Region codes, paths and zones."""

import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from shared.rulebook import load
from shared.rulebook.region_search import KINDS, fold
from shared.rulebook.regions import NATIONAL, UnknownRegion, contains, cut, level_of
from tests.unit.crypto.vectors import load as vectors

REGIONS = load().regions
CODES = sorted(REGIONS.by_code)
VECTORS = vectors("regions")
TYPED = ["kota", "kab", "bandung", "bandugn", "jabar", "karang", "anyar", "x", "2", "xqzv", "barat"]


def bare(name: str) -> str:
    """What search takes two namesakes for."""
    words = fold(name)
    return "".join(word for word in words if word not in KINDS) or "".join(words)


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


@pytest.mark.parametrize("case", VECTORS["found"], ids=lambda case: case["typed"])
def test_search_finds_what_people_type(case: dict[str, Any]) -> None:
    found = REGIONS.search(case["typed"], 5)

    assert found[0].path == case["first"]
    assert [region.code for region in found] == case["codes"]


@pytest.mark.parametrize("typed", VECTORS["none"])
def test_what_is_no_region_finds_nothing(typed: str) -> None:
    assert REGIONS.search(typed) == ()


@given(st.sampled_from(CODES))
@settings(deadline=None, max_examples=60)
def test_a_region_s_own_name_finds_it_unless_its_namesakes_fill_the_list(code: str) -> None:
    region = REGIONS.region(code)

    found = REGIONS.search(region.name)

    assert region in found or all(bare(one.name) == bare(region.name) for one in found)


@given(st.sampled_from(CODES))
@example("35.71.02")  # Kota, Kota Kediri
@example("36.73.01")  # Serang, Kota Serang
@example("16.07.02")  # Banyuasin II beside III
@example("53.03.21")
@settings(deadline=None, max_examples=60)
def test_a_region_s_full_path_finds_it_first(code: str) -> None:
    region = REGIONS.region(code)

    assert REGIONS.search(region.path, 1) == (region,)


@given(st.one_of(st.text(max_size=200), st.lists(st.sampled_from(TYPED), max_size=6).map(" ".join)))
@example("kota kabupaten kota")
@example("bandung " * 60)
@settings(deadline=None, max_examples=60)
def test_no_text_breaks_the_search_and_its_order_is_stable(text: str) -> None:
    found = REGIONS.search(text)

    assert len(set(found)) == len(found) <= 20
    assert REGIONS.search(text, 5) == found[:5]


def test_namesakes_are_told_apart_by_their_paths() -> None:
    paths = [region.path for region in REGIONS.by_code.values()]

    assert len(set(paths)) == len(paths)


def test_the_phone_s_files_say_the_same() -> None:
    done = subprocess.run(
        [sys.executable, "scripts/region_files.py", "check"],
        cwd=Path(__file__).parents[3],
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr


@given(st.sampled_from(CODES), st.integers(0, 3))
def test_a_region_lies_in_everything_it_is_cut_to(code: str, level: int) -> None:
    outer = cut(code, level)

    assert contains(outer, code)
    assert level_of(outer) == min(level, level_of(code))
    assert outer == NATIONAL or outer in REGIONS.by_code


def test_a_code_does_not_contain_its_namesake() -> None:
    assert not contains("32.7", "32.73")
    assert not contains("32.73", "32")
