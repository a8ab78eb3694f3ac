"""What is shown beside a case as similar, what is not, and in which order."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.triage.domain.similar import TOP, Likeness, Told, likeness, similar
from shared.rulebook import dump_disclosed
from tests.unit.triage_domain.demo import demos

AT = datetime(2026, 11, 23, 3, tzinfo=UTC)
FACTS: dict[str, Any] = {
    "service": "sim",
    "region": "32.73",
    "office_kind": "satpas",
    "office_region": "32.73",
    "asked": 400_000,
    "paid": None,
    "day": "2026-11-20",
    "coercion": "withhold",
    "frequency": "once",
    "handover_at": None,
}


def told(case: str = "a", *, days: float = 0, zone: str = "WIB", **facts: Any) -> Told:
    return Told.of(case, AT + timedelta(days=days), zone, {**FACTS, **facts})


def codes(found: Likeness | None) -> set[str]:
    return {reason.code for reason in found.reasons} if found else set()


@pytest.mark.parametrize(
    "change",
    [
        {"service": "stnk_bpkb"},
        {"region": "32.74"},
        {"region": "32.7"},  # no part of the code's tree, though it begins alike
        {"asked": 540_000},
        {"asked": 290_000},
        {"asked": None, "paid": 1_000_000},
        {"day": "2026-12-05"},
        {"day": None, "days": 15},
    ],
)
def test_everything_else_alike_does_not_open_a_shut_gate(change: dict[str, Any]) -> None:
    assert likeness(told(), told("b", **change)) is None


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({}, "same_sum"),
        ({"asked": 530_000}, "near_sum"),
        ({"asked": 300_000}, "near_sum"),
        ({"asked": None, "paid": 400_000}, "same_sum"),
        ({"day": "2026-11-20"}, "same_day"),
        ({"day": "2026-12-04"}, "near_day"),
        ({"day": None}, "near_filing"),
        ({"region": "32.73.01"}, "near_place"),
        ({}, "same_office"),
    ],
)
def test_what_passes_the_gate_says_why(change: dict[str, Any], code: str) -> None:
    assert code in codes(likeness(told(), told("b", **change)))


def test_a_sum_only_one_of_them_tells_neither_bars_nor_counts() -> None:
    found = likeness(told(), told("b", asked=None))

    assert found is not None
    assert not codes(found) & {"same_sum", "near_sum"}


def test_an_office_nobody_knows_is_not_the_same_office() -> None:
    unknown = {"office_kind": "tidak_tahu"}

    assert "same_office" not in codes(likeness(told(**unknown), told("b", **unknown)))


@pytest.mark.parametrize("nothing", ["none", "unknown"])
def test_saying_nothing_alike_is_no_likeness(nothing: str) -> None:
    silent = {"coercion": nothing, "frequency": "unknown"}

    found = codes(likeness(told(**silent), told("b", **silent)))

    assert not found & {"same_coercion", "same_frequency"}


def test_the_day_of_filing_is_the_reporters_local_day() -> None:
    late = told("b", day=None, days=14 + 13 / 24)  # 16.00 UTC is the next day in Papua alone
    there = told("c", day=None, days=14 + 13 / 24, zone="WIT")

    assert likeness(told(day=None), late) is not None
    assert likeness(told(day=None), there) is None


def test_the_same_office_ranks_above_the_same_sum_elsewhere() -> None:
    office, sum_ = told("b", asked=330_000), told("c", office_kind="polres")

    assert [one.case for one in similar(told(), [sum_, office])] == ["b", "c"]


def test_at_most_five_are_shown() -> None:
    crowd = [told(f"b{number}") for number in range(9)]

    assert len(similar(told(), crowd)) == TOP


def test_a_case_is_not_like_itself() -> None:
    assert similar(told(), [told()]) == []


COMPARED = st.builds(
    told,
    st.uuids().map(str),
    days=st.integers(-20, 20),
    region=st.sampled_from(["32.73", "32.73.01", "32.73.02", "32.74", "32"]),
    service=st.sampled_from(["sim", "stnk_bpkb"]),
    office_kind=st.sampled_from(["satpas", "polres", "tidak_tahu"]),
    asked=st.none() | st.integers(1, 10**9),
    day=st.none() | st.sampled_from(["2026-11-01", "2026-11-15", "2026-11-29"]),
    coercion=st.sampled_from(["none", "unknown", "withhold", "violence"]),
)


@given(COMPARED, COMPARED)
def test_two_reports_are_as_alike_one_way_as_the_other(one: Told, other: Told) -> None:
    there, back = likeness(one, other), likeness(other, one)

    assert (there is None) == (back is None)
    if there and back:
        assert (there.score, there.reasons) == (back.score, back.reasons)


@given(COMPARED, st.lists(COMPARED, max_size=12), st.randoms())
def test_the_order_of_asking_changes_nothing(one: Told, others: list[Told], chance: Any) -> None:
    shuffled = list(others)
    chance.shuffle(shuffled)

    assert similar(one, shuffled) == similar(one, others)


@given(COMPARED, st.lists(COMPARED, max_size=12))
def test_whatever_is_shown_passed_every_gate(one: Told, others: list[Told]) -> None:
    by_case = {other.case: other for other in others}

    for found in similar(one, others):
        other = by_case[found.case]
        assert other.service == one.service
        assert abs(other.day - one.day) <= timedelta(days=14)
        if one.rupiah and other.rupiah:
            assert abs(one.rupiah - other.rupiah) * 4 <= max(one.rupiah, other.rupiah)


def test_the_demonstration_finds_its_pairs_and_nothing_else() -> None:
    told_by = {
        demo.id: Told.of(demo.id, demo.at, "WIB", dump_disclosed(demo.disclosed))
        for demo in demos()
    }

    pairs = {
        (id, found.case)
        for id, one in told_by.items()
        for found in similar(one, told_by.values(), most=99)
    }

    families = {id: "".join(letter for letter in id if letter.isupper() or letter.isdigit())
                for id in told_by}  # fmt: skip
    assert pairs == {
        (a, b) for a in told_by for b in told_by if a != b and families[a] == families[b]
    }
