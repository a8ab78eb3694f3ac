"""Rules change by two administrators and an operator: nobody alone, nothing unseen."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from services.triage.chores import adopt_rules, end_proposals
from shared.cli import main
from shared.crypto.approval import approver_key
from shared.rulebook.carrying import bundled, packed
from shared.rulebook.loading import DATA, load
from tests.service.triage.desk import OTHER_UNIT, Desk
from tests.service.triage.rulebooks import (
    LIST,
    SEEN,
    WHY,
    changed_rules,
    decide,
    edit,
    propose,
    told,
    upload,
)


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    return changed_rules(tmp_path)


def test_two_administrators_and_the_operator_change_the_rules(
    desk: Desk, rules: Path, tmp_path: Path
) -> None:
    adopt_rules(desk.house)
    made, laras, yudi = packed(rules), desk.client("laras"), desk.client("yudi")
    page = propose(laras, made)

    seen = yudi.get(page).text
    assert WHY in seen
    assert made.digest in seen
    assert "10wd" in seen
    assert "9wd" in seen
    assert decide(yudi, page, made.digest).status_code == 303

    file, approval = tmp_path / "new.zip", tmp_path / "approval.json"
    file.write_bytes(laras.get(f"{page}/berkas").data)
    approval.write_bytes(laras.get(f"{page}/persetujuan").data)
    place = Path(shutil.copytree(DATA, tmp_path / "place"))
    key = approver_key(desk.identity)
    environment = {"KENTONGAN_RULEBOOK": str(place), "KENTONGAN_APPROVAL_KEY": key}
    words = ["rulebook", "import", str(file), "--approval", str(approval), "--yes"]
    applied = CliRunner().invoke(main, words, env=environment)
    assert applied.exit_code == 0, applied.output
    assert "approved: laras, yudi" in applied.output

    settings = replace(desk.house.settings, rulebook=place)
    house = replace(desk.house, settings=settings, rulebook=load(place))
    assert adopt_rules(house) == 1
    listed = laras.get("/aturan/versi").text
    assert "Disetujui dua orang" in listed
    assert f"diusulkan Laras H., disetujui Yudi A.: {WHY}" in listed
    assert told(desk, "rulebook.unapproved") == []
    assert told(desk, "rulebook.proposed") == [
        (
            "laras",
            {"number": 1, "rules": made.digest, "before": bundled(DATA).digest, "reason": WHY},
        )
    ]
    assert told(desk, "rulebook.proposal_ended") == [
        ("yudi", {"number": 1, "rules": made.digest, "how": "approved", "reason": SEEN})
    ]


def test_nobody_approves_their_own_proposal(desk: Desk, rules: Path) -> None:
    made, laras = packed(rules), desk.client("laras")
    page = propose(laras, made)

    answer = decide(laras, page, made.digest)

    assert answer.status_code == 422
    assert "Pengelola aturan lain yang memutuskan" in answer.text
    assert laras.get(f"{page}/persetujuan").status_code == 404


def test_a_decision_is_about_the_tables_that_were_looked_at(desk: Desk, rules: Path) -> None:
    page = propose(desk.client("laras"), packed(rules))

    assert decide(desk.client("yudi"), page, "0" * 64).status_code == 409
    assert told(desk, "rulebook.proposal_ended") == []


def test_an_upload_is_its_makers_until_it_is_asked(small_desk: Desk, rules: Path) -> None:
    laras, yudi = small_desk.client("laras"), small_desk.client("yudi")

    page = upload(laras, packed(rules).content).headers["Location"]

    assert laras.get(page).status_code == 200
    assert yudi.get(page).status_code == 404
    assert yudi.post(f"{page}/tarik", {}, page=LIST).status_code == 404
    assert page not in yudi.get(LIST).text


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("units.toml", 'parent = "meja-nasional"', 'parent = "nobody"', "unknown parent nobody"),
        ("clocks.toml", 'source = "Keputusan', 'sources = "Keputusan', ", row 1: "),
        ("calendar.toml", "cutoff_hour = 16", "cutoff_hour = [[[", "calendar.toml"),
        ("units.toml", "rank = 1", 'rank = "x"', "rank is of another kind"),
        ("calendar.toml", "cutoff_hour = 16", "a = " + "[" * 9000, ""),
    ],
    ids=["unsound", "a wrong column", "not TOML", "another type", "nested"],
)
def test_unsound_rules_are_refused_with_the_place_and_nothing_is_kept(
    small_desk: Desk, rules: Path, name: str, old: str, new: str, said: str
) -> None:
    edit(rules, name, old, new)

    answer = upload(small_desk.client("laras"), bundled(rules).content)

    assert answer.status_code == 422
    assert "tidak ada yang berubah" in answer.text
    assert said in answer.text
    assert small_desk.rows("SELECT count(*) FROM proposal")[0][0] == 0


@pytest.mark.parametrize(
    "content", [b"", b"x" * 100, b"PK\x03\x04" + b"\0" * 99, b"y" * (2**20 + 1)]
)
def test_what_is_no_rulebook_is_refused(small_desk: Desk, content: bytes) -> None:
    assert upload(small_desk.client("laras"), content).status_code == 422


def test_a_unit_with_people_or_a_key_is_not_removed(small_desk: Desk, rules: Path) -> None:
    text = (rules / "units.toml").read_text("utf-8")
    block = next(b for b in text.split("\n[[unit]]") if f'id = "{OTHER_UNIT}"' in b)
    (rules / "units.toml").write_text(text.replace(f"\n[[unit]]{block}", "", 1), "utf-8")

    answer = upload(small_desk.client("laras"), bundled(rules).content)

    assert answer.status_code == 422
    assert OTHER_UNIT in answer.text


def test_the_same_rules_again_are_no_proposal(small_desk: Desk) -> None:
    answer = upload(small_desk.client("laras"), bundled(DATA).content)

    assert answer.status_code == 422
    assert "sama dengan aturan yang berlaku" in answer.text


def test_what_was_refused_withdrawn_or_left_lying_is_over(desk: Desk, rules: Path) -> None:
    made, laras, yudi = packed(rules), desk.client("laras"), desk.client("yudi")
    refused, withdrawn, left = (propose(laras, made) for _ in range(3))

    assert decide(yudi, refused, made.digest, "tolak").status_code == 303
    assert yudi.post(f"{withdrawn}/tarik", {}, page=LIST).status_code == 404
    assert laras.post(f"{withdrawn}/tarik", {}, page=LIST).status_code == 303
    desk.clock.advance(timedelta(days=14, minutes=1))
    assert end_proposals(desk.house) == 1

    assert [one[1]["how"] for one in told(desk, "rulebook.proposal_ended")] == [
        "refused", "withdrawn", "expired",
    ]  # fmt: skip
    yudi = desk.client("yudi")
    for page in (refused, withdrawn, left):
        assert decide(yudi, page, made.digest).status_code == 409
        assert yudi.get(f"{page}/persetujuan").status_code == 404


def test_nobody_approves_for_a_proposer_who_is_no_administrator_any_more(
    small_desk: Desk, rules: Path
) -> None:
    made = packed(rules)
    page = propose(small_desk.client("laras"), made)
    with small_desk.house.transactions.begin() as tx:
        tx.connection.exec_driver_sql("UPDATE person SET role = 'auditor' WHERE name = 'laras'")

    answer = decide(small_desk.client("yudi"), page, made.digest)

    assert answer.status_code == 409
    assert "bukan pengelola aturan lagi" in answer.text


def test_rules_that_moved_on_meanwhile_are_not_approved_against(
    small_desk: Desk, rules: Path, tmp_path: Path
) -> None:
    made = packed(rules)
    page = propose(small_desk.client("laras"), made)
    with small_desk.house.transactions.begin() as tx:
        tx.connection.exec_driver_sql("UPDATE proposal SET before = 'e'")

    answer = decide(small_desk.client("yudi"), page, made.digest)

    assert answer.status_code == 409
    assert "sudah berganti" in answer.text
