"""`kentongan mailbox` decides what is the reporter's to decide, against the real public service."""

from __future__ import annotations

import base64
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from client.commands import mailbox
from shared.contracts import decode
from shared.contracts.facts import CaseMoved, CaseOpened, Promise
from shared.contracts.reporting import EvidenceAdded
from shared.crypto import unseal
from shared.crypto.receipt import ReceiptKeys
from tests.service.client.conftest import Site
from tests.service.complaints.deeds import told
from tests.service.complaints.letters import filed
from tests.service.complaints.world import UNIT_IDENTITY
from tests.support import media
from tests.support.media import PAINTED_JPEG


class Sri:
    """Has a case and its code at the command line."""

    def __init__(self, site: Site) -> None:
        self.site, self.world = site, site.world
        self.digits, self.keys, self.case = filed(site.world)

    def run(self, *options: str) -> Result:
        """One run, the digits on standard input."""
        given = ["--to", self.site.url, *options]
        return CliRunner().invoke(mailbox, given, input=f"{self.digits}\n")

    def result(self) -> None:
        """The desk tells a result; there are two weeks to object."""
        unit = self.world.unit
        opened = CaseOpened(unit=unit, desk="propam", state="verifying", promises=[])
        self.world.hear(opened, self.case)
        until = [Promise("response", date(2026, 12, 7))]
        self.world.hear(CaseMoved("proposed", "reporter_response", until), self.case)

    def events(self) -> list[str]:
        """What was decided, as the mailbox tells it."""
        steps = self.world.look(self.keys)["steps"]
        return [step["event"] for step in steps if step["event"]]


@pytest.fixture
def sri(site: Site) -> Sri:
    return Sri(site)


@pytest.fixture
def words(tmp_path: Path) -> str:
    path = tmp_path / "alasan.txt"
    path.write_text("Uangnya belum kembali.", encoding="utf-8")
    return str(path)


def letter_of(keys: ReceiptKeys, world: Any, seq: int) -> tuple[Any, dict[str, str]]:
    """The reporter's letter as the unit opens it."""
    sent = [one for one in world.look(keys)["letters"] if one["direction"] == "in"]
    return unseal.open_record(base64.b64decode(sent[seq]["envelope"]), UNIT_IDENTITY)


def test_withdrawing_says_whether_somebody_presses_and_can_be_taken_back(sri: Sri) -> None:
    asked = sri.run("--withdraw", "--pressed", "yes")
    twice = sri.run("--withdraw", "--pressed", "no")
    back = sri.run("--take-back", "--lang", "en")

    assert asked.exit_code == 0, asked.output
    assert "sampai penyelia memutuskan" in asked.stderr
    assert "Anda meminta laporan ini dicabut" in asked.stdout
    assert b"yes" not in told(sri.world, sri.case, "withdrawal.asked")
    assert (twice.exit_code, "not_withdrawable" in twice.stderr) == (3, True)
    assert back.exit_code == 0, back.output
    assert "you went on after all" in back.stdout
    assert sri.events() == ["withdrawal_asked", "withdrawal_taken_back"]


def test_a_lost_answer_is_one_withdrawal(sri: Sri) -> None:
    sri.site.lose = ["POST /api/v1/mailbox/withdrawal"]

    done = sri.run("--withdraw", "--pressed", "unsaid", "--json")

    assert done.exit_code == 0, done.output
    assert sri.events() == ["withdrawal_asked"]
    steps = json.loads(done.stdout)["steps"]
    assert [step["event"] for step in steps] == [None, "withdrawal_asked"]


def test_a_result_is_rated_once(sri: Sri) -> None:
    early = sri.run("--rate", "solved")
    sri.result()
    done = sri.run("--rate", "solved", "--stars", "4", "--json")
    other = sri.run("--rate", "unsolved")

    assert (early.exit_code, "not_rateable" in early.stderr) == (3, True)
    assert done.exit_code == 0, done.output
    last = json.loads(done.stdout)["steps"][-1]
    assert (last["event"], last["is_solved"], last["stars"]) == ("result_rated", True, 4)
    assert (other.exit_code, "not_rateable" in other.stderr) == (3, True)


