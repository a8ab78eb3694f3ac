"""Urgency, readiness and reporter risk (domain.md, Urgency)."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.triage.domain.urgency import Urgency, assess, one_higher
from shared.rulebook import Disclosed
from tests.unit.triage_domain.demo import RULEBOOK

AT = datetime(2026, 11, 23, 3, tzinfo=UTC)
PLAIN = Disclosed("lainnya", "35.78", "dinas", "35.78", coercion="none", timing="past")


def _of(reports_90d: int = 1, retaliated: bool = False, **change: Any) -> Urgency:
    disclosed = replace(PLAIN, **change)
    return assess(RULEBOOK, disclosed, at=AT, reports_90d=reports_90d, retaliated=retaliated)


def _codes(name: str) -> st.SearchStrategy[str]:
    return st.sampled_from(sorted(RULEBOOK.codes[name]))


any_disclosed = st.builds(
    Disclosed,
    service=st.sampled_from(sorted(RULEBOOK.services)),
    region=st.sampled_from(["32.73", "53.01", "91.71"]),
    office_kind=st.sampled_from(sorted(RULEBOOK.offices)),
    office_region=st.just("32.73"),
    asked=st.none() | st.integers(0, 10**9),
    paid=st.none() | st.integers(0, 10**9),
    victims=_codes("victims"),
    vulnerable=st.sets(_codes("vulnerable")).map(tuple),
    coercion=_codes("coercion"),
    timing=_codes("timing"),
    handover_at=st.none() | st.just(AT + timedelta(hours=20)),
    evidence=st.sets(_codes("evidence")).map(tuple),
)


@given(any_disclosed, st.integers(0, 100), st.booleans())
def test_every_number_stays_in_its_range(
    disclosed: Disclosed, reports_90d: int, retaliated: bool
) -> None:
    found = assess(RULEBOOK, disclosed, at=AT, reports_90d=reports_90d, retaliated=retaliated)

    assert 0 <= found.score <= 100
    assert found.score == min(sum(found.components.values()), 100)
    assert 0 <= found.readiness <= 100
    assert 0 <= found.risk <= 100
    assert found.priority in ("P1", "P2", "P3", "P4")
    assert found.priority == "P1" or not found.raises


@given(any_disclosed)
def test_more_reports_never_lower_it(disclosed: Disclosed) -> None:
    scores = [assess(RULEBOOK, disclosed, at=AT, reports_90d=n).score for n in (0, 1, 2, 3, 5, 9)]

    assert scores == sorted(scores)


def test_nothing_special_is_p4() -> None:
    assert (_of().score, _of().priority) == (0, "P4")


@pytest.mark.parametrize(
    ("asked", "points"),
    [(None, 0), (0, 0), (49_000, 2), (50_000, 4), (249_999, 4), (250_000, 7), (1_000_000, 10),
     (5_000_000, 13), (49_000_000, 13), (50_000_000, 15)],
)  # fmt: skip
def test_money_above_tariff_has_its_steps(asked: int | None, points: int) -> None:
    assert _of(asked=asked).components["money"] == points


def test_what_the_tariff_allows_is_no_extortion() -> None:
    assert _of(service="pertanahan_ptsl", region="33.02", asked=150_000).components["money"] == 0


def test_a_small_sum_from_many_weighs_more() -> None:
    assert _of(asked=13_000, victims="200").components["money"] == 8  # Rp2.6 million: 10 - 2


@pytest.mark.parametrize(
    ("reports", "victims", "points"),
    [(1, "1", 0), (2, "1", 5), (3, "1", 10), (4, "1", 10), (5, "1", 15), (1, "3", 2), (1, "10", 5),
     (4, "200", 15), (9, "200", 15)],
)  # fmt: skip
def test_patterns_are_capped(reports: int, victims: str, points: int) -> None:
    assert _of(reports, victims=victims).components["pattern"] == points


def test_vulnerability_counts_up_to_seven_and_service_eight() -> None:
    found = _of(service="kesehatan", vulnerable=("anak", "sakit", "miskin"))

    assert found.components["victim"] == 15


def test_violence_is_p1_whatever_the_score() -> None:
    assert _of(coercion="violence").raises == ("violence",)
    assert _of(coercion="violence").priority == "P1"


def test_health_care_withheld_within_two_days_is_p1() -> None:
    found = _of(service="kesehatan", coercion="withhold", timing="le48h")

    assert found.raises == ("health_withheld",)
    assert _of(service="kesehatan", coercion="withhold", timing="le7d").priority != "P1"


@pytest.mark.parametrize(
    ("change", "is_raised"),
    [
        ({}, True),
        ({"evidence": ()}, False),
        ({"paid": 1_000_000}, False),
        ({"paid": 400_000}, True),
        ({"paid": None}, True),
        ({"handover_at": AT + timedelta(hours=48)}, True),
        ({"handover_at": AT + timedelta(hours=49)}, False),
        ({"handover_at": AT}, True),
        ({"handover_at": AT - timedelta(hours=1)}, False),
        ({"handover_at": None, "timing": "le48h"}, True),
    ],
)
def test_a_coming_handover_with_evidence_is_p1(change: dict[str, Any], is_raised: bool) -> None:
    coming = {"asked": 1_000_000, "paid": 0, "evidence": ("chat",)}

    found = _of(**{**coming, "handover_at": AT + timedelta(hours=20), **change})

    assert ("caught_in_the_act" in found.raises) == is_raised


def test_retaliation_after_filing_is_p1() -> None:
    assert _of(retaliated=True).priority == "P1"


def test_a_route_to_the_last_desk_raises_by_one() -> None:
    assert [one_higher(p) for p in ("P1", "P2", "P3", "P4")] == ["P1", "P1", "P2", "P3"]


def test_risk_and_readiness_do_not_move_the_score() -> None:
    insider = _of(service="kepegawaian", office_kind="inspektorat", victims="1")
    nobody = _of(service="pendidikan", office_kind="dinas")

    assert insider.score == nobody.score
    assert insider.risk_components["insider"] > 0
    assert _of(vulnerable=("tahanan",)).risk_components["detainee"] > 0
    assert _of(office_kind="sekolah").risk_components["child_at_school"] > 0


def test_what_can_be_shown_is_readier_than_what_is_told() -> None:
    assert _of(evidence=("video",)).readiness > _of(evidence=("saksi",)).readiness > 0
