"""A unit prepares what the next one needs to read; it counts only once the case is there."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest

from services.triage.service import SERVICE
from shared.crypto.age import encrypt, new_identity, recipient_of
from shared.crypto.age_format import header_of
from shared.crypto.unseal import rewrap
from tests.service.triage.desk import STORY, UNIT, Desk, passphrase
from tests.service.triage.handing import (
    bytes_of,
    form_of,
    material,
    newer_key,
    prepare,
    prepared,
    text_of,
    with_letter,
    with_two_units,
)
from tests.service.triage.staff import told
from tests.service.triage.test_rerouting import FREE, NAMED, send

WAITS = "setelah pengawas membungkus ulang kuncinya"


@pytest.fixture
def two(desk: Desk) -> Desk:
    """Sari investigates in another unit of the route, which has a key; so has a third."""
    return with_two_units(desk)


def _dropped(desk: Desk) -> list[str]:
    return [payload["why"] for _, payload, _ in told(desk, "case.handover_dropped")]


def test_what_was_prepared_is_read_at_once_after_the_re_route(two: Desk) -> None:
    _, number = with_letter(two)
    rani, sari = two.client("rani"), two.client("sari")
    assert prepare(rani, number).status_code == 303
    assert "Bekal siap untuk" in rani.get(f"/kasus/{number}/alih/bekal").text
    assert (
        "unit itu langsung dapat membaca" in two.client("bagus").get(f"/kasus/{number}/alih").text
    )

    assert send(two.client("bagus"), number, FREE).status_code == 303

    assert sari.open_case("sari", number) == {("in", 0): STORY, ("in", 1): "lagi"}
    assert WAITS not in sari.get(f"/kasus/{number}").text
    assert rani.get(f"/kasus/{number}").status_code == 404
    assert rani.get(f"/kasus/{number}/amplop").status_code == 404
    assert [(by, one["unit"], private) for by, one, private in told(two, "case.handed_over")] == [
        ("bagus", FREE, True)
    ]
    assert prepared(two) == 0, "nothing lies about"
    assert _waiting(two) == []


def _waiting(desk: Desk) -> list[Any]:
    return desk.rows('SELECT id FROM "case" WHERE unit <> sealed_unit')


def test_before_the_re_route_the_target_unit_gets_nothing(two: Desk) -> None:
    _, number = with_letter(two)
    prepare(two.client("rani"), number)
    sari = two.client("sari")

    for page in ("", "/kunci", "/amplop", "/alih/bekal", f"/alih/bekal/bahan/{UNIT}"):
        assert sari.get(f"/kasus/{number}{page}").status_code == 404
    assert number not in sari.get("/").text


def test_headers_go_on_from_the_unit_that_reads_by_prepared_ones(two: Desk) -> None:
    _, number = with_letter(two)
    prepare(two.client("rani"), number)
    send(two.client("bagus"), number, FREE)
    with two.house.transactions.begin() as tx:
        tx.connection.exec_driver_sql(f"UPDATE person SET unit = '{FREE}' WHERE name = 'bagus'")

    assert prepare(two.client("sari"), number, UNIT, "sari").status_code == 303
    assert send(two.client("bagus"), number, UNIT).status_code == 303

    assert two.client("rani").open_case("rani", number)["in", 0] == STORY


def test_to_another_unit_they_are_dropped_and_oversight_is_needed(two: Desk) -> None:
    number = two.number(two.file())
    prepare(two.client("rani"), number)

    send(two.client("bagus"), number, NAMED)

    assert _dropped(two) == ["other_unit"]
    assert prepared(two) == 0
    assert _waiting(two) != []


def test_a_letter_that_came_since_makes_it_too_little(two: Desk) -> None:
    case = two.file()
    number = two.number(case)
    prepare(two.client("rani"), number)
    sealed = two.rows('SELECT envelope FROM letter WHERE "case" = :c', c=case)[0][0]
    two.hear(two.reply(case, "lagi", seq=1, prev=sealed))

    assert "datang surat baru" in two.client("bagus").get(f"/kasus/{number}/alih").text
    assert "datang surat baru" in two.client("rani").get(f"/kasus/{number}/alih/bekal").text
    send(two.client("bagus"), number, FREE)

    assert _dropped(two) == ["new_letter"]
    assert WAITS in two.client("sari").get(f"/kasus/{number}").text


def test_a_newer_key_of_the_unit_makes_it_stale(two: Desk) -> None:
    number = two.number(two.file())
    prepare(two.client("rani"), number)
    newer_key(two)

    assert "kunci baru" in two.client("bagus").get(f"/kasus/{number}/alih").text
    _time_passes(two)

    assert _dropped(two) == ["new_key"]
    assert prepared(two) == 0


def _time_passes(desk: Desk, **span: float) -> None:
    desk.clock.advance(timedelta(**span))
    next(one for one in SERVICE.chores if one.name == "handovers").run(desk.house)


def test_it_is_kept_while_it_may_be_used_and_for_two_weeks(two: Desk) -> None:
    prepare(two.client("rani"), two.number(two.file()))

    _time_passes(two, days=13)
    assert _dropped(two) == []
    _time_passes(two, days=1)

    assert _dropped(two) == ["too_old"]


def test_who_prepared_may_take_it_back(two: Desk) -> None:
    number = two.number(two.file())
    rani = two.client("rani")
    prepare(rani, number)
    page = f"/kasus/{number}/alih/bekal"

    assert rani.post(f"{page}/tarik", {}, page=page).status_code == 303
    assert rani.post(f"{page}/tarik", {}, page=page).status_code == 409

    assert _dropped(two) == ["taken_back"]
    assert "Bekal siap" not in rani.get(page).text


def test_another_preparation_stands_in_place_of_the_first(two: Desk) -> None:
    number = two.number(two.file())
    prepare(two.client("rani"), number)

    prepare(two.client("rani"), number, NAMED)

    assert _dropped(two) == ["replaced"]
    assert two.rows("SELECT unit FROM handover") == [(NAMED,)]


def test_a_unit_that_was_given_headers_that_open_nothing_asks_oversight(two: Desk) -> None:
    number = two.number(two.file())
    rani, sari = two.client("rani"), two.client("sari")
    form = form_of(rani, number)
    stranger = [recipient_of(new_identity()), two.oversight]
    made = [["in", 0, text_of(header_of(encrypt(b"x" * 9, stranger)))]]
    rani.post(f"/kasus/{number}/alih/bekal", form | {"kepala": json.dumps(made)})
    send(two.client("bagus"), number, FREE)
    assert f"/kasus/{number}/bungkus-ulang" in sari.get(f"/kasus/{number}").text

    assert sari.post(f"/kasus/{number}/bungkus-ulang", {}).status_code == 303
    assert sari.post(f"/kasus/{number}/bungkus-ulang", {}, page="/").status_code == 409
    assert "Pengawas diminta" in sari.get(f"/kasus/{number}").text
    _oversee(two)

    assert sari.open_case("sari", number) == {("in", 0): STORY}


def _oversee(desk: Desk) -> None:
    from services.triage.actions.rewrap import take_headers, waiting_headers

    with desk.house.transactions.begin() as tx:
        asked = waiting_headers(tx.connection, desk.oversight)
        done = [
            one
            | {
                "header": text_of(
                    rewrap(bytes_of(one["header"]), desk.oversight_identity, one["to"])
                )
            }
            for one in asked["letters"]
        ]
        assert take_headers(tx, {"letters": done}) == 1


def test_only_headers_travel(two: Desk) -> None:
    case, number = with_letter(two)
    given = material(two.client("rani"), number)

    sealed = two.rows('SELECT envelope FROM letter WHERE "case" = :c', c=case)
    for one, row in zip(given["files"], sealed, strict=True):
        assert len(bytes_of(one["header"])) < len(row[0]) / 2
    assert passphrase("rani") not in json.dumps(given)
    assert told(two, "case.read") == [], "nothing was handed out that could be read"
