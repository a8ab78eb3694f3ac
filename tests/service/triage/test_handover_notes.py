"""What a unit noted for itself stays behind on a re-route, unless it is said that it goes along."""

from __future__ import annotations

import base64
from typing import Any

import pytest

from shared.crypto import record
from shared.crypto.age_format import header_of
from shared.crypto.unseal import open_record
from tests.service.triage.desk import UNIT, Browser, Desk
from tests.service.triage.handing import form_of, material, prepare, with_two_units
from tests.service.triage.test_notes import SECRET, _write
from tests.service.triage.test_rerouting import FREE, send


@pytest.fixture
def two(desk: Desk) -> Desk:
    """Sari investigates in another unit of the route, which has a key."""
    return with_two_units(desk)


def _listed(browser: Browser, number: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = browser.get(f"/kasus/{number}/kunci").get_json()["notes"]
    return found


def _opened(browser: Browser, name: str, number: str, case: str) -> list[str]:
    """What kasus.js does: each unit's notes are a chain."""
    keys = browser.unit_identities(name, browser.get(f"/kasus/{number}/kunci").get_json())
    last: dict[str, str] = {}
    read = []
    for one in _listed(browser, number):
        file = browser.get(one["url"]).data
        prev, last[one["chain"]] = last.get(one["chain"], ""), record.sha256_hex(file)
        if "header" in one:
            file = base64.b64decode(one["header"]) + file[len(header_of(file)) :]
        header, body = open_record(file, keys)
        record.check_place(header, case, "unit", one["seq"], prev)
        read.append(body["text"])
    return read


def _noted(desk: Desk) -> tuple[str, str]:
    case = desk.file()
    number, rani = desk.number(case), desk.client("rani")
    _write(rani, number, SECRET)
    _write(rani, number, "Sudah ditemui.")
    return case, number


def test_notes_stay_behind_and_the_page_says_so(two: Desk) -> None:
    case, number = _noted(two)
    prepare(two.client("rani"), number)
    assert "Catatan unit tidak ikut" in two.client("bagus").get(f"/kasus/{number}/alih").text

    send(two.client("bagus"), number, FREE)

    sari = two.client("sari")
    assert _listed(sari, number) == []
    assert sari.get(f"/kasus/{number}/catatan/1").status_code == 404
    assert (
        "Rani N."
        not in sari.get(f"/kasus/{number}").text.split('id="catatan"')[1].split("</section>")[0]
    )
    _write(sari, number, "Unit baru mulai.")
    assert _opened(sari, "sari", number, case) == ["Unit baru mulai."]


def test_notes_go_along_where_that_was_said(two: Desk) -> None:
    case, number = _noted(two)
    assert "Sertakan 2 catatan unit" in two.client("rani").get(f"/kasus/{number}/alih/bekal").text
    assert prepare(two.client("rani"), number, notes=True).status_code == 303
    assert "2 catatan unit ikut" in two.client("bagus").get(f"/kasus/{number}/alih").text

    send(two.client("bagus"), number, FREE)

    sari = two.client("sari")
    _write(sari, number, "Unit baru mulai.")
    assert _opened(sari, "sari", number, case) == [SECRET, "Sudah ditemui.", "Unit baru mulai."]


def test_a_unit_that_gets_its_case_back_reads_its_own_notes_and_not_the_others(two: Desk) -> None:
    case, number = _noted(two)
    prepare(two.client("rani"), number)
    send(two.client("bagus"), number, FREE)
    sari = two.client("sari")
    _write(sari, number, "Catatan Sari.")
    prepare(sari, number, UNIT, "sari")
    with two.house.transactions.begin() as tx:
        tx.connection.exec_driver_sql(f"UPDATE person SET unit = '{FREE}' WHERE name = 'bagus'")
    send(two.client("bagus"), number, UNIT)

    assert _opened(two.client("rani"), "rani", number, case) == [SECRET, "Sudah ditemui."]


def test_all_notes_go_along_or_none(two: Desk) -> None:
    _, number = _noted(two)
    rani = two.client("rani")
    files = material(rani, number)["files"]
    assert [one["direction"] for one in files] == ["in", "unit", "unit"]
    form = form_of(rani, number, notes=True)
    cut = form | {"kepala": form["kepala"].rsplit(", [", 1)[0] + "]"}

    assert rani.post(f"/kasus/{number}/alih/bekal", cut).status_code == 422
