"""Saved views: a person's own names for filters of the queue, and the views everybody has."""

from __future__ import annotations

import re

import pytest

from services.triage.actions.keep_view import MOST
from tests.service.triage.desk import Browser, Desk

LATE = {"nama": "Terlambat P1", "saringan": "prioritas=P1&tenggat=lewat"}


def _keep(browser: Browser, **form: str) -> int:
    return browser.post("/tampilan", {**LATE, **form}, page="/tampilan").status_code


def _tabs(browser: Browser, path: str = "/") -> dict[str, tuple[str, int]]:
    """name → (address, count) of the views above the queue."""
    found = re.findall(
        r'<a href="([^"]+)"(?: aria-current="page")?>([^<]+?) <span class="n">(\d+)</span>',
        browser.get(path).text,
    )
    return {name: (to.replace("&amp;", "&"), int(count)) for to, name, count in found}


def _id(page: str) -> str:
    found = re.search(r'action="/tampilan/([0-9a-f-]{36})/', page)
    assert found is not None
    return found[1]


def test_everybody_sees_what_is_free_mine_waiting_and_late(desk: Desk) -> None:
    number = desk.number(desk.file())
    desk.file()
    browser = desk.client("rani")
    for state in ("verifying", "assigned"):
        version = desk.rows('SELECT version FROM "case" WHERE number = :n', n=number)[0][0]
        form = {"ke": state, "versi": version, "penerima": "rani"}
        assert browser.post(f"/kasus/{number}/pindah", form).status_code == 303

    tabs = _tabs(browser)

    assert {name: count for name, (_, count) in tabs.items()} == {
        "Semua": 2, "Belum dipegang": 1, "Kasus saya": 1, "Menunggu pelapor": 0, "Terlambat": 0,
    }  # fmt: skip
    assert number in browser.get(tabs["Kasus saya"][0]).text
    assert number not in browser.get(tabs["Belum dipegang"][0]).text
    assert number not in desk.client("tirta").get(tabs["Kasus saya"][0]).text


def test_a_view_is_kept_under_its_name_for_its_person_alone(desk: Desk) -> None:
    browser = desk.client("rani")

    assert _keep(browser) == 303

    assert _tabs(browser)["Terlambat P1"] == ("/?prioritas=P1&tenggat=lewat", 0)
    assert "Terlambat P1" not in desk.client("tirta").get("/").text
    other = desk.client("tirta")
    id = _id(browser.get("/tampilan").text)
    assert other.post(f"/tampilan/{id}/hapus", {}, page="/tampilan").status_code == 404
    assert "Terlambat P1" in _tabs(browser)


def test_a_dropped_view_can_be_taken_back(desk: Desk) -> None:
    browser = desk.client("rani")
    _keep(browser)
    id = _id(browser.get("/tampilan").text)

    dropped = browser.post(f"/tampilan/{id}/hapus", {}, page="/tampilan")

    page = browser.get(dropped.location).text
    assert "Tampilan “Terlambat P1” dihapus" in page
    assert "Terlambat P1" not in _tabs(browser)
    browser.post(f"/tampilan/{id}/pulih", {}, page="/tampilan")
    assert "Terlambat P1" in _tabs(browser)


def test_the_name_of_a_dropped_view_is_free_again(small_desk: Desk) -> None:
    browser = small_desk.client("rani")
    _keep(browser)
    assert _keep(browser) == 409
    browser.post(f"/tampilan/{_id(browser.get('/tampilan').text)}/hapus", {}, page="/tampilan")

    assert _keep(browser) == 303


@pytest.mark.parametrize(
    ("form", "status"),
    [({"nama": " "}, 422), ({"nama": "x" * 61}, 422), ({"nama": "a\x00b"}, 422),
     ({"saringan": ""}, 422), ({"saringan": "status=apa"}, 422), ({"saringan": "warna=biru"}, 422)],
)  # fmt: skip
def test_a_view_that_means_nothing_is_refused(
    small_desk: Desk, form: dict[str, str], status: int
) -> None:
    browser = small_desk.client("rani")

    assert _keep(browser, **form) == status
    assert small_desk.rows("SELECT 1 FROM saved_view") == []


def test_views_are_few(small_desk: Desk) -> None:
    browser = small_desk.client("rani")
    for count in range(MOST):
        assert _keep(browser, nama=f"Tampilan {count}") == 303

    assert _keep(browser) == 409


@pytest.mark.parametrize("typed", ["kartu", "palembang", "PALEMBANG", "0001", "KTG-2026"])
def test_a_case_is_found_by_number_service_or_region(desk: Desk, typed: str) -> None:
    services = desk.house.rulebook.services
    typed = services["kependudukan"].in_language("id")[:3] if typed == "kartu" else typed
    desk.file()

    page = desk.client("rani").get(f"/?cari={typed}").text

    assert "1 kasus" in page


@pytest.mark.parametrize("typed", ["surabaya", "9999", "%25", "_", "kepolisian luar angkasa"])
def test_what_names_no_case_finds_none(desk: Desk, typed: str) -> None:
    desk.file()

    page = desk.client("rani").get(f"/?cari={typed}").text

    assert "Tidak ada kasus dengan saringan ini" in page


def test_shortcuts_can_be_switched_off_and_on(small_desk: Desk) -> None:
    browser = small_desk.client("rani")
    assert "data-menyala" in browser.get("/").text

    browser.post("/pintasan", {}, page="/")
    assert "data-menyala" not in browser.get("/").text

    browser.post("/pintasan", {}, page="/")
    assert "data-menyala" in browser.get("/").text
