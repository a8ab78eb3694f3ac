"""An auditor opens a finished case again, and sees no more of it than before."""

from __future__ import annotations

import re

from shared.contracts.reporting import ResultRated
from tests.service.triage.desk import Browser, Desk
from tests.service.triage.test_judgement import told as told
from tests.service.triage.test_moving import _state
from tests.service.triage.test_trail import _exclude_the_auditor

Told = tuple[Desk, str, str]


def _reopen(kirana: Browser, number: str, reason: str = "Kuitansinya tidak diperiksa.") -> int:
    path = f"/jejak/{number}/buka-kembali"
    version = re.search('name="versi" value="([0-9]+)"', kirana.get(path).text)
    form = {"alasan": reason, "versi": version[1] if version else ""}
    return kirana.post(path, form, page="/masuk").status_code


def _closed(told: Told) -> tuple[Desk, str]:
    desk, case, number = told
    desk.hear(desk.fact(ResultRated(1, False, 2), case, {}))
    assert _state(desk, number) == "closed"
    return desk, number


def test_an_auditor_opens_a_closed_case_again_with_a_reason(told: Told) -> None:
    desk, number = _closed(told)
    kirana = desk.client("kirana")
    assert f"/jejak/{number}/buka-kembali" in kirana.get(f"/jejak/{number}").text

    assert _reopen(kirana, number, reason="") == 422
    assert _state(desk, number) == "closed"
    assert _reopen(kirana, number) == 303

    assert _state(desk, number) == "reopened"
    assert "Kuitansinya tidak diperiksa." in desk.client("rani").get(f"/kasus/{number}").text
    assert "data-kunci" not in kirana.get(f"/jejak/{number}").text


def test_a_case_that_is_not_closed_is_not_opened_again(told: Told) -> None:
    desk, _, number = told
    kirana = desk.client("kirana")

    assert _reopen(kirana, number) == 409

    assert _state(desk, number) == "reporter_response"
    assert "buka-kembali" not in kirana.get(f"/jejak/{number}").text


def test_an_auditor_in_conflict_finds_no_case_to_open_again(small_desk: Desk) -> None:
    number = small_desk.number(small_desk.file(exclude=["inspektorat-sumsel"]))
    _exclude_the_auditor(small_desk)
    kirana = small_desk.client("kirana")

    assert kirana.get(f"/jejak/{number}/buka-kembali").status_code == 404
    assert _reopen(kirana, number) == _reopen(kirana, "KTG-2026-11-9999") == 404
