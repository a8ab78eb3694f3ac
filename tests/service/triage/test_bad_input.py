"""Whatever a page is handed, it answers with a sentence and keeps what stood."""

from __future__ import annotations

import re

import pytest

from tests.service.triage.desk import Desk

PATHS = (
    "/kasus/%00",
    "/kasus/KTG-2026-11-%00",
    "/kasus/KTG-2026-11-0001%0A",
    "/kasus/" + "9" * 3000,
    "/kasus/KTG-2026-11-0001/amplop/in/" + "9" * 30,
    "/kasus/KTG-2026-11-0001/amplop/in/-1",
    "/kasus/KTG-2026-11-0001/bukti/%00",
    "/kasus/%F0%9F%98%80/pindah",
)
QUERIES = (
    "status=%00",
    "prioritas=P1%00",
    "lanjut=0001-01-01T00:00:00%2B14:00_" + "a" * 36,
    "lanjut=9999-12-31T23:59:59-14:00_" + "a" * 36,
    "lanjut=2026-01-01T00:00:00Z_%00",
)


@pytest.mark.parametrize("path", PATHS)
def test_an_address_that_cannot_be_is_not_found(desk: Desk, path: str) -> None:
    desk.file()

    assert desk.client("rani").get(path).status_code == 404


@pytest.mark.parametrize("query", QUERIES)
def test_a_query_that_cannot_be_is_refused(desk: Desk, query: str) -> None:
    assert desk.client("rani").get(f"/?{query}").status_code == 422


@pytest.mark.parametrize("name", ["\x00", "rani\x00", "r" * 5000, "\ud7ff\u202e", ""])
def test_a_name_that_cannot_be_is_a_wrong_name(desk: Desk, name: str) -> None:
    answer = desk.client().post("/masuk", {"siapa": name, "kunci": "A" * 43})

    assert answer.status_code == 422


@pytest.mark.parametrize(
    "form",
    [
        {"versi": "9" * 5000},
        {"versi": "²"},
        {"penerima": "\x00"},
        {"penerima": "x" * 5000},
        {"utama": "\x00"},
    ],
)
def test_a_field_that_cannot_be_moves_nothing(desk: Desk, form: dict[str, str]) -> None:
    number = desk.number(desk.file())

    answer = desk.client("rani").post(
        f"/kasus/{number}/pindah", {"ke": "merged", "versi": "1", "alasan": "x", **form}
    )

    assert answer.status_code in {409, 422}
    assert desk.rows('SELECT state FROM "case"')[0][0] == "received"


def test_a_reason_loses_what_no_database_keeps(desk: Desk) -> None:
    number = desk.number(desk.file())

    answer = desk.client("rani").post(
        f"/kasus/{number}/pindah", {"ke": "verifying", "versi": "1", "alasan": "ba\x00ik"}
    )

    assert answer.status_code == 303
    assert desk.rows("SELECT reason FROM move")[0][0] == "baik"


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "POST"])
def test_a_wrong_method_is_named(small_desk: Desk, method: str) -> None:
    browser = small_desk.client("rani")
    token = re.search(r'name="csrf_token" value="([^"]+)"', browser.get("/").text)
    assert token is not None

    answer = browser.http.open("/", method=method, headers={"X-CSRFToken": token[1]})

    assert answer.status_code == 405


def test_a_body_too_large_is_refused(small_desk: Desk) -> None:
    number = small_desk.number(small_desk.file())

    answer = small_desk.client("rani").post(
        f"/kasus/{number}/surat", {"seq": "1", "amplop": "A" * (3 << 20)}
    )

    assert answer.status_code == 413


def test_a_form_without_its_token_is_refused_and_keeps_the_reason(small_desk: Desk) -> None:
    number = small_desk.number(small_desk.file())
    browser = small_desk.client("rani")

    answer = browser.http.post(f"/kasus/{number}/pindah", data={"ke": "verifying", "alasan": "Itu"})
    stranger = small_desk.client().http.post(f"/kasus/{number}/pindah", data={"ke": "verifying"})

    assert (answer.status_code, stranger.status_code) == (400, 303)
    assert "Itu" in answer.text
