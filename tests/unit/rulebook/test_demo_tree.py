"""The demonstration's tree is wide enough to show what routing is for."""

from __future__ import annotations

import pytest

from shared.rulebook import Office, load, route
from shared.rulebook.soundness import check

RULEBOOK = load()
REGENCIES = {unit.region for unit in RULEBOOK.units if unit.level == 2}


def test_it_reaches_eight_regencies_in_four_provinces_and_three_time_zones() -> None:
    assert len(REGENCIES) >= 8
    assert len({region.split(".")[0] for region in REGENCIES}) >= 4
    assert {RULEBOOK.regions.zone(region) for region in REGENCIES} == {"WIB", "WITA", "WIT"}


@pytest.mark.parametrize(
    ("office", "kinds"),
    [
        ("polres", {"propam"}),
        ("kejaksaan_negeri", {"jamwas"}),
        ("pengadilan_negeri", {"bawas"}),
    ],
)
@pytest.mark.parametrize("region", sorted(REGENCIES))
def test_police_prosecutors_and_courts_are_judged_by_their_own_line(
    region: str, office: str, kinds: set[str]
) -> None:
    found = route(RULEBOOK, Office(office, region))

    assert found.kind in kinds
    assert not found.bump


def test_it_is_sound() -> None:
    assert check(RULEBOOK) == []
