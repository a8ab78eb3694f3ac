"""An auditor reads what was done in every unit; no story, no case hidden from them."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from datetime import timedelta

import pytest

from services.triage.web.trail.words import KINDS, OURS
from tests.service.triage.desk import OTHER_UNIT, STORY, Desk
from tests.service.triage.staff import invite
from tests.service.triage.test_moving import _move as move

TIE = "INSERT INTO person_tie (person, unit) VALUES ('kirana', 'inspektorat-sumsel')"


def _page(desk: Desk, query: str = "") -> str:
    answer = desk.client("kirana").get(f"/jejak{query}")
    assert answer.status_code == 200, query
    return answer.text


def _file(desk: Desk, query: str = "") -> list[list[str]]:
    text = desk.client("kirana").get(f"/jejak.csv{query}").get_data(as_text=True)
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))[1:]


def _exclude_the_auditor(desk: Desk) -> None:
    with desk.house.transactions.begin() as tx:
        tx.connection.exec_driver_sql(TIE)


def test_every_kind_of_fact_has_a_name() -> None:
    assert set(OURS) == set(KINDS)


def test_an_auditor_sees_who_opened_what_in_every_unit(desk: Desk) -> None:
    ours, theirs = desk.file(), desk.file(unit=OTHER_UNIT)
    rani = desk.client("rani")
    rani.open_case("rani", desk.number(ours))
    move(rani, desk.number(ours), "verifying", alasan="cocok dengan tarif")

    page = _page(desk)

    assert desk.number(ours) in page
    assert desk.number(theirs) in page
    assert "Uraian diambil untuk dibaca" in page
    assert "Rani N." in page
    assert "Status menjadi Diverifikasi" in page
    assert STORY not in page


def test_what_was_read_is_found_by_number_person_kind_and_day(desk: Desk) -> None:
    number, other = desk.number(desk.file()), desk.number(desk.file())
    desk.client("rani").open_case("rani", number)
    move(desk.client("bagus"), other, "verifying")

    assert {row[5] for row in _file(desk, f"?nomor={number}")} == {number}
    assert {row[1] for row in _file(desk, "?orang=bagus")} == {"Bagus S."}
    assert {row[1] for row in _file(desk, "?orang=RANI&jenis=case.read")} == {"Rani N."}
    assert {row[2] for row in _file(desk, "?jenis=case.moved")} == {"case.moved"}
    assert _file(desk, "?dari=2026-11-24") == []
    assert _file(desk, "?sampai=2026-11-22") == []
    assert len(_file(desk, "?dari=2026-11-23&sampai=2026-11-23&jenis=case.opened")) == 2
    assert _file(desk, "?nomor=KTG-2026-11-9999") == []


def test_an_excluded_auditor_learns_nothing_of_the_case(desk: Desk) -> None:
    hidden = desk.number(desk.file(exclude=["inspektorat-sumsel"]))
    desk.client("rani").open_case("rani", hidden)
    # Another auditor has asked for the case; their reading must not give it away.
    _page(desk, f"?nomor={hidden}")
    desk.client("kirana").get(f"/jejak/{hidden}")
    _exclude_the_auditor(desk)

    kirana = desk.client("kirana")

    assert hidden not in kirana.get("/jejak").text.replace(f'value="{hidden}"', "")
    assert hidden not in str(_file(desk))
    assert _file(desk, f"?nomor={hidden}") == _file(desk, "?nomor=KTG-2026-11-9999") == []
    assert kirana.get(f"/jejak/{hidden}").status_code == 404
    seen = kirana.get(f"/jejak?nomor={hidden}").text.replace(hidden, "X")
    other = kirana.get("/jejak?nomor=KTG-2026-11-9999").text.replace("KTG-2026-11-9999", "X")
    assert _without_token(seen) == _without_token(other)


def test_a_fact_of_a_hidden_case_is_no_place_to_go_on_from(small_desk: Desk) -> None:
    case = small_desk.file(exclude=["inspektorat-sumsel"])
    _exclude_the_auditor(small_desk)
    id = small_desk.rows("SELECT id FROM fact WHERE subject = :c", c=case)[0][0]
    kirana = small_desk.client("kirana")

    hidden = kirana.get(f"/jejak?sesudah={id}").status_code
    unknown = kirana.get("/jejak?sesudah=0192f000-0000-7000-8000-000000000000").status_code

    assert hidden == unknown == 422


def test_reading_the_trail_is_a_fact_that_stays_in_the_house(small_desk: Desk) -> None:
    case = small_desk.file()
    number = small_desk.number(case)
    _page(small_desk, "?orang=rani")
    _page(small_desk, f"?nomor={number}")
    _file(small_desk)
    small_desk.client("kirana").get(f"/jejak/{number}")

    rows = small_desk.rows(
        "SELECT payload, subject, \"by\", private FROM fact WHERE type = 'trail.read' "
        "ORDER BY position"
    )

    assert [(row[0], row[1]) for row in rows] == [
        ('{"what":"list orang=rani"}', None),
        ('{"what":"list"}', case),
        ('{"what":"file"}', None),
        ('{"what":"case"}', case),
    ]
    assert {(row[2], bool(row[3])) for row in rows} == {("kirana", True)}


def test_what_an_auditor_read_is_said_in_words(small_desk: Desk) -> None:
    _page(small_desk, "?jenis=case.read")

    page = _page(small_desk, "?jenis=trail.read")

    assert "daftar, Naskah tersegel diambil" in page
    assert "list jenis" not in page


def test_pages_follow_each_other_and_miss_nothing(small_desk: Desk) -> None:
    for _ in range(15):
        small_desk.file()
        small_desk.clock.advance(timedelta(minutes=7))
    kirana = small_desk.client("kirana")
    rows, to = [], "/jejak?jenis=case.routed"
    for kind in ("case.opened", "case.routed", "case.candidates_considered"):
        assert len(_file(small_desk, f"?jenis={kind}")) == 15
    to = "/jejak?sampai=2026-11-23"
    told = _file(small_desk, "?sampai=2026-11-23")
    while to:
        page = kirana.get(to).text
        rows += re.findall(r"<tr role=\"row\"><td role=\"cell\" class=\"kecil\">", page)
        onward = re.search(r'href="([^"]+)" rel="next"', page)
        to = onward[1].replace("&amp;", "&") if onward else ""

    assert len(rows) >= len(told) > 50


def test_the_case_page_of_an_auditor_has_facts_and_no_way_to_the_story(small_desk: Desk) -> None:
    number = small_desk.number(small_desk.file())

    page = small_desk.client("kirana").get(f"/jejak/{number}").text

    assert "kantor yang dilaporkan" in page or "unit terendah" in page
    assert f"/kasus/{number}" not in page
    assert "data-kunci" not in page


def test_the_sheet_holds_the_same_rows_as_text(small_desk: Desk) -> None:
    number = small_desk.number(small_desk.file())
    answer = small_desk.client("kirana").get(f"/jejak.xlsx?nomor={number}&dari=2026-11-23")

    book = zipfile.ZipFile(io.BytesIO(answer.get_data()))
    cells = book.read("xl/worksheets/sheet1.xml").decode()

    assert cells.count("<row ") == len(_file(small_desk, f"?nomor={number}&dari=2026-11-23"))
    assert number in cells
    assert "<f>" not in cells


@pytest.mark.parametrize(
    "query", ["jenis=apa", "dari=kemarin", "sampai=2026-02-30", "sesudah=x", "orang=" + "a" * 61]
)
def test_a_filter_nobody_knows_is_refused(small_desk: Desk, query: str) -> None:
    assert small_desk.client("kirana").get(f"/jejak?{query}").status_code == 422


def _without_token(page: str) -> str:
    return re.sub(r'name="csrf_token" value="[^"]+"', "", page)


def test_only_the_national_desk_has_auditors(small_desk: Desk) -> None:
    assert invite(small_desk, peran="auditor").status_code == 422
