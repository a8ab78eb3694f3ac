"""Every rulebook the desk lived by stays: how it came, what differs, its file."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from services.triage.chores import adopt_rules
from services.triage.service import SERVICE
from shared.cli import main
from shared.crypto.approval import approver_key
from shared.rulebook.carrying import bundled
from shared.rulebook.loading import DATA, load
from tests.service.triage.desk import Desk
from tests.service.triage.rulebooks import WHY, changed_rules, told


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    return changed_rules(tmp_path)


def test_rules_nobody_approved_are_recorded_as_such(desk: Desk, rules: Path) -> None:
    adopt_rules(desk.house)
    words = ["rulebook", "import", str(_packed(rules)), "--yes", "--emergency", WHY]
    place = Path(shutil.copytree(DATA, rules.with_name("place")))
    applied = CliRunner().invoke(main, words, env={"KENTONGAN_RULEBOOK": str(place)})
    assert applied.exit_code == 0, applied.output
    settings = replace(desk.house.settings, rulebook=place)
    adopt_rules(replace(desk.house, settings=settings, rulebook=load(place)))

    assert told(desk, "rulebook.unapproved") == [
        (None, {"rules": load(place).version, "reason": WHY})
    ]
    page = desk.client("rani").get("/aturan/versi").text
    assert "Dipasang tanpa persetujuan" in page
    assert f"Alasan operator: {WHY}" in page
    assert "Aturan dipasang tanpa persetujuan dua orang" in desk.client("kirana").get("/jejak").text


def test_tables_put_in_place_by_hand_are_recorded_as_unapproved(
    small_desk: Desk, rules: Path
) -> None:
    adopt_rules(small_desk.house)
    (rules / "applied.json").write_text('{"way": "approved", "reason": "x", "rules": "y"}')
    settings = replace(small_desk.house.settings, rulebook=rules)

    adopt_rules(replace(small_desk.house, settings=settings, rulebook=load(rules)))

    assert [one[1]["reason"] for one in told(small_desk, "rulebook.unapproved")] == [""]


def test_any_two_versions_are_compared_and_downloaded(small_desk: Desk, rules: Path) -> None:
    adopt_rules(small_desk.house)
    settings = replace(small_desk.house.settings, rulebook=rules)
    adopt_rules(replace(small_desk.house, settings=settings, rulebook=load(rules)))
    old, new = small_desk.house.rulebook.version, load(rules).version
    rani = small_desk.client("rani")

    page = rani.get(f"/aturan/versi/beda?dari={old}&ke={new}").text

    assert "Tenggat" in page
    assert "<del>all 10wd</del>" in page
    assert rani.get(f"/aturan/versi/{new}/berkas").data == bundled(rules).content
    assert "padahal meja sudah mencatat versi lain" in rani.get("/aturan/versi").text


def test_the_operator_reads_the_key_to_pin(
    small_desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    assert SERVICE.verbs["approval-key"](small_desk.house, []) == 0

    assert capsys.readouterr().out.strip() == approver_key(small_desk.identity)


def _packed(folder: Path) -> Path:
    target = folder.with_name("packed.zip")
    target.write_bytes(bundled(folder).content)
    return target
