"""What may not be prepared for another unit, and headers that do not fit."""

from __future__ import annotations

import json

import pytest

from shared.crypto.age import encrypt, new_identity, recipient_of
from shared.crypto.age_format import header_of
from tests.service.triage.desk import UNIT, Desk
from tests.service.triage.handing import (
    form_of,
    newer_key,
    prepared,
    text_of,
    with_letter,
    with_two_units,
)
from tests.service.triage.test_merging import merge
from tests.service.triage.test_rerouting import FREE, NAMED, send


@pytest.fixture
def two(desk: Desk) -> Desk:
    """Sari investigates in another unit of the route, which has a key; so has a third."""
    return with_two_units(desk)


@pytest.mark.parametrize("unit", [UNIT, "meja-nasional", "istana", ""])
def test_only_a_unit_free_to_take_the_case_is_prepared_for(two: Desk, unit: str) -> None:
    number = two.number(two.file())
    rani = two.client("rani")
    form = form_of(rani, number) | {"unit": unit}

    assert rani.post(f"/kasus/{number}/alih/bekal", form).status_code == 422
    assert rani.get(f"/kasus/{number}/alih/bekal/bahan/{unit or '-'}").status_code == 422


def test_a_unit_the_reporter_excluded_is_not_prepared_for(two: Desk) -> None:
    number = two.number(two.file(exclude=[NAMED]))
    rani = two.client("rani")

    assert NAMED not in rani.get(f"/kasus/{number}/alih/bekal").text
    assert rani.get(f"/kasus/{number}/alih/bekal/bahan/{NAMED}").status_code == 422


def _ruined(form: dict[str, str], kind: str) -> dict[str, str]:
    made = json.loads(form["kepala"])
    oversight, another = recipient_of(new_identity()), recipient_of(new_identity())
    if kind == "missing":
        made = made[:-1]
    elif kind == "too many":
        made.append(["out", 1, made[0][2]])
    elif kind == "one recipient":
        made[0][2] = text_of(header_of(encrypt(b"x", [another])))
    elif kind == "three recipients":
        made[0][2] = text_of(header_of(encrypt(b"x", [another, another, oversight])))
    elif kind == "with a payload":
        made[0][2] = text_of(encrypt(b"x" * 40, [another, oversight]))
    elif kind == "no header":
        made[0][2] = text_of(b"age-encryption.org/v1\n")
    elif kind == "no base64":
        made[0][2] = "%"
    elif kind == "a note":
        made[0][0] = "unit"
    elif kind == "no list":
        return form | {"kepala": "7"}
    return form | {"kepala": json.dumps(made)}


RUINED = ("missing", "too many", "one recipient", "three recipients", "with a payload",
          "no header", "no base64", "a note", "no list")  # fmt: skip


@pytest.mark.parametrize("kind", RUINED)
def test_headers_that_do_not_fit_the_files_are_refused(two: Desk, kind: str) -> None:
    _, number = with_letter(two)
    rani = two.client("rani")
    form = _ruined(form_of(rani, number), kind)

    answer = rani.post(f"/kasus/{number}/alih/bekal", form)

    assert answer.status_code == (409 if kind in ("missing", "a note") else 422)
    assert prepared(two) == 0


def test_headers_for_an_older_key_are_refused(two: Desk) -> None:
    number = two.number(two.file())
    rani = two.client("rani")
    form = form_of(rani, number)
    newer_key(two)

    assert rani.post(f"/kasus/{number}/alih/bekal", form).status_code == 409


def test_a_unit_that_cannot_read_it_all_prepares_nothing(two: Desk) -> None:
    number = two.number(two.file())
    send(two.client("bagus"), number, FREE)
    sari = two.client("sari")

    answer = sari.get(f"/kasus/{number}/alih/bekal")

    assert answer.status_code == 409
    assert "pengawas yang membungkus ulang" in answer.text
    assert sari.get(f"/kasus/{number}/alih/bekal/bahan/{UNIT}").status_code == 409
    assert "alih/bekal" not in sari.get(f"/kasus/{number}").text


def test_a_case_that_others_follow_is_not_prepared(two: Desk) -> None:
    main, other = (two.number(two.file()) for _ in range(2))
    merge(two.client("rani"), other, main)

    for number in (main, other):
        assert two.client("rani").get(f"/kasus/{number}/alih/bekal").status_code == 409
