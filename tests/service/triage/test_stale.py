"""A form filled in before somebody else changed the case says who did what, whichever it is."""

from __future__ import annotations

import pytest

from tests.service.triage.desk import Desk
from tests.service.triage.test_moving import _move
from tests.service.triage.test_withdrawal import ask

WHY = {"alasan": "Sudah dicek dengan rekan satu unit."}
FORMS: dict[str, dict[str, str]] = {
    "pindah": {"ke": "verifying"},
    "prioritas": {"prioritas": "P1"},
    "alih": {"unit": "ombudsman-sumsel"},
    "gabung": {"utama": "KTG-2026-11-0002"},
    "cabut": {"ke": "1", "putusan": "tolak"},
}


def _post(desk: Desk, number: str, form: str, version: str) -> tuple[int, str]:
    typed = {**WHY, **FORMS[form], "versi": version}
    answer = desk.client("bagus").post(f"/kasus/{number}/{form}", typed)
    return answer.status_code, answer.text


@pytest.fixture
def number(small_desk: Desk) -> str:
    """A case whose priority Rani has changed since it was opened; its reporter wants it back."""
    case = small_desk.file()
    small_desk.file()
    ask(small_desk, case)
    found = small_desk.number(case)
    form = {"prioritas": "P2", "versi": "1", **WHY}
    assert small_desk.client("rani").post(f"/kasus/{found}/prioritas", form).status_code == 303
    return found


@pytest.mark.parametrize("form", FORMS)
def test_every_form_of_a_stale_page_says_who_did_what(
    small_desk: Desk, number: str, form: str
) -> None:
    status, page = _post(small_desk, number, form, "1")

    assert status == 409
    assert "Rani N." in page
    assert "Prioritas menjadi P2" in page
    assert "Diterima" in page
    assert WHY["alasan"] in page, "nothing typed is lost"


@pytest.mark.parametrize("version", ["", "x", "99999999999", "-1"])
def test_a_form_without_a_version_is_stale(small_desk: Desk, number: str, version: str) -> None:
    assert _post(small_desk, number, "pindah", version)[0] == 409


def test_what_the_reporter_or_a_clock_did_is_nobodys(small_desk: Desk) -> None:
    number = small_desk.number(small_desk.file())
    with small_desk.house.transactions.begin() as tx:
        tx.connection.exec_driver_sql('UPDATE "case" SET version = 2, changed_by = NULL')

    status, page = _post(small_desk, number, "pindah", "1")

    assert status == 409
    assert "sistem atau pelapor" in page


def test_the_newest_change_is_told(small_desk: Desk, number: str) -> None:
    _move(small_desk.client("rani"), number, "verifying")

    assert "Status menjadi Diverifikasi" in _post(small_desk, number, "prioritas", "2")[1]
