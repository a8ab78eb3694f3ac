"""What waits for a second person, and which units cannot receive: to those who may act on it."""

from __future__ import annotations

from pathlib import Path

from shared.rulebook.carrying import packed
from shared.web.i18n import LANGUAGES
from tests.service.triage.desk import OTHER_UNIT, UNIT, Desk
from tests.service.triage.rulebooks import WHY, changed_rules, propose
from tests.service.triage.test_moving import _move
from tests.service.triage.test_rejecting import WHY as FALSE
from tests.service.triage.test_rejecting import ask


def _waits(desk: Desk, name: str) -> str:
    page: str = desk.client(name).get("/menunggu").text
    return page


def test_a_wish_about_a_case_waits_for_another_who_may_see_it(desk: Desk) -> None:
    number = desk.number(desk.file(exclude=["inspektorat-sumsel"]))
    _move(desk.client("rani"), number, "verifying")
    ask(desk, number)

    seen = _waits(desk, "bagus")
    assert f"/kasus/{number}/palsu" in seen
    assert FALSE in seen
    for name in ("rani", "tirta", "sari", "nila", "kirana", "laras"):
        assert number not in _waits(desk, name), name

    _move(desk.client("rani"), number, "assigned", penerima="rani")
    assert number not in _waits(desk, "bagus"), "the case moved on"


def test_a_proposal_waits_for_the_other_administrator(small_desk: Desk, tmp_path: Path) -> None:
    page = propose(small_desk.client("laras"), packed(changed_rules(tmp_path)))

    assert page in _waits(small_desk, "yudi")
    assert WHY in _waits(small_desk, "yudi")
    for name in ("laras", "nila", "rani", "kirana"):
        assert page not in _waits(small_desk, name), name


def test_enrolling_anew_waits_for_another_key_officer(small_desk: Desk) -> None:
    answer = small_desk.client("nila").post(
        "/orang/tirta/ulang", {"sebab": "ponselnya hilang di pasar"}, page="/orang/tirta"
    )
    assert answer.status_code == 303

    assert "/orang/tirta" in _waits(small_desk, "wahyu")
    for name in ("nila", "bagus", "laras"):
        assert "/orang/tirta" not in _waits(small_desk, name), name


def test_units_that_cannot_receive_stand_first_with_what_is_missing(small_desk: Desk) -> None:
    units = small_desk.house.rulebook.units
    page = small_desk.client("laras").get("/pengaturan/unit").text
    lacking, _, every = page.partition("Semua unit")

    assert units.by_id["meja-nasional"].name in lacking
    assert units.by_id[UNIT].name not in lacking
    assert units.by_id[OTHER_UNIT].name not in lacking
    assert units.by_id[UNIT].name in every
    assert f"Semua unit: {len(units.by_id)}" in page


def test_a_key_officer_sees_the_units_they_look_after(small_desk: Desk) -> None:
    names = {one: unit.name for one, unit in small_desk.house.rulebook.units.by_id.items()}
    page = small_desk.client("nila").get("/pengaturan/unit").text

    assert names[UNIT] in page
    assert names[OTHER_UNIT] not in page


def test_every_offered_language_is_counted_sentence_by_sentence(small_desk: Desk) -> None:
    page = small_desk.client("laras").get("/pengaturan/bahasa").text

    assert page.count("100%") == len(LANGUAGES)
    assert small_desk.house.settings.brand in page
    assert "KENTONGAN_EXIT_URL" in page
