"""A unit prepares what the next one needs to read; it counts only once the case is there."""

from __future__ import annotations

import base64
import json
from datetime import timedelta
from typing import Any

import pytest
from werkzeug.test import TestResponse

from services.triage.actions.publish_unit_key import publish_unit_key
from services.triage.service import SERVICE
from services.triage.store.people import keys_of, readers_of
from shared.crypto.age import encrypt, new_identity, recipient_of
from shared.crypto.age_format import header_of
from shared.crypto.unseal import rewrap
from tests.service.triage.desk import STORY, UNIT, Browser, Desk, passphrase
from tests.service.triage.staff import told
from tests.service.triage.test_merging import merge
from tests.service.triage.test_rerouting import FREE, NAMED, send

WAITS = "setelah pengawas membungkus ulang kuncinya"


@pytest.fixture
def two(desk: Desk) -> Desk:
    """Sari investigates in another unit of the route, which has a key; so has a third."""
    with desk.house.transactions.begin() as tx:
        tx.connection.exec_driver_sql(f"UPDATE person SET unit = '{FREE}' WHERE name = 'sari'")
        sari = keys_of(tx.connection, "sari")
        assert sari is not None
        publish_unit_key(tx, FREE, [sari.recipient])
        publish_unit_key(tx, NAMED, readers_of(tx.connection, UNIT))
    return desk


def material(browser: Browser, number: str, unit: str = FREE) -> Any:
    """What the page's script asks for."""
    return browser.get(f"/kasus/{number}/alih/bekal/bahan/{unit}").get_json()


def form_of(browser: Browser, number: str, unit: str = FREE, name: str = "rani") -> dict[str, str]:
    """What bekal.js fills in: one header for each file."""
    given = material(browser, number, unit)
    keys = browser.unit_identities(name, given)
    made = [
        [one["direction"], one["seq"], _text(rewrap(_bytes(one["header"]), keys, given["to"]))]
        for one in given["files"]
    ]
    return {"unit": unit, "epok": str(given["epoch"]), "kepala": json.dumps(made)}


def prepare(browser: Browser, number: str, unit: str = FREE, name: str = "rani") -> TestResponse:
    """Fill the form in and send it."""
    return browser.post(f"/kasus/{number}/alih/bekal", form_of(browser, number, unit, name))


def _text(content: bytes) -> str:
    return base64.b64encode(content).decode()


def _bytes(text: str) -> bytes:
    return base64.b64decode(text)


def _with_letter(desk: Desk) -> tuple[str, str]:
    case = desk.file()
    sealed = desk.rows('SELECT envelope FROM letter WHERE "case" = :c', c=case)[0][0]
    desk.hear(desk.reply(case, "lagi", seq=1, prev=sealed))
    return case, desk.number(case)


def _dropped(desk: Desk) -> list[str]:
    return [payload["why"] for _, payload, _ in told(desk, "case.handover_dropped")]


def _prepared(desk: Desk) -> int:
    count: int = desk.rows("SELECT count(*) FROM handover_header")[0][0]
    return count


def test_what_was_prepared_is_read_at_once_after_the_re_route(two: Desk) -> None:
    _, number = _with_letter(two)
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
    assert _prepared(two) == 0, "nothing lies about"
    assert _waiting(two) == []


def _waiting(desk: Desk) -> list[Any]:
    return desk.rows('SELECT id FROM "case" WHERE unit <> sealed_unit')


def test_before_the_re_route_the_target_unit_gets_nothing(two: Desk) -> None:
    _, number = _with_letter(two)
    prepare(two.client("rani"), number)
    sari = two.client("sari")

    for page in ("", "/kunci", "/amplop", "/alih/bekal", f"/alih/bekal/bahan/{UNIT}"):
        assert sari.get(f"/kasus/{number}{page}").status_code == 404
    assert number not in sari.get("/").text


def test_headers_go_on_from_the_unit_that_reads_by_prepared_ones(two: Desk) -> None:
    _, number = _with_letter(two)
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
    assert _prepared(two) == 0
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


def _newer_key(desk: Desk) -> None:
    with desk.house.transactions.begin() as tx:
        publish_unit_key(tx, FREE, readers_of(tx.connection, FREE))


def test_a_newer_key_of_the_unit_makes_it_stale(two: Desk) -> None:
    number = two.number(two.file())
    prepare(two.client("rani"), number)
    _newer_key(two)

    assert "kunci baru" in two.client("bagus").get(f"/kasus/{number}/alih").text
    _time_passes(two)

    assert _dropped(two) == ["new_key"]
    assert _prepared(two) == 0


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
        made[0][2] = _text(header_of(encrypt(b"x", [another])))
    elif kind == "three recipients":
        made[0][2] = _text(header_of(encrypt(b"x", [another, another, oversight])))
    elif kind == "with a payload":
        made[0][2] = _text(encrypt(b"x" * 40, [another, oversight]))
    elif kind == "no header":
        made[0][2] = _text(b"age-encryption.org/v1\n")
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
    _, number = _with_letter(two)
    rani = two.client("rani")
    form = _ruined(form_of(rani, number), kind)

    answer = rani.post(f"/kasus/{number}/alih/bekal", form)

    assert answer.status_code == (409 if kind == "missing" else 422)
    assert _prepared(two) == 0


def test_headers_for_an_older_key_are_refused(two: Desk) -> None:
    number = two.number(two.file())
    rani = two.client("rani")
    form = form_of(rani, number)
    _newer_key(two)

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


def test_a_unit_that_was_given_headers_that_open_nothing_asks_oversight(two: Desk) -> None:
    number = two.number(two.file())
    rani, sari = two.client("rani"), two.client("sari")
    form = form_of(rani, number)
    stranger = [recipient_of(new_identity()), two.oversight]
    made = [["in", 0, _text(header_of(encrypt(b"x" * 9, stranger)))]]
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
            | {"header": _text(rewrap(_bytes(one["header"]), desk.oversight_identity, one["to"]))}
            for one in asked["letters"]
        ]
        assert take_headers(tx, {"letters": done}) == 1


def test_only_headers_travel(two: Desk) -> None:
    case, number = _with_letter(two)
    given = material(two.client("rani"), number)

    sealed = two.rows('SELECT envelope FROM letter WHERE "case" = :c', c=case)
    for one, row in zip(given["files"], sealed, strict=True):
        assert len(_bytes(one["header"])) < len(row[0]) / 2
    assert passphrase("rani") not in json.dumps(given)
    assert told(two, "case.read") == [], "nothing was handed out that could be read"
