"""Seeding: people and keys for a demonstration, the same however often it runs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from services.triage.service import SERVICE
from services.triage.settings import TriageSettings
from services.triage.store.tables import metadata
from shared.rulebook import load
from shared.runtime.settings import SettingsFault
from tests.service.triage.desk import Desk

PEOPLE = Path(__file__).parents[3] / "deploy" / "demo" / "people.json"


def test_seeding_twice_changes_nothing(
    small_desk: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    entry = {"name": "wulan", "title": "Wulan P.", "unit": "ombudsman-ri",
             "role": "investigator", "passphrase": "lontar-pasir"}  # fmt: skip
    file = tmp_path / "people.json"
    file.write_text(json.dumps({"people": [entry]}), encoding="utf-8")

    for _ in range(2):
        assert SERVICE.verbs["seed-demo"](small_desk.house, [str(file)]) == 0

    printed = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert printed == [{"people": [entry]}] * 2
    assert len(small_desk.rows("SELECT 1 FROM person WHERE name = 'wulan'")) == 1
    keys = small_desk.rows("SELECT epoch FROM unit_key WHERE unit = 'ombudsman-ri'")
    assert [row[0] for row in keys] == [1]
    told = small_desk.rows("SELECT private FROM fact WHERE type = 'unit_key.published' "
                           "AND payload LIKE '%ombudsman-ri%'")  # fmt: skip
    assert [bool(row[0]) for row in told] == [False]


def test_the_demo_people_cover_every_unit_and_are_all_invented() -> None:
    demo: dict[str, Any] = json.loads(PEOPLE.read_text(encoding="utf-8"))
    people = demo["people"]

    readers = {one["unit"] for one in people if one["role"] == "investigator"}
    assert readers == {unit.id for unit in load().units}
    assert len({one["name"] for one in people}) == len(people)
    assert len({one["passphrase"] for one in people}) == len(people)
    assert "FIKTIF" in demo["notice"]


def test_the_migrations_build_what_the_code_expects(desk: Desk) -> None:
    with desk.house.database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        found = compare_metadata(context, metadata)

    assert [change for change in found if not _is_alembics(change)] == []


def _is_alembics(change: Any) -> bool:
    return bool(change[0] == "remove_table" and change[1].name == "alembic_version")


def test_settings_name_every_fault_at_once() -> None:
    with pytest.raises(SettingsFault) as caught:
        TriageSettings.read(
            {"KENTONGAN_TRIAGE_IDENTITY": "changeme", "KENTONGAN_OVERSIGHT_RECIPIENT": "age1x"}
        )

    told = "\n".join(caught.value.faults)
    for name in ("TRIAGE_IDENTITY", "OVERSIGHT_RECIPIENT", "DATABASE_URL", "SESSION_KEY"):
        assert name in told


def test_an_old_database_and_a_new_one_have_the_same_tables(desk: Desk) -> None:
    names = set(sa.inspect(desk.house.database.engine).get_table_names())

    assert names - {"alembic_version"} == {table.name for table in metadata.sorted_tables}
