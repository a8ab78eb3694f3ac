"""The demonstration's complaints get the urgency and the unit they should."""

import pytest

from services.triage.domain.urgency import assess
from shared.rulebook import Office, route
from tests.unit.triage_domain.demo import RULEBOOK, Demo, demos, entries

DEMOS = demos()
UNITS = {
    "D01": "inspektorat-cianjur",
    "D02": "propam-polda-jatim",
    "D03": "inspektorat-kota-palembang",
    "D04": "inspektorat-banyumas",
    "D05": "itjen-kemenhub",
    "D07": "inspektorat-lombok-tengah",
    "D08": "inspektorat-kota-pontianak",
    "D10": "inspektorat-ntt",
    "X01": "itjen-imipas",
    "X02": "inspektorat-kota-manado",
}
SCORES = {"D01": 29, "D02": 24, "D03": 66, "D04": 57, "D05": 50, "D07": 58, "D08": 57, "D10": 69}


@pytest.mark.parametrize("demo", [d for d in DEMOS if d.expected], ids=lambda demo: demo.id)
def test_each_gets_the_expected_priority(demo: Demo) -> None:
    found = assess(RULEBOOK, demo.disclosed, at=demo.at, reports_90d=demo.reports_90d)

    assert found.priority == demo.expected
    assert found.score == SCORES[demo.id]


@pytest.mark.parametrize("demo", [d for d in DEMOS if d.id in UNITS], ids=lambda demo: demo.id)
def test_each_goes_to_its_unit(demo: Demo) -> None:
    accused = Office(demo.disclosed.office_kind, demo.disclosed.office_region)

    found = route(RULEBOOK, accused, demo.disclosed.exclude)

    assert found.unit == UNITS[demo.id]


def test_every_one_is_marked_as_invented() -> None:
    assert all(entry["fiktif"] and entry["text"].startswith("FIKTIF") for entry in entries())


def test_ids_are_unique_and_duplicates_point_at_one() -> None:
    ids = [entry["id"] for entry in entries()]

    assert len(set(ids)) == len(ids)
    assert {entry["duplicate_of"] for entry in entries() if "duplicate_of" in entry} <= set(ids)
