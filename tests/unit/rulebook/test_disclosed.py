"""Disclosed facts: rounded, closed lists, every refusal names its field."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.rulebook import (
    Disclosed,
    DisclosedSchema,
    dump_disclosed,
    load,
    read_disclosed,
    round2,
    victims_class,
)
from shared.runtime.errors import Refusal

RULEBOOK = load()
LEAST: dict[str, Any] = {
    "service": "sim",
    "region": "35.78",
    "office_kind": "satpas",
    "office_region": "35.78",
}


@pytest.mark.parametrize(
    ("amount", "rounded"),
    [
        (0, 0),
        (7, 7),
        (99, 99),
        (100, 100),
        (104, 100),
        (105, 110),
        (994, 990),
        (995, 1000),
        (850_000, 850_000),
        (1_234_567, 1_200_000),
        (54_600_000, 55_000_000),
    ],
)
def test_amounts_keep_two_significant_digits(amount: int, rounded: int) -> None:
    assert round2(amount) == rounded


@given(st.integers(0, 10**14))
def test_rounding_is_close_and_stays_put(amount: int) -> None:
    assert round2(round2(amount)) == round2(amount)
    assert abs(round2(amount) - amount) * 20 <= amount


def test_a_negative_amount_has_no_rounding() -> None:
    with pytest.raises(ValueError, match="negative"):
        round2(-1)


@given(st.integers(-5, 10**6))
def test_every_number_of_victims_has_a_class(count: int) -> None:
    choice = RULEBOOK.codes["victims"][victims_class(count)]

    assert choice.value <= max(count, 1)


words = st.text(max_size=8)
several = st.lists(words, max_size=3).map(tuple)
FACTS = st.builds(
    Disclosed,
    service=words,
    region=words,
    office_kind=words,
    office_region=words,
    asked=st.none() | st.integers(0, 10**14),
    paid=st.none() | st.integers(0, 10**14),
    frequency=words,
    victims=words,
    vulnerable=several,
    coercion=words,
    timing=words,
    handover_at=st.none() | st.datetimes(timezones=st.just(UTC)),
    evidence=several,
    day=st.none() | st.dates(),
    exclude=several,
)


@given(FACTS)
def test_facts_are_spelled_as_their_schema_spells_them(facts: Disclosed) -> None:
    assert dump_disclosed(facts) == DisclosedSchema().dump(facts)


def test_the_least_a_reporter_says_is_enough() -> None:
    assert read_disclosed(RULEBOOK, LEAST) == Disclosed(**LEAST)


def test_what_is_written_is_read_back() -> None:
    disclosed = Disclosed(
        **LEAST,
        asked=850_000,
        paid=0,
        frequency="routine",
        victims="10",
        vulnerable=("miskin", "anak"),
        coercion="denial",
        timing="le48h",
        handover_at=datetime(2026, 11, 23, 3, tzinfo=UTC),
        evidence=("chat",),
        day=date(2026, 11, 17),
        exclude=("propam-mabes", "inspektorat:53.01"),
    )

    assert read_disclosed(RULEBOOK, dump_disclosed(disclosed)) == disclosed


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("service", "sihir"), ("service", None), ("service", 7), ("service", ""),
        ("region", "3578"), ("region", ["35.78"]), ("office_kind", "istana"),
        ("office_region", "35.99"), ("asked", 851_000), ("asked", -1), ("asked", 10**15),
        ("asked", True), ("asked", "banyak"), ("asked", 1.5), ("paid", 123), ("v", 2),
        ("frequency", "x"), ("victims", "7"), ("vulnerable", ["raja"]), ("vulnerable", "anak"),
        ("vulnerable", ["anak", "anak"]), ("coercion", None), ("timing", "le1h"),
        ("handover_at", "2026-11-23T10:30:00+07:00"), ("handover_at", "2026-11-23T10:00:00"),
        ("handover_at", "0001-01-01T00:00:00+07:00"), ("handover_at", "besok"),
        ("evidence", ["mimpi"]), ("evidence", [["chat"]]), ("day", "17-11-2026"),
        ("day", "0001-01-01"), ("exclude", ["unit-x"]), ("exclude", ["istana:53.01"]),
        ("exclude", ["inspektorat:9"]),
        ("exclude", ["jamwas", "bawas-ma", "propam-mabes", "ombudsman-ri"]),
        ("story", "uraian"),
    ],
)  # fmt: skip
def test_a_bad_value_is_refused_by_its_field(field: str, value: Any) -> None:
    with pytest.raises(Refusal) as refused:
        read_disclosed(RULEBOOK, {**LEAST, field: value})

    assert refused.value.field == field


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("asked", 851_000, "not_rounded"),
        ("handover_at", "2026-11-23T10:30:00+07:00", "not_full_hour"),
        ("day", "1889-01-01", "strange_year"),
        ("vulnerable", ["anak", "anak"], "named_twice"),
        ("asked", "banyak", "malformed_disclosed"),
    ],
)
def test_a_broken_rule_has_its_own_code(field: str, value: Any, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        read_disclosed(RULEBOOK, {**LEAST, field: value})

    assert (refused.value.code, refused.value.field) == (code, field)


@pytest.mark.parametrize("field", sorted(LEAST))
def test_what_is_missing_is_named(field: str) -> None:
    with pytest.raises(Refusal) as refused:
        read_disclosed(RULEBOOK, {key: value for key, value in LEAST.items() if key != field})

    assert refused.value.field == field


def test_a_handover_is_kept_in_utc() -> None:
    found = read_disclosed(RULEBOOK, {**LEAST, "handover_at": "2026-11-23T10:00:00+07:00"})

    assert found.handover_at == datetime(2026, 11, 23, 3, tzinfo=UTC)
    assert found.handover_at.tzinfo is UTC


def test_a_refusal_does_not_repeat_what_was_sent() -> None:
    with pytest.raises(Refusal) as refused:
        read_disclosed(RULEBOOK, {**LEAST, "coercion": "kanari-rahasia"})

    assert "kanari" not in f"{refused.value} {refused.value.params} {refused.value.sentence}"
