"""Urgency in words, priorities people set, tasks, and what a stale page is told."""

from __future__ import annotations

from typing import Any

import pytest

from tests.service.triage.desk import Browser, Desk
from tests.service.triage.test_moving import _move


def _set(browser: Browser, number: str, priority: str, **more: Any) -> Any:
    path = f"/kasus/{number}/prioritas"
    version = browser.get(path).text.split('name="versi" value="')[1].split('"')[0]
    return browser.post(
        path, {"prioritas": priority, "versi": version, "alasan": "Dokumen ditahan.", **more}
    )


def test_each_component_stands_with_its_words_and_points(desk: Desk) -> None:
    number = desk.number(desk.file(timing="ongoing", coercion="withhold", evidence=["foto"]))

    page = desk.client("rani").get(f"/kasus/{number}").text

    for words in ("Paksaan", "10 dari 30", "Waktu", "Masih berlangsung", "10 dari 20", "Uang",
                  "Diminta Rp250.000, dibayar Rp150.000", "Layanan pokok", "1 dari 5"):  # fmt: skip
        assert words in page, words


def test_a_persons_priority_keeps_the_machines_value_and_the_reason(desk: Desk) -> None:
    case = desk.file()
    number, rani = desk.number(case), desk.client("rani")

    assert _set(rani, number, "P1").status_code == 303

    page = rani.get(f"/kasus/{number}").text
    assert "Nilai mesin 15 dari 100: P4" in page
    assert "Diubah dari P4 oleh Rani N.: Dokumen ditahan." in page
    assert "Prioritas menjadi P1" in page
    told = desk.rows("SELECT by, private, payload FROM fact WHERE type = 'case.priority_changed'")
    assert [(row[0], bool(row[1])) for row in told] == [("rani", True)]
    assert _set(rani, number, "P2").status_code == 303
    assert "Nilai mesin 15 dari 100: P4" in rani.get(f"/kasus/{number}").text


def test_a_running_clock_keeps_its_date_and_the_next_one_follows(desk: Desk) -> None:
    case = desk.file()
    number, rani = desk.number(case), desk.client("rani")
    before = desk.rows("SELECT name, due_at FROM clock")

    _set(rani, number, "P1")

    assert desk.rows("SELECT name, due_at FROM clock") == before
    _move(rani, number, "verifying")
    _move(rani, number, "assigned")
    limits = dict(desk.rows('SELECT name, "limit" FROM clock'))
    assert limits["accept"] == "4h"


@pytest.mark.parametrize(
    ("form", "code"),
    [({"prioritas": "P9"}, 422), ({"prioritas": "P4"}, 409), ({"alasan": " "}, 422),
     ({"versi": "77"}, 409), ({"alasan": "x" * 2001}, 422)],
)  # fmt: skip
def test_a_priority_without_reason_or_change_is_refused(
    small_desk: Desk, form: dict[str, str], code: int
) -> None:
    number = small_desk.number(small_desk.file())

    assert _set(small_desk.client("rani"), number, "P1", **form).status_code == code
    assert small_desk.rows('SELECT priority FROM "case"')[0][0] == "P4"


def test_a_stale_page_says_who_changed_what(desk: Desk) -> None:
    number = desk.number(desk.file())
    desk.client("bagus")
    _set(desk.client("bagus"), number, "P1")

    for path in ("pindah", "prioritas"):
        answer = desk.client("rani").post(
            f"/kasus/{number}/{path}",
            {"versi": "1", "ke": "verifying", "prioritas": "P2", "alasan": "Ditulis lama."},
        )

        assert answer.status_code == 409
        assert "Bagus S." in answer.text
        assert "Prioritas menjadi P1" in answer.text
        assert "Ditulis lama." in answer.text


def test_a_task_is_added_done_and_taken_back(desk: Desk) -> None:
    number, rani = desk.number(desk.file()), desk.client("rani")

    added = rani.post(f"/kasus/{number}/tugas", {"tugas": "check_tariff", "hari": "2026-11-24"})

    assert added.status_code == 303
    page = rani.get(f"/kasus/{number}").text
    assert "Cek tarif dan dasar hukum" in page
    assert "Sampai Selasa, 24 November 2026" in page
    done = desk.client("bagus").post(
        f"/kasus/{number}/tugas/1/selesai", {}, page=f"/kasus/{number}"
    )
    assert done.status_code == 303
    assert "Selesai. Oleh Bagus S." in rani.get(f"/kasus/{number}").text
    for _ in range(2):
        rani.post(f"/kasus/{number}/tugas/1/buka", {}, page=f"/kasus/{number}")
    assert "Sampai Selasa, 24 November 2026" in rani.get(f"/kasus/{number}").text
    told = desk.rows("SELECT payload FROM fact WHERE type LIKE 'task.%' ORDER BY position")
    assert [row[0] for row in told] == [
        '{"kind":"check_tariff","seq":1}', '{"is_done":true,"seq":1}', '{"is_done":false,"seq":1}',
    ]  # fmt: skip


def test_a_title_of_ones_own_stays_out_of_the_facts(small_desk: Desk) -> None:
    number, rani = small_desk.number(small_desk.file()), small_desk.client("rani")

    assert "Judul tidak disegel" in rani.get(f"/kasus/{number}/tugas").text
    rani.post(f"/kasus/{number}/tugas", {"tugas": "lain", "judul": "Rapat pagi"})

    assert "Rapat pagi" in rani.get(f"/kasus/{number}").text
    assert "Rapat" not in str(small_desk.rows("SELECT payload FROM fact"))


@pytest.mark.parametrize(
    "form",
    [{}, {"tugas": "lain", "judul": " "}, {"tugas": "lain", "judul": "x" * 81},
     {"tugas": "lain", "judul": "a\x00"}, {"tugas": "check_tariff", "hari": "kemarin"},
     {"tugas": "check_tariff", "hari": "2026-11-20"}, {"tugas": "visit_site", "hari": "2099-1-1"}],
)  # fmt: skip
def test_a_task_without_title_or_day_is_refused(small_desk: Desk, form: dict[str, str]) -> None:
    number, rani = small_desk.number(small_desk.file()), small_desk.client("rani")

    assert rani.post(f"/kasus/{number}/tugas", form).status_code == 422
    assert small_desk.rows("SELECT 1 FROM task") == []


def test_who_can_open_it_leaves_out_who_is_in_conflict(desk: Desk) -> None:
    number = desk.number(desk.file(exclude=["inspektorat-sumsel"]))
    free = desk.number(desk.file())
    rani = desk.client("rani")

    assert "Tirta K." not in rani.get(f"/kasus/{number}").text
    assert "Tirta K." in rani.get(f"/kasus/{free}").text
