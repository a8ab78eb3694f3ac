"""What stands beside a case so that it is counted quickly is always what its history says."""

from __future__ import annotations

import json
from typing import Any

from services.triage.actions.publish_unit_key import publish_unit_key
from services.triage.store.people import readers_of
from shared.contracts.reporting import ResultObjected
from tests.service.triage.desk import UNIT, Desk
from tests.service.triage.test_board import _breach, _close, _figures, _later, _total
from tests.service.triage.test_rerouting import FREE, send

ENDED = ("closed", "rejected", "merged")


def _work_where(desk: Desk, name: str, unit: str) -> None:
    with desk.house.transactions.begin() as tx:
        tx.connection.exec_driver_sql(f"UPDATE person SET unit = '{unit}' WHERE name = '{name}'")


def _lives(desk: Desk) -> list[str]:
    """One case still open and late, one ended, one opened again after its end."""
    with desk.house.transactions.begin() as tx:
        publish_unit_key(tx, FREE, readers_of(tx.connection, UNIT))
    cases = [desk.file(), desk.file(service="sim", region="16.71.04"), desk.file()]
    for case in cases[1:]:
        _close(desk, case)
    _later(desk, days=9)
    _breach(desk)
    desk.hear(desk.fact(ResultObjected(1, 1), cases[2], {}))
    return cases


def _counted(desk: Desk) -> dict[str, int]:
    """The board's figures that are not nothing, without who is asked for."""
    found: dict[str, int] = {}
    for month in ("2026-11", "2026-12"):
        found |= _figures(desk.client("bagus").get(f"/papan?bulan={month}").text)
    return {to: number for to, number in found.items() if number}


def _recounted(desk: Desk, case: Any) -> tuple[str, str, Any, set[str]]:
    """(service, region, end, units) from what was disclosed and the moves."""
    facts = json.loads(case.disclosed)
    last = desk.rows('SELECT max(at) FROM move WHERE "case" = :id AND to_state IN '
                     f"{ENDED}", id=case.id)[0][0]  # fmt: skip
    return facts["service"], facts["region"], last if case.state in ENDED else None, {case.unit}


def _kept(desk: Desk, case: Any) -> tuple[str, str, Any, set[str]]:
    """The same as it stands in the columns that are counted by."""
    units = set()
    for table in ("clock", "move", "rating"):
        units |= {r[0] for r in desk.rows(f'SELECT unit FROM {table} WHERE "case" = :i', i=case.id)}
    return case.service, case.region, case.ended_at, units


def test_every_column_counted_by_says_what_the_history_says(desk: Desk) -> None:
    cases = _lives(desk)
    send(desk.client("bagus"), desk.number(cases[2]), FREE)

    rows = desk.rows('SELECT * FROM "case"')

    assert [row.unit for row in rows if row.id == cases[2]] == [FREE]
    assert [row.id for row in rows if row.ended_at] == [cases[1]]
    assert {row.id: _kept(desk, row) for row in rows} == {
        row.id: _recounted(desk, row) for row in rows
    }


def test_what_happened_in_a_case_counts_where_the_case_is_now(desk: Desk) -> None:
    cases = _lives(desk)
    before = _counted(desk)

    for case in (cases[0], cases[2]):
        assert send(desk.client("bagus"), desk.number(case), FREE).status_code == 303
    left = _counted(desk)
    _work_where(desk, "bagus", FREE)
    gone = _counted(desk)

    assert left["/?langkah=closed&bulan=2026-11"] == gone["/?langkah=closed&bulan=2026-11"] == 1
    assert gone["/?janji=verify&hasil=terlambat&bulan=2026-12"] == 1
    assert {to: left.get(to, 0) + gone.get(to, 0) for to in before} == before
    assert {to: _total(desk, to) for to in gone} == gone


def test_a_search_finds_by_the_service_the_place_and_a_part_of_the_number(small_desk: Desk) -> None:
    here = small_desk.number(small_desk.file())
    there = small_desk.number(small_desk.file(service="sim", region="16.71.04"))
    rani = small_desk.client("rani")

    def found(text: str) -> set[str]:
        page = rani.get(f"/?cari={text}").text
        return {number for number in (here, there) if f"/kasus/{number}" in page}

    assert found("palembang") == found("ktg-") == {here, there}
    assert found("ilir") == found("SIM") == found(there[-4:]) == {there}
    assert found("KTP") == {here}
    assert found("tidak-ada") == found("%25") == set()
