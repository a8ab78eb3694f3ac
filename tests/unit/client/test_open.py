"""`kentongan open`: envelopes, unit keys, evidence, wrong keys."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from client.commands import open_file
from shared.crypto import age, person
from shared.crypto.attachment import seal_attachment
from shared.crypto.keeping import Keeper, seal_name
from shared.crypto.record import Attachment
from shared.crypto.sealing import seal_complaint

UNIT = age.identity_from_seed(bytes([1]) * 32)
SEEDS = bytes(range(64))


@pytest.fixture
def case(tmp_path: Path) -> Path:
    """A folder with an exported envelope, the unit key, a member's key and the evidence."""
    sealed, attachment = seal_attachment(b"foto", "image/jpeg")
    (tmp_path / "kasus.age").write_bytes(envelope(attachment))
    (tmp_path / "unit.key").write_text(f"# unit\n{UNIT}\n")
    (tmp_path / "rini.key").write_text(person.identity_of(SEEDS))
    (tmp_path / "unit.age").write_bytes(person.wrap_unit_key(UNIT, [person.recipient_of(SEEDS)]))
    evidence = tmp_path / "bukti"
    evidence.mkdir()
    (evidence / "apa-saja").write_bytes(sealed)
    (evidence / "lain").write_bytes(b"x")
    return tmp_path


def envelope(*attachments: Attachment) -> bytes:
    return seal_complaint(
        case="c-1",
        unit="u",
        epoch=1,
        body={"story": "Diminta \x1b[31muang"},
        recipients=[age.recipient_of(UNIT)],
        attachments=attachments,
    )


def test_the_story_is_shown_and_cannot_steer_the_terminal(case: Path) -> None:
    done = CliRunner().invoke(open_file, [str(case / "kasus.age"), "--key", str(case / "unit.key")])

    assert done.exit_code == 0, done.output
    assert "c-1" in done.output
    assert "[31muang" in done.output
    assert "\x1b" not in done.output


def test_a_member_opens_through_the_sealed_unit_key(case: Path) -> None:
    keys = ["--key", str(case / "unit.age"), "--key", str(case / "rini.key")]

    done = CliRunner().invoke(open_file, [str(case / "kasus.age"), *keys, "--json"])

    told = json.loads(done.output)
    assert told["body"] == {"story": "Diminta \x1b[31muang"}
    assert told["header"]["case"] == "c-1"


def test_evidence_is_found_by_its_hash_and_opened(case: Path) -> None:
    arguments = [str(case / "kasus.age"), "--key", str(case / "unit.key")]

    done = CliRunner().invoke(open_file, [*arguments, "--evidence", str(case / "bukti")])

    opened = [path for path in (case / "bukti").iterdir() if path.suffix == ".opened"]
    assert done.exit_code == 0, done.output
    assert [path.read_bytes() for path in opened] == [b"foto"]


def test_raw_gives_the_bytes(case: Path) -> None:
    (case / "x.age").write_bytes(age.encrypt(b"\x00\xffabc", [age.recipient_of(UNIT)]))

    done = CliRunner().invoke(
        open_file, [str(case / "x.age"), "--key", str(case / "unit.key"), "--raw"]
    )

    assert done.stdout_bytes == b"\x00\xffabc"


@pytest.mark.parametrize(
    ("file", "key", "code"),
    [
        ("kasus.age", "rini.key", "cannot_open"),
        ("unit.key", "unit.key", "envelope_malformed"),
        ("kasus.age", "bukti/lain", "identity_malformed"),
    ],
)
def test_a_wrong_key_or_file_is_refused_with_3(case: Path, file: str, key: str, code: str) -> None:
    done = CliRunner().invoke(open_file, [str(case / file), "--key", str(case / key)])

    assert done.exit_code == 3
    assert code in done.stderr


def test_a_key_on_the_command_line_is_wrong_usage(case: Path) -> None:
    done = CliRunner().invoke(open_file, [str(case / "kasus.age"), "--key", UNIT])

    assert done.exit_code == 2
    assert UNIT not in done.output


def test_a_name_kept_apart_is_not_shown_and_can_be_handed_on(case: Path, tmp_path: Path) -> None:
    oversight, keeper = (age.identity_from_seed(bytes([n]) * 32) for n in (5, 6))
    who = Keeper("lpsk", 1, age.recipient_of(keeper))
    kept = seal_name("Sri", case="c-1", seq=0, keeper=who, oversight=age.recipient_of(oversight))
    body = {"story": "Diminta", "kept": kept}
    sealed = seal_complaint(
        case="c-1", unit="u", epoch=1, body=body, recipients=[age.recipient_of(UNIT)]
    )
    (tmp_path / "rahasia.age").write_bytes(sealed)
    (tmp_path / "pengawas.key").write_text(oversight)
    name = tmp_path / "nama.age"
    words = [str(tmp_path / "rahasia.age"), "--key", str(case / "unit.key"), "--name-to", str(name)]

    done = CliRunner().invoke(open_file, words)
    by_unit = CliRunner().invoke(open_file, [str(name), "--key", str(case / "unit.key")])
    by_oversight = CliRunner().invoke(
        open_file, [str(name), "--key", str(tmp_path / "pengawas.key")]
    )

    assert "name      kept apart" in done.output
    assert kept[:40] not in done.output
    assert by_unit.exit_code == 3
    assert "place     name, keeper 0" in by_oversight.output
    assert "Sri" in by_oversight.output
