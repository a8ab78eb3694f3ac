"""The supervisor's board: every figure is exactly the cases its link shows."""

from __future__ import annotations

import csv
import html
import io
import re
from datetime import timedelta

import pytest

from services.triage.actions.tick import tick
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
    assert figures["/?janji=verify&hasil=terlambat"] >= 2
    assert sum(n for to, n in figures.items() if "masuk=" in to) == 4
    assert sum(n for to, n in figures.items() if "umur=" in to) == 4


def test_a_promise_broken_once_stays_broken(desk: Desk) -> None:
    number = desk.number(desk.file())
    _later(desk, days=9)
    _breach(desk)
    _verify(desk, number)

    figures = _figures(desk.client("bagus").get("/papan").text)

    assert figures["/?janji=verify&hasil=terlambat"] == 1
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


@pytest.mark.parametrize(
    "query",
    ["tenggat=besok", "umur=9", "masuk=2026-W60", "selesai=x", "janji=apa&hasil=tepat",
     "janji=verify", "hasil=tepat", "umur=61&masuk=2026-W47"],
)  # fmt: skip
def test_a_filter_nobody_knows_is_refused(small_desk: Desk, query: str) -> None:
    assert small_desk.client("rani").get(f"/?{query}").status_code == 422
    assert small_desk.client("rani").get(f"/antrean.csv?{query}").status_code == 422


def test_each_filter_can_be_taken_away(small_desk: Desk) -> None:
    page = small_desk.client("rani").get("/?janji=verify&hasil=tepat&umur=61").text

    assert 'href="/?umur=61"' in page
    assert 'href="/?janji=verify&amp;hasil=tepat"' in page
