"""The demonstration's complaints get the urgency and the unit they should."""

from collections import Counter
from typing import Any

import pytest

from services.triage.domain.urgency import assess
from shared.rulebook import Office, round2, route
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


def test_filed_in_order_each_meets_the_reports_it_counts() -> None:
    seen: Counter[tuple[str, str, str]] = Counter()
    for demo in DEMOS:
        facts = demo.disclosed
        office = (facts.service, facts.office_kind, facts.office_region)
        seen[office] += 1
        assert demo.reports_90d == seen[office]


@pytest.mark.parametrize("entry", entries(), ids=lambda entry: str(entry["id"]))
def test_the_arguments_say_what_the_disclosed_facts_say(entry: dict[str, Any]) -> None:
    told: dict[str, Any] = {}
    for flag, value in pairs_of(entry["arguments"]):
        told.setdefault(flag.removeprefix("--"), []).append(value)
    facts = entry["disclosed"]

    for name in ("service", "region", "frequency", "victims", "coercion", "timing", "day"):
        unsaid = None if name == "day" else "unknown"
        assert told.get(name, [unsaid]) == [facts[name]]
    for name in ("vulnerable", "evidence", "exclude"):
        assert told.get(name, []) == facts[name]
    for flag, name in (("amount", "asked"), ("paid", "paid")):
        assert [round2(int(text)) for text in told.get(flag, [])] == [
            amount for amount in [facts[name]] if amount is not None
        ]
    assert told["office"] == [facts["office_kind"]]


def pairs_of(words: list[str]) -> list[tuple[str, str]]:
    return list(zip(words[::2], words[1::2], strict=True))
