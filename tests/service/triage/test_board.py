"""The supervisor's board: every figure is exactly the cases its link shows."""

from __future__ import annotations

import csv
import html
import io
import re
from datetime import timedelta

import pytest
from pypdf import PdfReader

from services.triage.actions.tick import tick
from shared.contracts.reporting import ResultObjected, ResultRated
from tests.service.triage.desk import Desk
from tests.service.triage.test_moving import _move as move

FIGURE = re.compile(r'<a href="(/\?[^"]+)">\s*(?:<b[^>]*>)?(\d+)')
URGENT = {"coercion": "violence", "timing": "le48h"}


def _figures(page: str) -> dict[str, int]:
    return {html.unescape(to): int(number) for to, number in FIGURE.findall(page)}


def _total(desk: Desk, to: str) -> int:
    found = re.search(r"(\d+) kasus", desk.client("bagus").get(to).text)
    assert found is not None, to
    return int(found[1])


def _later(desk: Desk, **span: int) -> None:
    desk.clock.advance(timedelta(**span))


def _verify(desk: Desk, number: str) -> None:
    """Both of its steps, so that the clock of verification stops."""
    rani = desk.client("rani")
    move(rani, number, "verifying")
    move(rani, number, "assigned")


def _breach(desk: Desk) -> None:
    with desk.house.transactions.begin() as tx:
        tick(tx, desk.house.rulebook)


def test_every_figure_is_what_its_link_shows(desk: Desk) -> None:
    old = [desk.number(desk.file()) for _ in range(2)]
    _later(desk, days=9)
    desk.file(**URGENT)
    _breach(desk)
    _verify(desk, old[0])
    _later(desk, days=1)
    desk.file()

    figures = _figures(desk.client("bagus").get("/papan").text)

    assert {to: _total(desk, to) for to in figures} == figures
    assert figures["/?tenggat=lewat"] >= 2
    assert figures["/?janji=verify&hasil=terlambat&bulan=2026-12"] >= 2
    assert sum(n for to, n in figures.items() if "masuk=" in to) == 4
    assert sum(n for to, n in figures.items() if "umur=" in to) == 4


def test_a_promise_broken_once_stays_broken(desk: Desk) -> None:
    number = desk.number(desk.file())
    _later(desk, days=9)
    _breach(desk)
    _verify(desk, number)

    figures = _figures(desk.client("bagus").get("/papan").text)

    assert figures["/?janji=verify&hasil=terlambat&bulan=2026-12"] == 1
    assert "/?janji=verify&hasil=tepat" not in figures


def test_an_excluded_supervisor_counts_nothing_of_the_case(desk: Desk) -> None:
    desk.file(exclude=["inspektorat-sumsel"])
    with desk.house.transactions.begin() as tx:
        tx.connection.exec_driver_sql(
            "INSERT INTO person_tie (person, unit) VALUES ('bagus', 'inspektorat-sumsel')"
        )

    page = desk.client("bagus").get("/papan").text

    assert not any(_figures(page).values())
    assert "Tidak ada kasus terbuka" in page


def test_only_a_supervisor_has_a_board(small_desk: Desk) -> None:
    assert small_desk.client("rani").get("/papan").status_code == 403
    assert "/papan" not in small_desk.client("rani").get("/").text
    assert "/papan" in small_desk.client("bagus").get("/").text


def test_an_empty_board_says_so(small_desk: Desk) -> None:
    page = small_desk.client("bagus").get("/papan").text

    assert "Tidak ada janji yang terlambat" in page
    assert "Belum ada janji yang selesai" in page


def test_the_file_holds_exactly_what_is_filtered(desk: Desk) -> None:
    desk.file()
    urgent = desk.file(**URGENT)

    answer = desk.client("rani").get("/antrean.csv?prioritas=P1")

    rows = list(csv.reader(io.StringIO(answer.get_data(as_text=True).removeprefix("\ufeff"))))
    assert answer.mimetype == "text/csv"
    assert [row[0] for row in rows] == ["Nomor", desk.number(urgent)]
    assert "antrean.csv" in answer.headers["Content-Disposition"]


def _close(desk: Desk, case: str) -> None:
    """All the way to the reporter's answer."""
    number, rani = desk.number(case), desk.client("rani")
    move(rani, number, "verifying")
    move(rani, number, "assigned", penerima="rani")
    move(rani, number, "investigating", **{"bebas-benturan": "on"})
    move(rani, number, "proposed", hasil="money_returned", alasan="x", tindakan=["site_visited"])
    move(desk.client("bagus"), number, "reporter_response")
    desk.hear(desk.fact(ResultRated(1, True, 4), case, {}))


