"""What makes reports a wave, and what does not."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from services.triage.domain.waves import LEAST, Report, is_near, wave_of

AT = datetime(2026, 11, 23, 3, tzinfo=UTC)
FACTS: dict[str, Any] = {
    "service": "sim",
    "region": "32.73.01",
    "office_kind": "satpas",
    "office_region": "32.73",
    "coercion": "withhold",
    "timing": "ongoing",
    "asked": 400_000,
    "paid": None,
    "day": "2026-11-20",
}


def report(case: str = "a", *, hours: float = 0, wave: str | None = None, **facts: Any) -> Report:
    return Report.of(case, AT + timedelta(hours=hours), {**FACTS, **facts}, wave)


@pytest.mark.parametrize(
    ("change", "is_one"),
    [
        ({}, True),
        ({"asked": 530_000}, True),  # a quarter of the larger
        ({"asked": 540_000}, False),
        ({"asked": 300_000}, True),
        ({"asked": 290_000}, False),
        ({"asked": None}, False),
        ({"asked": None, "paid": 400_000}, True),
        ({"day": "2026-12-04"}, True),  # 14 days
        ({"day": "2026-12-05"}, False),
        ({"day": None}, True),
        ({"service": "stnk_bpkb"}, False),
        ({"region": "32.73.02"}, False),
        ({"office_kind": "polres"}, False),
        ({"office_region": "32.74"}, False),
        ({"coercion": "violence"}, False),
        ({"timing": "past"}, False),
        ({"hours": 1}, True),
        ({"hours": 2}, False),
    ],
)
def test_only_nearly_the_same_within_an_hour_is_near(change: dict[str, Any], is_one: bool) -> None:
    one, other = report(), report("b", **change)

    assert is_near(one, other) is is_one
    assert is_near(other, one) is is_one


def test_four_alike_are_four_reports() -> None:
    assert wave_of(report("d"), [report(name) for name in "abc"]) is None


def test_the_fifth_makes_a_wave_of_all_five_named_after_the_first() -> None:
    others = [report(name, hours=-1 if name == "c" else 0) for name in "abcd"]

    wave = wave_of(report("e"), others)

    assert wave is not None
    assert wave.name == "c"
    assert sorted(wave.new) == list("abcde")
    assert wave.size == LEAST


def test_a_sixth_joins_the_wave_that_is_there() -> None:
    known = [report(name, wave="a") for name in "abcde"]

    wave = wave_of(report("f"), known)

    assert wave is not None
    assert (wave.name, wave.new, wave.size) == ("a", ("f",), 6)


def test_others_in_between_are_not_drawn_in() -> None:
    crowd = [report(name) for name in "abcd"] + [report("x", service="stnk_bpkb")]

    wave = wave_of(report("e"), crowd)

    assert wave is not None
    assert "x" not in wave.new


def test_a_wave_of_an_earlier_hour_is_not_joined() -> None:
    old = [replace(report(name, wave="a"), at=AT - timedelta(hours=3)) for name in "abcde"]

    assert wave_of(report("f"), old) is None
    assert report().day == date(2026, 11, 20)