def test_an_objection_says_why_in_a_sealed_letter(sri: Sri, words: str) -> None:
    sri.result()

    done = sri.run("--object-file", words)
    again = sri.run("--object-file", words)

    assert [one.exit_code for one in (done, again)] == [0, 0], again.output
    assert sri.events() == ["result_objected"], "the second text is a letter, no second objection"
    assert letter_of(sri.keys, sri.world, 1)[1] == {"text": "Uangnya belum kembali."}


def test_an_objection_to_no_result_is_refused(sri: Sri, words: str) -> None:
    done = sri.run("--object-file", words)

    assert (done.exit_code, "too_late_to_object" in done.stderr) == (3, True)
    assert len(sri.world.look(sri.keys)["letters"]) == 1


def test_all_letters_are_deleted_only_when_one_is_sure(sri: Sri) -> None:
    unsure = sri.run("--delete-letters")
    assert unsure.exit_code == 2
    assert len(sri.world.look(sri.keys)["letters"]) == 1

    done = sri.run("--delete-letters", "--yes", "--json")

    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout)["letters"] == []
    assert sri.events() == ["letters_deleted"]


def test_files_are_sent_later_without_their_place(sri: Sri, tmp_path: Path) -> None:
    photo = tmp_path / "rumah.jpg"
    photo.write_bytes(media.geotagged_jpeg())
    sri.site.lose = ["POST /api/v1/mailbox/letters"]

    done = sri.run("--attach", str(photo), "--json")

    assert done.exit_code == 0, done.output
    assert [one["files"] for one in json.loads(done.stdout)["letters"]] == [1]
    header, _ = letter_of(sri.keys, sri.world, 1)
    sealed = sri.world.house.blobs.open(header.attachments[0].sha256).read()
    assert unseal.open_attachment(sealed, header.attachments[0]) == PAINTED_JPEG
    added = decode(told(sri.world, sri.case, "evidence.added")).payload
    assert isinstance(added, EvidenceAdded)
    assert [one["sha256"] for one in added.files] == [header.attachments[0].sha256]
    assert "(1 berkas terlampir)" in sri.run().stdout


def test_more_than_five_files_are_refused_before_anything_is_sent(sri: Sri, tmp_path: Path) -> None:
    photo = tmp_path / "rumah.png"
    photo.write_bytes(media.png())

    done = sri.run(*["--attach", str(photo)] * 6)

    assert (done.exit_code, "too_many_files" in done.stderr) == (3, True)
    assert not any(line.startswith("PUT") for line in sri.site.seen)


@pytest.mark.parametrize(
    "options",
    [
        ["--withdraw"],
        ["--withdraw", "--pressed", "mungkin"],
        ["--pressed", "no"],
        ["--stars", "4"],
        ["--rate", "solved", "--stars", "6"],
        ["--yes"],
        ["--withdraw", "--pressed", "no", "--take-back"],
        ["--rate", "solved", "--reply-file", __file__],
        ["--object-file", "/tidak/ada"],
    ],
)
def test_wrong_usage_ends_with_2_and_sends_nothing(sri: Sri, options: list[str]) -> None:
    before = len(sri.site.seen)

    assert sri.run(*options).exit_code == 2
    assert len(sri.site.seen) == before


def test_a_server_that_is_away_ends_with_4(sri: Sri, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("client.api.PAUSES", ())
    url = "http://127.0.0.1:9"

    done = CliRunner().invoke(
        mailbox, ["--to", url, "--take-back"], input=f"{sri.digits}\n"
    )  # fmt: skip

    assert done.exit_code == 4
    assert sri.events() == []


def test_the_manual_says_what_each_option_does() -> None:
    shown = CliRunner().invoke(mailbox, ["--help"]).output

    for word in ("--withdraw", "--pressed", "--rate", "--object-file", "--delete-letters"):
        assert word in shown
    assert "Exit codes" in shown
