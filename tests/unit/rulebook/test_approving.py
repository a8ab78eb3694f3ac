"""Rules are put in place after two people agreed to exactly these, or loudly without."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from shared.cli import main
from shared.crypto.age import new_identity
from shared.crypto.approval import (
    Approval,
    BadApproval,
    approver_key,
    approver_seed,
    read_approval,
    write_approval,
)
from shared.rulebook.carrying import bundled, note_of
from shared.rulebook.loading import DATA, FILES
from shared.runtime.canonical import canonical

DESK = new_identity()
KEY = approver_key(DESK)
NOW = datetime.now(UTC).replace(microsecond=0)


class Place:
    """An installation's folder of rules, a file of others, and the approval of them."""

    def __init__(self, home: Path) -> None:
        self.folder = Path(shutil.copytree(DATA, home / "place"))
        other = Path(shutil.copytree(DATA, home / "other"))
        calendar = other / "calendar.toml"
        calendar.write_text(calendar.read_text().replace("cutoff_hour = 16", "cutoff_hour = 15"))
        made = bundled(other)
        self.file, self.paper = home / "new.zip", home / "approval.json"
        self.file.write_bytes(made.content)
        self.approval = Approval(
            made.digest, bundled(DATA).digest, "Keputusan bupati nomor 7", "laras", "yudi", NOW
        )

    def put(self, *words: str, key: str | None = KEY, signed_by: str = DESK) -> Result:
        """Sign the approval and run the import."""
        self.paper.write_text(write_approval(self.approval, approver_seed(signed_by)))
        env: dict[str, str | None] = {"KENTONGAN_RULEBOOK": str(self.folder)}
        env["KENTONGAN_APPROVAL_KEY"] = key
        return CliRunner().invoke(
            main, ["rulebook", "import", str(self.file), "--yes", *words], env=env
        )

    def is_as_before(self) -> bool:
        return bundled(self.folder).digest == bundled(DATA).digest


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)


def test_what_two_people_approved_is_put_in_place(place: Place) -> None:
    done = place.put("--approval", str(place.paper))

    assert done.exit_code == 0, done.output
    assert "approved: laras, yudi: Keputusan bupati nomor 7" in done.output
    assert bundled(place.folder).digest == place.approval.rules
    assert note_of(place.folder)["people"] == "laras, yudi"


def test_without_two_people_nothing_is_put_in_place(place: Place) -> None:
    done = place.put()

    assert done.exit_code == 3
    assert "after two administrators agreed" in done.output
    assert place.is_as_before()


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"rules": "0" * 64}, "approves other rules"),
        ({"after": "0" * 64}, "given against other rules than those in force"),
        ({"approved_at": NOW - timedelta(days=15)}, "older than 14 days"),
    ],
)
def test_an_approval_of_something_else_is_refused(
    place: Place, changed: dict[str, str], said: str
) -> None:
    place.approval = replace(place.approval, **changed)  # type: ignore[arg-type]

    done = place.put("--approval", str(place.paper))

    assert done.exit_code == 3
    assert said in done.output
    assert place.is_as_before()


def test_an_approval_one_person_made_up_is_refused(place: Place) -> None:
    done = place.put("--approval", str(place.paper), signed_by=new_identity())

    assert done.exit_code == 3
    assert "no approval by the desk of this key" in done.output
    assert place.is_as_before()


def test_an_approval_is_not_believed_without_a_pinned_key(place: Place) -> None:
    done = place.put("--approval", str(place.paper), key=None)

    assert done.exit_code == 3
    assert "set KENTONGAN_APPROVAL_KEY" in done.output


def test_an_emergency_needs_a_reason_and_is_noted(place: Place) -> None:
    assert place.put("--emergency", " ").exit_code == 3
    assert place.is_as_before()

    done = place.put("--emergency", "Server lama rusak, hari libur berganti malam ini")

    assert done.exit_code == 0, done.output
    assert note_of(place.folder)["reason"].startswith("Server lama rusak")
    (place.folder / "units.toml").write_text((DATA / "units.toml").read_text() + "\n")
    assert note_of(place.folder) == {}, "a note is about the tables it lies beside"


def test_a_new_installation_takes_its_first_rules_alone(place: Place) -> None:
    shutil.rmtree(place.folder)
    assert place.put().exit_code == 3, "a desk with a key has people who can agree"

    assert place.put(key=None).exit_code == 0
    assert sorted(one.name for one in place.folder.iterdir()) == sorted([*FILES, "applied.json"])


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"approval": [], "signature": ""}',
        '{"approval": {}, "signature": 3}',
        "[[" * 9999,
    ],
)
def test_what_is_no_approval_is_refused(text: str) -> None:
    with pytest.raises(BadApproval):
        read_approval(text, KEY)


def test_one_changed_letter_breaks_the_signature(place: Place) -> None:
    text = write_approval(place.approval, approver_seed(DESK))

    with pytest.raises(BadApproval):
        read_approval(text.replace("yudi", "yuda"), KEY)


def test_the_signed_bytes_stay_the_same_for_ever() -> None:
    """A released vector: approvals an operator holds must read by every later release."""
    seed = approver_seed("AGE-SECRET-KEY-PQ-1VECTOR")
    at = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
    told = json.loads(
        write_approval(Approval("a1" * 32, "b2" * 32, "Sebab", "laras", "yudi", at), seed)
    )

    assert canonical(told["approval"]).startswith(b'{"after":"b2b2')
    assert told["signature"] == VECTOR


VECTOR = "sacALJV7aWKb3ZokdPi9tws8Z_97GE_u0RtvAkP3SQ5lzJ2ouZbQqkmTb3mjMjaIqBlZvDdny-QXjPDDfcOIAg"
