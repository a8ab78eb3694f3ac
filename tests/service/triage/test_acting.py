"""The board's late table leads to what the supervisor may really do about each case."""

from __future__ import annotations

import re
from datetime import timedelta

import sqlalchemy as sa

from tests.service.triage.desk import Desk
from tests.service.triage.test_moving import _move
from tests.service.triage.test_ticking import ticks

WHY = "Kantor tutup tiga hari karena banjir."


def _late(desk: Desk, *, held: bool) -> str:
    number = desk.number(desk.file())
    if held:
        rani = desk.client("rani")
        _move(rani, number, "verifying")
        _move(rani, number, "assigned", penerima="rani")
    return number


def _acts(desk: Desk, number: str, name: str = "bagus") -> dict[str, str]:
    """Name → address of every act the board offers for this case."""
    board = desk.client(name).get("/papan").text
    row = next(one for one in board.split("<tr") if f"/kasus/{number}" in one)
    cell = row[row.index('class="tindakan"') :]
    return {name: to for to, name in re.findall(r'<a href="([^"]+)">([^<]+)<', cell)}


def _days(desk: Desk, days: int) -> None:
    desk.clock.advance(timedelta(days=days))
    ticks(desk, 3)


def test_each_late_case_leads_to_what_can_be_done_and_every_link_opens(desk: Desk) -> None:
    number = _late(desk, held=True)
    free = _late(desk, held=False)
    _days(desk, 5)

    held = _acts(desk, number)

    assert held == {
        "Ingatkan": f"/kasus/{number}#tenggat",
        "Maklumi": f"/kasus/{number}/alasan-terlambat",
        "Serahkan": f"/kasus/{number}/pindah?ke=assigned",
    }
    assert list(_acts(desk, free)) == ["Maklumi", "Ubah status"]
    bagus = desk.client("bagus")
    for to in held.values():
        assert bagus.get(to.partition("#")[0]).status_code == 200
    assert 'id="tenggat"' in bagus.get(f"/kasus/{number}").text


def test_what_was_done_is_offered_no_more(small_desk: Desk) -> None:
    number = _late(small_desk, held=True)
    _days(small_desk, 5)
    bagus = small_desk.client("bagus")

    bagus.post(f"/kasus/{number}/ingatkan", {}, page=f"/kasus/{number}")
    form = {"tenggat": "accept-0", "alasan": WHY}
    assert bagus.post(f"/kasus/{number}/alasan-terlambat", form).status_code == 303

    assert list(_acts(small_desk, number)) == ["Serahkan"]
    assert "Sudah diingatkan hari ini" in bagus.get("/papan").text
    _days(small_desk, 1)
    assert list(_acts(small_desk, number)) == ["Ingatkan", "Serahkan"]


def test_nobody_is_reminded_who_works_here_no_more(small_desk: Desk) -> None:
    number = _late(small_desk, held=True)
    _days(small_desk, 5)
    form = {"alasan": "Pindah tugas ke kota lain."}
    small_desk.client("nila").post("/orang/rani/cabut", form, page="/orang/rani")

    assert list(_acts(small_desk, number)) == ["Maklumi", "Serahkan"]


def test_a_longer_table_asks_no_more_questions(small_desk: Desk) -> None:
    said: list[str] = []

    def listen(_c: object, _cursor: object, statement: str, *_: object) -> None:
        said.append(statement)

    def asked() -> int:
        bagus = small_desk.client("bagus")
        said.clear()
        bagus.get("/papan")
        return len(said)

    sa.event.listen(small_desk.house.database.engine, "before_cursor_execute", listen)
    _late(small_desk, held=True)
    _days(small_desk, 5)
    one = asked()
    for _ in range(4):
        _late(small_desk, held=True)
    _days(small_desk, 5)

    assert asked() == one


def test_a_case_is_handed_to_nobody_in_conflict_with_it(small_desk: Desk) -> None:
    number = small_desk.number(small_desk.file(exclude=["inspektorat-sumsel"]))
    bagus = small_desk.client("bagus")
    _move(bagus, number, "verifying")
    page = bagus.get(f"/kasus/{number}/pindah").text
    assert 'value="rani"' in page
    assert 'value="tirta"' not in page

    assert _move(bagus, number, "assigned", penerima="tirta").status_code == 422
    assert _move(bagus, number, "assigned", penerima="rani").status_code == 303


def test_handing_on_needs_a_reason_and_the_new_holder_declares(small_desk: Desk) -> None:
    number = _late(small_desk, held=True)
    bagus, rani = small_desk.client("bagus"), small_desk.client("rani")

    assert _move(bagus, number, "assigned", penerima="tirta").status_code == 422
    moved = _move(bagus, number, "assigned", penerima="tirta", alasan="Beban kerja dibagi.")

    assert moved.status_code == 303
    tirta = small_desk.client("tirta")
    assert _move(tirta, number, "investigating").status_code == 422
    declared = {"bebas-benturan": "on"}
    assert _move(tirta, number, "investigating", **declared).status_code == 303
    assert _move(rani, number, "proposed").status_code != 303
