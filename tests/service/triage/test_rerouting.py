"""Another unit for a case: seen at once by the new, not by the old; against the reporter by two."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from services.triage.actions.publish_unit_key import publish_unit_key
from services.triage.store.people import readers_of
from tests.service.triage.desk import UNIT, Browser, Desk
from tests.service.triage.test_merging import merge
from tests.service.triage.test_moving import _move, _running, _state

FREE, NAMED = "ombudsman-sumsel", "inspektorat-sumsel"
WHY = "Kepala dinas adalah saudara inspektur kota."


@pytest.fixture
def wide(desk: Desk) -> Desk:
    """Two more units of the route have keys; Sari works where a test sends her."""
    with desk.house.transactions.begin() as tx:
        for unit in (FREE, NAMED):
            publish_unit_key(tx, unit, readers_of(tx.connection, UNIT))
    return desk


def _sari_to(desk: Desk, unit: str) -> Browser:
    with desk.house.transactions.begin() as tx:
        tx.connection.exec_driver_sql(f"UPDATE person SET unit = '{unit}' WHERE name = 'sari'")
    return desk.client("sari")


def send(browser: Browser, number: str, unit: str, **form: Any) -> Any:
    """Post the page with the version it shows."""
    return _post(browser, f"/kasus/{number}/alih", {"unit": unit, "alasan": WHY, **form})


def answer(browser: Browser, number: str, choice: str, unit: str = NAMED) -> Any:
    """The second person's word."""
    form = {"putusan": choice, "unit": unit, "alasan": "Sudah diperiksa."}
    return _post(browser, f"/kasus/{number}/alih/setuju", form)


def _post(browser: Browser, path: str, form: dict[str, Any]) -> Any:
    shown = re.search(r'name="versi" value="(\d+)"', browser.get(path).text)
    return browser.post(path, {"versi": shown[1] if shown else "1", **form}, page="/")


def _told(desk: Desk, case: str, type: str) -> list[Any]:
    query = "SELECT payload FROM fact WHERE subject = :case AND type = :type ORDER BY position"
    return [json.loads(row[0]) for row in desk.rows(query, case=case, type=type)]


def test_the_old_unit_sees_nothing_more_and_the_new_one_does(wide: Desk) -> None:
    case = wide.file()
    number, sari = wide.number(case), _sari_to(wide, FREE)
    assert sari.get(f"/kasus/{number}").status_code == 404
    before = _running(wide, case)

    assert send(wide.client("bagus"), number, FREE).status_code == 303

    for name in ("bagus", "rani"):
        assert wide.client(name).get(f"/kasus/{number}").status_code == 404
        assert number not in wide.client(name).get("/").text
    page = sari.get(f"/kasus/{number}").text
    assert "setelah pengawas membungkus ulang kuncinya" in page
    assert number in sari.get("/").text
    assert _running(wide, case) == before, "what was promised is not taken back"


def test_the_reporter_and_both_walls_are_told(wide: Desk) -> None:
    case = wide.file()

    send(wide.client("bagus"), wide.number(case), FREE)

    assert _told(wide, case, "case.rerouted") == [{"desk": "ombudsman", "is_override": False}]
    assert _told(wide, case, "case.routed")[-1]["unit"] == FREE
    assert WHY not in json.dumps(_told(wide, case, "case.rerouted"))


def test_nobody_holds_it_after_it_went(wide: Desk) -> None:
    case = wide.file()
    number, bagus = wide.number(case), wide.client("bagus")
    _move(bagus, number, "verifying")
    _move(bagus, number, "assigned", penerima="rani")

    send(bagus, number, FREE)

    assert wide.rows('SELECT holder FROM "case"')[0][0] is None


def test_every_unit_is_listed_and_those_in_conflict_are_disabled_with_the_reason(
    wide: Desk,
) -> None:
    number = wide.number(wide.file(exclude=[NAMED], office_kind="inspektorat"))
    page = wide.client("bagus")

    shown = page.get(f"/kasus/{number}/alih")

    assert shown.status_code == 404, "the accused inspectorate itself sees nothing"
    other = wide.number(wide.file(exclude=[NAMED]))
    text = page.get(f"/kasus/{other}/alih").text
    assert re.search(f'value="{UNIT}" disabled', text)
    assert re.search('value="meja-nasional" disabled', text), "it has no key here"
    assert re.search(f'value="{FREE}">', text)
    assert "hanya dengan persetujuan orang kedua" in text


@pytest.mark.parametrize(
    "unit", [UNIT, "meja-nasional", "propam-polrestabes-surabaya", "istana", ""]
)
def test_a_unit_that_may_not_get_it_is_refused(wide: Desk, unit: str) -> None:
    number = wide.number(wide.file())

    refused = send(wide.client("bagus"), number, unit)

    assert refused.status_code == 422
    assert WHY in refused.text
    assert wide.rows('SELECT unit FROM "case"')[0][0] == UNIT


def test_a_reason_is_needed(wide: Desk) -> None:
    number = wide.number(wide.file())

    assert send(wide.client("bagus"), number, FREE, alasan=" ").status_code == 422


def test_what_the_reporter_excluded_takes_two_people_and_is_told(wide: Desk) -> None:
    case = wide.file(exclude=[NAMED])
    number, bagus, sari = wide.number(case), wide.client("bagus"), _sari_to(wide, NAMED)

    assert send(bagus, number, NAMED).status_code == 303
    assert wide.rows('SELECT unit FROM "case"')[0][0] == UNIT, "asking alone moves nothing"
    assert sari.get(f"/kasus/{number}").status_code == 404
    assert answer(bagus, number, "setuju").status_code == 409, "not by the one who asked"
    assert answer(wide.client("rani"), number, "setuju").status_code == 303

    assert sari.get(f"/kasus/{number}").status_code == 200
    assert wide.client("rani").get(f"/kasus/{number}").status_code == 404
    assert _told(wide, case, "case.rerouted") == [{"desk": "apip_prov", "is_override": True}]
    assert [o["unit"] for o in _told(wide, case, "case.override_asked")] == [NAMED]
    assert [o["is_confirmed"] for o in _told(wide, case, "case.override_ended")] == [True]


def test_the_second_person_may_refuse(wide: Desk) -> None:
    case = wide.file(exclude=[NAMED])
    number, rani = wide.number(case), wide.client("rani")
    send(wide.client("bagus"), number, NAMED)
    assert f"/kasus/{number}/alih/setuju" in rani.get(f"/kasus/{number}").text

    assert answer(rani, number, "tolak").status_code == 303

    assert wide.rows('SELECT unit FROM "case"')[0][0] == UNIT
    assert answer(rani, number, "setuju").status_code == 409, "it was decided"
    assert _told(wide, case, "case.rerouted") == []


def test_a_confirmation_of_another_unit_than_was_asked_is_refused(wide: Desk) -> None:
    number = wide.number(wide.file(exclude=[NAMED]))
    send(wide.client("bagus"), number, NAMED)

    assert answer(wide.client("rani"), number, "setuju", unit=FREE).status_code == 409


def test_a_case_that_others_follow_or_that_has_ended_stays(wide: Desk) -> None:
    main, other = (wide.number(wide.file()) for _ in range(2))
    bagus = wide.client("bagus")
    merge(wide.client("rani"), other, main)

    assert send(bagus, main, FREE).status_code == 409
    assert send(bagus, other, FREE).status_code == 409
    assert _state(wide, other) == "merged"
