"""What is gently asked back; the phone asks the same (tests/js/questions.test.js)."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.complaints.domain.own_numbers import has_nik, has_phone
from services.complaints.domain.price import compare, sum_of
from services.complaints.domain.questions import SENTENCES, questions_of
from services.complaints.domain.typed import Typed
from shared.rulebook import load as load_rulebook
from shared.rulebook.regions import ZONES
from tests.unit.crypto.vectors import load

RULEBOOK = load_rulebook()
VECTORS = load("questions")
TODAY = date.fromisoformat(VECTORS["today"])
DEMO = Path(__file__).parents[3] / "deploy" / "demo" / "complaints.json"
STEPS = ["apa", "di-mana", "siapa", "berapa", "kapan", "bukti", "nama", "periksa"]


@pytest.mark.parametrize("case", VECTORS["cases"], ids=lambda case: f"{case['step']} {case['why']}")
def test_each_step_asks_what_its_fields_give_reason_to(case: dict[str, Any]) -> None:
    asked = questions_of(RULEBOOK, case["step"], Typed(case["typed"], {}), today=TODAY)

    told = [{"code": one.code, "values": dict(one.values)} for one in asked]
    assert told == [{"values": {}, **expected} for expected in case["asks"]]
    for one in asked:
        assert one.code == f"{one.code.split('_')[0]}_{one.field}"
        assert one.sentence % one.values if one.values else one.sentence


def test_a_question_that_was_seen_is_not_asked_again() -> None:
    for case in VECTORS["cases"]:
        seen = {f"seen_{expected['code']}": "1" for expected in case["asks"]}

        typed = Typed({**case["typed"], **seen}, {})

        assert questions_of(RULEBOOK, case["step"], typed, today=TODAY) == ()


@pytest.mark.parametrize("text", VECTORS["nik"]["is"])
def test_what_can_be_a_nik_is_noticed(text: str) -> None:
    assert has_nik(text)


@pytest.mark.parametrize("text", VECTORS["nik"]["is_not"])
def test_what_cannot_be_a_nik_is_left_alone(text: str) -> None:
    assert not has_nik(text)


@pytest.mark.parametrize("text", VECTORS["phone"]["is"])
def test_a_telephone_number_is_noticed(text: str) -> None:
    assert has_phone(text)


@pytest.mark.parametrize("text", VECTORS["phone"]["is_not"])
def test_a_sum_a_date_or_a_plate_is_no_telephone_number(text: str) -> None:
    assert not has_phone(text)


def test_a_nik_of_every_province_is_noticed() -> None:
    known = {f"{code:02d}" for code in range(100) if has_nik(f"{code:02d}01011211900001")}

    assert known == set(ZONES)


@given(st.dates(date(1940, 1, 1), date(2026, 11, 22)), st.booleans(), st.integers(1, 9999))
def test_a_nik_of_every_birthday_is_noticed(born: date, is_woman: bool, serial: int) -> None:
    day = born.day + 40 * is_woman

    assert has_nik(f"320301{day:02d}{born:%m%y}{serial:04d}")


@given(st.sampled_from(STEPS), st.text(max_size=200), st.text("0123456789+-. ()", max_size=60))
def test_no_words_break_a_question_and_none_repeats_them(step: str, text: str, digits: str) -> None:
    names = ("story", "who", "place", "asked", "paid", "day", "timing", "handover_day", "service")
    typed = Typed(dict.fromkeys(names, text + digits), {})

    for question in questions_of(RULEBOOK, step, typed, today=TODAY):
        assert question.sentence in SENTENCES.values()
        assert question.values.keys() <= {"amount", "tariff"}


def test_a_long_story_of_digits_is_read_in_no_time() -> None:
    for story in ("1 " * 10_000, "08" * 10_000, "+62 " * 5_000):
        has_nik(story)
        has_phone(story)


def test_no_demonstration_story_raises_a_false_alarm() -> None:
    entries = json.loads(DEMO.read_text("utf-8"))["complaints"]

    alarmed = [e["id"] for e in entries if has_nik(e["text"]) or has_phone(e["text"])]

    assert len(entries) >= 12
    assert alarmed == []


def test_the_vectors_rows_are_the_rulebook_s() -> None:
    for service, rows in VECTORS["rows"].items():
        compared = compare(RULEBOOK, service, region="", on=TODAY, asked=None)

        assert rows == [
            {
                "id": one.tariff.id,
                "rupiah": sum_of(RULEBOOK, one.tariff),
                "provinces": list(one.tariff.provinces),
            }
            for one in compared
        ]
