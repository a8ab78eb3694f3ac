"""Whoever works at the desk can read the rules it works by, with their sources."""

from __future__ import annotations

import pytest

from services.triage.web.rules import limit_words
from tests.service.triage.desk import Desk


def test_every_promise_stands_with_its_limit_and_its_source(small_desk: Desk) -> None:
    page = small_desk.client("rani").get("/aturan").text

    for rule in small_desk.house.rulebook.clocks.values():
        assert rule.name in page
        assert (rule.legal_basis or rule.source) in page
    assert small_desk.house.rulebook.version in page


def test_the_days_that_do_not_count_are_named_before_they_come(small_desk: Desk) -> None:
    page = small_desk.client("rani").get("/aturan").text

    assert "Kamis, 24 Desember 2026" in page, "cuti bersama"
    assert "Jumat, 25 Desember 2026" in page
    assert "Sabtu, 26 Desember 2026" not in page, "weekends are not listed"


def test_a_unit_is_found_by_its_name(small_desk: Desk) -> None:
    rani = small_desk.client("rani")

    assert "Inspektorat Kota Palembang" in rani.get("/aturan/unit?cari=kota+palembang").text
    assert "Tidak ada unit bernama itu" in rani.get("/aturan/unit?cari=tidak-ada").text
    assert rani.get("/aturan/unit?cari=" + "x" * 81).status_code == 422


def test_a_unit_shows_where_lateness_rises_and_who_handles_a_report_on_itself(
    small_desk: Desk,
) -> None:
    units = small_desk.house.rulebook.units
    one = next(unit for unit in units if unit.office and unit.parent)

    page = small_desk.client("rani").get(f"/aturan/unit/{one.id}").text

    assert units.by_id[one.parent].name in page
    handles, _, never = page.partition("Yang tidak akan pernah melihatnya")
    assert f"<li>{one.name}</li>" in never
    assert f"<li>{one.name}</li>" not in handles


def test_a_unit_that_is_not_there_is_refused_by_name(small_desk: Desk) -> None:
    answer = small_desk.client("rani").get("/aturan/unit/tidak-ada")

    assert answer.status_code == 422
    assert "Unit itu tidak ada dalam daftar" in answer.text


@pytest.mark.parametrize(
    ("limit", "words"),
    [
        ("4h", "4 jam"),
        ("30m", "30 menit"),
        ("3wd", "3 hari kerja"),
        ("60d 60wd", "yang lebih dulu: 60 hari, 60 hari kerja"),
    ],
)
def test_a_limit_is_told_in_words(small_desk: Desk, limit: str, words: str) -> None:
    with small_desk.app.test_request_context("/"):
        assert limit_words(limit) == words
