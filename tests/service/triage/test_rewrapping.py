"""After a re-route the story waits for oversight, who lets the new unit in without reading it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from services.triage.actions.publish_unit_key import publish_unit_key
from services.triage.service import SERVICE
from services.triage.store.people import keys_of
from shared.cli.rewrap import rewrap
from shared.crypto.age import new_identity, recipient_of
from tests.service.triage.desk import STORY, UNIT, Desk
from tests.service.triage.test_rerouting import FREE, _sari_to, send


def _rerouted(desk: Desk) -> tuple[str, str]:
    """A case with a letter that went to the unit Sari works in now; (case, number)."""
    with desk.house.transactions.begin() as tx:
        sari = keys_of(tx.connection, "sari")
        assert sari is not None
        publish_unit_key(tx, FREE, [sari.recipient])
    case = desk.file()
    sealed = desk.rows('SELECT envelope FROM letter WHERE "case" = :c', c=case)[0][0]
    desk.hear(desk.reply(case, "lagi", seq=1, prev=sealed))
    number = desk.number(case)
    assert send(desk.client("bagus"), number, FREE).status_code == 303
    return case, number


def _verb(desk: Desk, verb: str, file: Path) -> None:
    assert SERVICE.verbs[verb](desk.house, [str(file)]) == 0


def _oversee(desk: Desk, folder: Path, identity: str | None = None) -> tuple[int, Path, Path]:
    """What the oversight's machine does; (exit code, asked, answer)."""
    asked, answer, key = folder / "asked.json", folder / "answer.json", folder / "key"
    _verb(desk, "sealed-waiting", asked)
    key.write_text(f"# pengawas\n{identity or desk.oversight_identity}\n")
    ran = CliRunner().invoke(rewrap, [str(asked), str(answer), "--key", str(key), "--yes"])
    return ran.exit_code, asked, answer


def test_the_new_unit_reads_story_and_letters_after_oversight(desk: Desk, tmp_path: Path) -> None:
    _, number = _rerouted(desk)
    sari = _sari_to(desk, FREE)
    before = sari.get(f"/kasus/{number}/kunci").get_json()
    assert all("header" not in one for one in before["letters"])

    code, _, answer = _oversee(desk, tmp_path)
    _verb(desk, "sealed-return", answer)

    assert code == 0
    assert sari.open_case("sari", number) == {("in", 0): STORY, ("in", 1): "lagi"}
    assert "disegel untuk unit lain" not in sari.get(f"/kasus/{number}").text


def test_what_oversight_gets_and_gives_holds_no_story(desk: Desk, tmp_path: Path) -> None:
    case, _ = _rerouted(desk)
    sealed = desk.rows('SELECT envelope FROM letter WHERE "case" = :c', c=case)[0][0]

    _, asked, answer = _oversee(desk, tmp_path)

    for file in (asked, answer):
        assert file.stat().st_size < len(sealed), "headers only"


def test_a_key_that_is_not_oversights_re_wraps_nothing(small_desk: Desk, tmp_path: Path) -> None:
    _rerouted(small_desk)

    code, _, answer = _oversee(small_desk, tmp_path, new_identity())

    assert code == 3
    assert not answer.exists()


def test_headers_that_fit_no_waiting_letter_change_nothing(
    small_desk: Desk, tmp_path: Path
) -> None:
    _, number = _rerouted(small_desk)
    _, _, answer = _oversee(small_desk, tmp_path)
    content: dict[str, Any] = json.loads(answer.read_text())
    for one in content["letters"]:
        one["unit"] = UNIT
    answer.write_text(json.dumps(content))

    _verb(small_desk, "sealed-return", answer)

    sari = _sari_to(small_desk, FREE)
    assert "disegel untuk unit lain" in sari.get(f"/kasus/{number}").text


def test_nothing_waits_once_it_came_back(small_desk: Desk, tmp_path: Path) -> None:
    _rerouted(small_desk)
    _, asked, answer = _oversee(small_desk, tmp_path)
    assert len(json.loads(asked.read_text())["letters"]) == 2
    _verb(small_desk, "sealed-return", answer)

    _verb(small_desk, "sealed-waiting", asked)

    assert json.loads(asked.read_text())["letters"] == []
    assert recipient_of(small_desk.oversight_identity) == small_desk.oversight
