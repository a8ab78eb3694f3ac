"""A wave of near-identical reports: each opens its case, together they count once, and it shows."""

from __future__ import annotations

import json
from datetime import timedelta

from tests.service.triage.desk import UNIT, Desk


def wave_of(desk: Desk, case: str) -> str | None:
    rows = desk.rows('SELECT wave FROM wave_case WHERE "case" = :id', id=case)
    return None if not rows else str(rows[0][0])


def pattern_of(desk: Desk, case: str) -> int:
    row = desk.rows('SELECT components FROM "case" WHERE id = :id', id=case)[0]
    found: int = json.loads(row[0])["pattern"]
    return found


def test_the_fifth_of_an_hour_flags_all_and_none_is_refused(desk: Desk) -> None:
    cases = [desk.file(asked=250_000 + 10_000 * n) for n in range(4)]
    before = [wave_of(desk, case) for case in cases]

    cases.append(desk.file())

    assert before == [None] * 4
    assert len({wave_of(desk, case) for case in cases} - {None}) == 1
    for case in cases:
        told = desk.rows("SELECT type FROM fact WHERE subject = :id", id=case)
        assert [row[0] for row in told].count("case.flagged_wave") == 1
        state = desk.rows('SELECT state, unit FROM "case" WHERE id = :id', id=case)[0]
        assert tuple(state) == ("received", UNIT)


def test_from_then_on_the_wave_counts_as_one_report(desk: Desk) -> None:
    for _ in range(5):
        desk.file()
    sixth = desk.file()
    desk.clock.advance(timedelta(hours=5))

    later = desk.file()

    assert wave_of(desk, sixth) is not None
    assert wave_of(desk, later) is None
    assert pattern_of(desk, later) == 5, "the wave and this one: two distinct reports"


def test_five_over_a_day_are_no_wave(desk: Desk) -> None:
    cases = []
    for _ in range(5):
        cases.append(desk.file())
        desk.clock.advance(timedelta(hours=2))

    assert [wave_of(desk, case) for case in cases] == [None] * 5
    assert pattern_of(desk, cases[-1]) == 15


def test_the_desk_is_told_in_words(desk: Desk) -> None:
    cases = [desk.file() for _ in range(5)]
    browser = desk.client("rani")

    queue = browser.get("/").text
    page = browser.get(f"/kasus/{desk.number(cases[0])}").text

    assert queue.count("Gelombang") == 5
    assert "Dihitung satu, tetapi tiap laporan tetap diperiksa" in page
    assert "laporan nyaris sama masuk dalam satu jam; 5 di unit Anda" in page