def test_a_months_figures_and_grade_are_the_cases_behind_them(desk: Desk) -> None:
    cases = [desk.file() for _ in range(5)]
    late = desk.file(**URGENT)
    _later(desk, days=1)
    _breach(desk)
    for case in cases:
        _close(desk, case)
    desk.hear(desk.fact(ResultObjected(1, 1), cases[0], {}))

    page = desk.client("bagus").get("/papan").text
    figures = _figures(page)
    of_month = {to: number for to, number in figures.items() if "bulan=2026-11" in to}

    assert {to: _total(desk, to) for to in of_month} == of_month
    assert of_month["/?langkah=closed&bulan=2026-11"] == 5
    assert of_month["/?langkah=reopened&bulan=2026-11"] == 1
    assert of_month["/?langkah=rated&bulan=2026-11"] == 5
    assert of_month["/?prioritas=P1&janji=semua&hasil=terlambat&bulan=2026-11"] == 1
    assert of_month["/?janji=verify&hasil=tepat&bulan=2026-11"] == 5
    assert "Nilai B" in page
    assert "bagian dibuka kembali, janji P1 terlambat" in page
    assert "4.0 dari 5" in page
    assert desk.number(late) in page


def test_the_report_prints_the_boards_figures_in_both_languages(small_desk: Desk) -> None:
    _close(small_desk, small_desk.file())
    bagus = small_desk.client("bagus")
    board = bagus.get("/papan").text

    answer = bagus.get("/papan/laporan.pdf?bulan=2026-11")
    pdf = PdfReader(io.BytesIO(answer.get_data()))
    words = " ".join("".join(page.extract_text() for page in pdf.pages).split())
    english = PdfReader(io.BytesIO(bagus.get("/papan/laporan.pdf?bahasa=en").get_data()))

    assert answer.mimetype == "application/pdf"
    assert answer.headers["Content-Disposition"].endswith('-2026-11.pdf"')
    for figure in ("November 2026", "Kasus ditutup 1", "100 %", "Belum dinilai"):
        assert figure in words
    assert "Inspektorat Kota Palembang" in words
    assert "Dihitung per kasus" in words
    assert "Dihitung per kasus" in board
    assert "Cases closed" in english.pages[0].extract_text()
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]


def test_the_months_add_up_to_all_time(desk: Desk) -> None:
    for _ in range(3):
        _close(desk, desk.file())
        desk.file()
        _later(desk, days=20)
        _breach(desk)
    found: dict[str, int] = {}
    for code in ("2026-11", "2026-12", "2027-01"):
        for to, number in _figures(desk.client("bagus").get(f"/papan?bulan={code}").text).items():
            if "janji=" in to and "semua" not in to and f"bulan={code}" in to:
                whole = to.replace(f"&bulan={code}", "")
                found[whole] = found.get(whole, 0) + number

    assert {to: _total(desk, to) for to in found} == found
    assert found["/?janji=verify&hasil=tepat"] == found["/?janji=verify&hasil=terlambat"] == 3


def test_a_promise_that_stands_still_is_not_yet_kept(small_desk: Desk) -> None:
    number = small_desk.number(small_desk.file())
    rani = small_desk.client("rani")
    move(rani, number, "verifying")
    move(rani, number, "waiting_reporter", alasan="Perlu tanggalnya.")

    assert "/?janji=verify&hasil=tepat&bulan=2026-11" not in _figures(
        small_desk.client("bagus").get("/papan").text
    )


def test_too_few_cases_are_not_graded(small_desk: Desk) -> None:
    _close(small_desk, small_desk.file())

    page = small_desk.client("bagus").get("/papan").text

    assert "Belum dinilai" in page
    assert "terlalu sedikit kasus ditutup" in page


def test_the_board_says_what_is_due_and_who_holds_it(small_desk: Desk) -> None:
    number = small_desk.number(small_desk.file())
    rani = small_desk.client("rani")
    move(rani, number, "verifying")
    move(rani, number, "assigned", penerima="rani")

    page = small_desk.client("bagus").get("/papan").text
    due = page.split('id="segera"')[1].split("</section>")[0]

    assert number in due
    assert "Rani N." in due
    assert f"/kasus/{number}/pindah?ke=assigned" in due


@pytest.mark.parametrize("query", ["bulan=2020-01", "bulan=x"])
def test_a_month_the_board_does_not_offer_is_refused(small_desk: Desk, query: str) -> None:
    assert small_desk.client("bagus").get(f"/papan?{query}").status_code == 422


@pytest.mark.parametrize(
    "query",
    ["bulan=2026-11", "langkah=apa", "langkah=closed&bulan=2026-13", "janji=semua&hasil=tepat",
     "janji=semua", "tenggat=besok", "umur=9", "masuk=2026-W60", "selesai=x",
     "janji=apa&hasil=tepat", "janji=verify", "hasil=tepat", "umur=61&masuk=2026-W47"],
)  # fmt: skip
def test_a_filter_nobody_knows_is_refused(small_desk: Desk, query: str) -> None:
    assert small_desk.client("rani").get(f"/?{query}").status_code == 422
    assert small_desk.client("rani").get(f"/antrean.csv?{query}").status_code == 422


def test_each_filter_can_be_taken_away(small_desk: Desk) -> None:
    page = small_desk.client("rani").get("/?janji=verify&hasil=tepat&umur=61").text

    assert 'href="/?umur=61"' in page
    assert 'href="/?janji=verify&amp;hasil=tepat"' in page
