"""The desk records once by which rulebook it works, what changed, and shows it."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

from services.triage.chores import adopt_rules
from shared.rulebook.loading import DATA, load
from shared.service import House
from tests.service.triage.desk import Desk


def _told(desk: Desk) -> list[dict[str, Any]]:
    query = "SELECT payload FROM fact WHERE type = 'rulebook.adopted' ORDER BY position"
    return [json.loads(row[0]) for row in desk.rows(query)]


def _living_by(desk: Desk, folder: Path) -> House:
    settings = replace(desk.house.settings, rulebook=folder)
    return replace(desk.house, settings=settings, rulebook=load(folder))


def _changed(folder: Path) -> Path:
    shutil.copytree(DATA, folder)
    clocks = folder / "clocks.toml"
    clocks.write_text(
        clocks.read_text().replace('limits = {all = "10wd"}', 'limits = {all = "9wd"}', 1)
    )
    return folder


def test_the_first_rulebook_is_recorded_once(desk: Desk) -> None:
    assert [adopt_rules(desk.house) for _ in range(3)] == [1, 0, 0]

    told = _told(desk)
    assert [(one["rules"], one["before"]) for one in told] == [(desk.house.rulebook.version, "")]


def test_another_rulebook_is_recorded_with_what_changed(desk: Desk, tmp_path: Path) -> None:
    adopt_rules(desk.house)
    house = _living_by(desk, _changed(tmp_path / "rules"))

    assert [adopt_rules(house) for _ in range(2)] == [1, 0]

    last = _told(desk)[-1]
    assert (last["rules"], last["before"]) == (
        house.rulebook.version,
        desk.house.rulebook.version,
    )
    assert last["changes"] == ["clocks.toml clock: 0 added, 1 changed, 0 removed: reporter"]


def test_going_back_is_an_adoption_too(small_desk: Desk, tmp_path: Path) -> None:
    adopt_rules(small_desk.house)
    adopt_rules(_living_by(small_desk, _changed(tmp_path / "rules")))

    adopt_rules(small_desk.house)

    assert [one["rules"] for one in _told(small_desk)][0::2] == [
        small_desk.house.rulebook.version
    ] * 2


def test_tables_replaced_under_a_running_process_are_not_its_own(
    small_desk: Desk, tmp_path: Path
) -> None:
    house = _living_by(small_desk, _changed(tmp_path / "rules"))
    (tmp_path / "rules" / "units.toml").write_text("")

    assert adopt_rules(house) == 0
    assert _told(small_desk) == []


def test_the_rules_page_shows_since_when_and_what_changed(small_desk: Desk, tmp_path: Path) -> None:
    adopt_rules(small_desk.house)
    adopt_rules(_living_by(small_desk, _changed(tmp_path / "rules")))

    page = small_desk.client("rani").get("/aturan").text

    assert "aturan pertama yang tercatat" in page
    assert "clocks.toml clock: 0 added, 1 changed, 0 removed: reporter" in page
