"""The client's commands do what the manual says, against the real public service."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from client.commands import mailbox, report
from services.complaints import store
from shared.contracts.facts import CaseOpened, LetterWritten
from shared.crypto import receipt, unseal
from shared.crypto.sealing import seal_letter
from tests.service.client.conftest import Site
from tests.service.complaints.world import DEPLOYMENT, UNIT_IDENTITY

CANARY = "KENARI-42 diminta uang di loket"


@pytest.fixture
def story(tmp_path: Path) -> Path:
    path = tmp_path / "cerita.txt"
    path.write_text(CANARY, encoding="utf-8")
    return path


def file_report(site: Site, story: Path, *more: str) -> Result:
    where = ["--service", "sim", "--region", "32.73", "--office", "satpas"]
    money = ["--amount", "854321"]
    arguments = ["--to", site.url, *where, *money, "--text-file", str(story), *more]
    return CliRunner().invoke(report, arguments)


def look(site: Site, typed: str, *more: str) -> Result:
    return CliRunner().invoke(mailbox, ["--to", site.url, *more], input=typed + "\n")


def only_complaint(site: Site) -> Any:
    with site.world.house.database.read() as connection:
        return connection.execute(store.complaint.select()).one()


def test_a_report_prints_its_receipt_and_promises(site: Site, story: Path) -> None:
    done = file_report(site, story, "--json")

    told = json.loads(done.stdout)
    assert done.exit_code == 0, done.output
    assert set(told) == {"receipt", "promised"}
    assert receipt.normalise(told["receipt"]) == told["receipt"]
    assert {promise["step"] for promise in told["promised"]} == {"verify", "final"}
    keys = receipt.derive(told["receipt"], DEPLOYMENT)
    assert bytes(only_complaint(site).lookup) == keys.lookup


def test_people_read_their_receipt_in_groups(site: Site, story: Path) -> None:
    done = file_report(site, story)

    lines = done.stdout.splitlines()
    code = next(line for line in lines if "Kode Anda" in line).partition(": ")[2]
    assert len(code.split(" ")) == 6
    assert receipt.normalise(code)
    assert CANARY not in done.output


def test_a_lost_answer_is_one_complaint_and_one_receipt(site: Site, story: Path) -> None:
    site.lose = ["POST /api/v1/complaints"]

    done = file_report(site, story, "--json")

    assert done.exit_code == 0, done.output
    assert site.seen.count("POST /api/v1/complaints") == 2
    keys = receipt.derive(json.loads(done.stdout)["receipt"], DEPLOYMENT)
    assert bytes(only_complaint(site).lookup) == keys.lookup


def test_evidence_goes_up_in_parts_and_survives_a_lost_answer(
    site: Site, story: Path, tmp_path: Path
) -> None:
    video = tmp_path / "rekaman.mp4"
    video.write_bytes(b"v" * 1_500_000)
    site.lose = ["PUT /api/v1/evidence"]

    done = file_report(site, story, "--attach", str(video), "--json")

    assert done.exit_code == 0, done.output
    parts = [line for line in site.seen if line.startswith("PUT")]
    assert len(set(parts)) == 5  # 4 MiB of padding, the frame round it
    assert len(parts) == 6
    assert "rekaman.mp4" in done.stderr


def test_print_request_sends_nothing_and_prints_what_would_work(site: Site, story: Path) -> None:
    printed = file_report(site, story, "--print-request")

    head, _, body = printed.stdout_bytes.partition(b"\r\n\r\n")
    assert printed.exit_code == 0, printed.output
    assert head.startswith(b"POST /api/v1/complaints HTTP/1.1\r\n")
    assert CANARY.encode() not in printed.stdout_bytes
    assert site.world.count("complaint") == 0
    assert site.world.send(json.loads(body)).status_code == 201
    code = printed.stderr.rpartition(": ")[2]
    assert look(site, code, "--json").exit_code == 0


def test_the_mailbox_tells_status_dates_and_letters_and_takes_an_answer(
    site: Site, story: Path, tmp_path: Path
) -> None:
    code = json.loads(file_report(site, story, "--json").stdout)["receipt"]
    case = only_complaint(site)
    opened = CaseOpened(unit=case.unit, desk="propam", state="verifying", promises=[])
    site.world.hear(opened, case.case)
    letter = seal_letter(
        case=case.case,
        direction="out",
        seq=1,
        prev="",
        unit=case.unit,
        epoch=1,
        text="Kapan kejadiannya?",
        recipients=[case.box],
    )
    site.world.hear(LetterWritten(seq=1), case.case, {"envelope": letter})
    answer = tmp_path / "jawaban.txt"
    answer.write_text("Senin pagi.", encoding="utf-8")
    site.lose = ["POST /api/v1/mailbox/letters"]

    done = look(site, receipt.group(code), "--json", "--reply-file", str(answer))

    told = json.loads(done.stdout)
    assert set(told) == {"status", "desk", "steps", "letters"}
    assert (told["status"], told["desk"]) == ("verifying", "propam")
    texts = [(one["direction"], one["seq"], one["text"]) for one in told["letters"]]
    assert sorted(texts) == [("in", 1, "Senin pagi."), ("out", 1, "Kapan kejadiannya?")]
    assert "Kapan kejadiannya?" in look(site, code).stdout


def test_an_unknown_code_opens_an_empty_mailbox(site: Site) -> None:
    code = receipt.new_receipt()

    told = json.loads(look(site, code, "--json").stdout)

    assert told == {"status": None, "desk": None, "steps": [], "letters": []}
    assert "kosong" in look(site, code).stdout


def test_a_wrong_code_is_refused_with_3_and_not_repeated(site: Site) -> None:
    done = look(site, "1234 5678")

    assert done.exit_code == 3
    assert "receipt_length" in done.stderr
    assert "1234" not in done.output
    assert site.seen == []


def test_an_empty_mailbox_takes_no_answer(site: Site, story: Path) -> None:
    done = look(site, receipt.new_receipt(), "--reply-file", str(story))

    assert done.exit_code == 3
    assert "mailbox_empty" in done.stderr


@pytest.mark.parametrize(
    ("more", "code"),
    [
        (["--service", "sulap"], "unknown_code"),
        (["--region", "99.99"], "unknown_region"),
        (["--office", "istana"], "unknown_office"),
        (["--exclude", "unit-khayalan"], "unknown_unit"),
    ],
)
def test_an_unknown_code_is_refused_with_3_before_anything_is_sent(
    site: Site, story: Path, more: list[str], code: str
) -> None:
    done = file_report(site, story, *more)

    assert done.exit_code == 3
    assert code in done.stderr
    assert site.world.count("complaint") == 0


@pytest.mark.parametrize(
    "more",
    [
        ["--amount", "banyak"],
        ["--attach", "/tidak/ada"],
        ["--day", "kemarin"],
        ["--handover", "nanti"],
        ["--contact", "bukan alamat"],
        ["--print-request", "--attach", __file__],
        ["--receipt", "1"],
    ],
)
def test_wrong_usage_ends_with_2(site: Site, story: Path, more: list[str]) -> None:
    assert file_report(site, story, *more).exit_code == 2


def test_an_empty_or_binary_story_is_wrong_usage(site: Site, tmp_path: Path) -> None:
    for content in (b"", b"  \n", b"\xff\xfe\x00"):
        (tmp_path / "kosong.txt").write_bytes(content)
        assert file_report(site, tmp_path / "kosong.txt").exit_code == 2


def test_a_story_too_long_is_refused_and_nothing_is_sent(site: Site, tmp_path: Path) -> None:
    (tmp_path / "panjang.txt").write_text("a" * 70_000)

    done = file_report(site, tmp_path / "panjang.txt")

    assert done.exit_code == 3
    assert "too_long" in done.stderr
    assert site.world.count("complaint") == 0


def test_the_unit_opens_what_the_command_sealed(site: Site, story: Path) -> None:
    more = ("--contact", "a@example.org", "--who", "Petugas loket 3", "--json")

    done = file_report(site, story, *more)

    keys = receipt.derive(json.loads(done.stdout)["receipt"], DEPLOYMENT)
    file = base64.b64decode(site.world.look(keys)["letters"][0]["envelope"])
    header, body = unseal.open_record(file, UNIT_IDENTITY)
    assert header.seq == 0
    assert body["story"] == CANARY
    assert (body["asked"], body["who"]) == ("854321", "Petugas loket 3")


def test_the_mailbox_command_does_the_work_when_many_are_opening(site: Site, story: Path) -> None:
    code = json.loads(file_report(site, story, "--json").stdout)["receipt"]
    site.crowd()

    done = look(site, code, "--json")

    assert json.loads(done.stdout)["status"] == "received"
    assert site.seen[-3:] == [
        "GET /api/v1/mailbox",
        "POST /api/v1/challenge",
        "GET /api/v1/mailbox",
    ]
    assert "menghitung" in done.stderr
