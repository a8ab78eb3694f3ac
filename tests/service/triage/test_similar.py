"""Similar reports on the case page, and dossiers: reasons in words, nothing out of sight."""

from __future__ import annotations

import re

from tests.service.triage.desk import Desk

OFFICE = "dukcapil:16.71:kependudukan"


def _section(page: str) -> str:
    found = re.search(r'<section class="panel" id="serupa".*?</section>', page, re.DOTALL)
    assert found is not None
    return found[0]


def _main(page: str) -> str:
    found = re.search(r"<main.*?</main>", page, re.DOTALL)
    assert found is not None
    return found[0]


def test_a_case_shows_what_is_like_it_and_why(desk: Desk) -> None:
    one, like = desk.file(), desk.number(desk.file(asked=260_000))
    unlike = desk.number(desk.file(asked=900_000))

    shown = _section(desk.client("rani").get(f"/kasus/{desk.number(one)}").text)

    assert like in shown
    assert unlike not in shown
    assert "kantor sama" in shown
    assert "jumlah uang berselisih 4 persen" in shown


def test_an_excluded_persons_list_is_as_if_the_case_were_not_there(small_desk: Desk) -> None:
    one = small_desk.number(small_desk.file())
    before = _section(small_desk.client("tirta").get(f"/kasus/{one}").text)

    hidden = small_desk.number(small_desk.file(exclude=["inspektorat-sumsel"]))

    assert _section(small_desk.client("tirta").get(f"/kasus/{one}").text) == before
    assert hidden in _section(small_desk.client("rani").get(f"/kasus/{one}").text)


def test_five_are_shown_though_hidden_ones_would_rank_first(small_desk: Desk) -> None:
    one = small_desk.number(small_desk.file())
    for _ in range(6):
        small_desk.file(exclude=["inspektorat-sumsel"])
    seen = {small_desk.number(small_desk.file(asked=200_000)) for _ in range(5)}

    shown = _section(small_desk.client("tirta").get(f"/kasus/{one}").text)

    assert set(re.findall(r'href="/kasus/(KTG-[0-9-]+)"', shown)) == seen


def test_a_dossier_gathers_an_office_and_a_service(desk: Desk) -> None:
    desk.file()
    desk.file(asked=150_000)
    desk.file(asked=None)
    desk.file(service="lainnya")

    page = desk.client("bagus").get("/berkas").text

    assert page.count(f'href="/?berkas={OFFICE.replace(":", "%3A")}"') == 1
    assert "Rp400.000" in page
    assert "dari 2 kasus yang menyebutnya" in page
    assert "Diterima 3" in page


def test_a_dossier_leads_to_exactly_its_cases(small_desk: Desk) -> None:
    inside = {small_desk.number(small_desk.file()) for _ in range(2)}
    small_desk.file(service="lainnya")

    page = small_desk.client("rani").get(f"/?berkas={OFFICE}").text

    assert set(re.findall(r'href="/kasus/(KTG-[0-9-]+)"', page)) == inside


def test_a_dossier_that_does_not_exist_is_refused(small_desk: Desk) -> None:
    for wrong in ("istana:16.71:sim", "dukcapil:99:sim", "dukcapil", ":::"):
        assert small_desk.client("rani").get(f"/?berkas={wrong}").status_code == 422


def test_a_hidden_case_makes_no_dossier_and_no_number(small_desk: Desk) -> None:
    small_desk.file()
    before = _main(small_desk.client("tirta").get("/berkas").text)

    small_desk.file(exclude=["inspektorat-sumsel"])

    assert _main(small_desk.client("tirta").get("/berkas").text) == before
    assert OFFICE.replace(":", "%3A") in small_desk.client("rani").get("/berkas").text
