"""One complaint travels from a citizen to an investigator and back, over real processes."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import httpx
import pytest

from tests.support.browser_form import PlainBrowser
from tests.support.desk import Desk
from tests.support.system import COMMAND, Town

pytestmark = [pytest.mark.system, pytest.mark.timeout(400)]

T = TypeVar("T")
UNIT = "inspektorat-kota-bandung"


def _command(*words: str, given: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(COMMAND), *words], input=given, capture_output=True, text=True, timeout=60, check=False
    )


def _report(town: Town, folder: Path, story: str, *more: str) -> str:
    """File by the command line; the 24 digits."""
    text = folder / "story.txt"
    text.write_text(story, encoding="utf-8")
    words = ["--service", "sim", "--region", "32.73", "--office", "kecamatan"]
    done = _command(
        "report", "--to", town.public, *words, "--text-file", str(text), "--json", *more
    )
    assert done.returncode == 0, done.stderr
    return str(json.loads(done.stdout)["receipt"])


def _mailbox(town: Town, receipt: str, *more: str) -> dict[str, Any]:
    done = _command("mailbox", "--to", town.public, "--json", *more, given=receipt)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _until(look: Callable[[], T], done: Callable[[T], object] = bool, seconds: float = 60) -> T:
    """What `look` gives once it is `done`."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if done(found := look()):
            return found
        time.sleep(0.3)
    raise AssertionError(f"not within {seconds} s")


def _investigator(town: Town) -> Desk:
    people = town.table["people"]
    who = next(p for p in people if p["unit"] == UNIT and p["role"] == "investigator")
    return Desk(town.desk, who)


def test_a_form_without_javascript_comes_back_as_a_letter(town: Town) -> None:
    citizen = PlainBrowser(town.public)
    receipt = citizen.report("Kenari satu. Diminta uang rokok di loket.")
    assert len(receipt) == 24
    assert citizen.send_again() == receipt, "pressing send twice gives the same receipt"

    desk = _investigator(town)
    number = desk.wait_for("Kenari satu.")
    desk.move(number, "verifying", alasan="Diperiksa.")
    desk.write(number, "Terima kasih. Apakah ada saksi?")
    opened = _until(lambda: citizen.open_mailbox(receipt), lambda page: "Apakah ada saksi?" in page)
    citizen.reply(opened, "Ada, dua orang di belakang saya.")

    letters = _until(lambda: desk.letters(number), lambda found: ("in", 1) in found)
    assert letters["in", 1]["text"] == "Ada, dua orang di belakang saya."
    assert letters["in", 0]["story"].startswith("Kenari satu.")


def test_the_command_line_tells_the_same_story(town: Town, tmp_path: Path) -> None:
    address = f"pelapor-{tmp_path.name}@contoh.example"
    receipt = _report(town, tmp_path, "Kenari dua. Diminta 850 ribu.", "--contact", address)
    desk = _investigator(town)
    number = desk.wait_for("Kenari dua.")
    desk.write(number, "Kami sudah membaca.")

    found = _until(lambda: _mailbox(town, receipt), lambda mailbox: mailbox["letters"])
    assert [letter["text"] for letter in found["letters"]] == ["Kami sudah membaca."]
    assert found["desk"] == "apip_kab"
    assert found["status"] == "received"
    assert found["steps"][0]["promised"][0]["clock"] == "verify"

    reply = tmp_path / "reply.txt"
    reply.write_text("Terima kasih.", encoding="utf-8")
    _mailbox(town, receipt, "--reply-file", str(reply))
    assert _until(lambda: desk.letters(number).get(("in", 1))) == {"text": "Terima kasih."}

    mail = _until(lambda: _mails_to(town, address))
    assert not [word for word in ("Kenari", "850", receipt[:4]) if word in mail]


def test_an_illegal_move_is_refused_by_name(town: Town, tmp_path: Path) -> None:
    _report(town, tmp_path, "Kenari tiga.")
    desk = _investigator(town)
    number = desk.wait_for("Kenari tiga.")

    answer = desk.move(number, "resolved", alasan="Selesai.")

    assert answer.status_code in (409, 422)
    assert "data-galat" in answer.text


def test_an_unknown_receipt_opens_an_empty_mailbox(town: Town) -> None:
    found = _mailbox(town, "000000000000000000000000")

    assert found == {"status": None, "desk": None, "steps": [], "letters": []}


def test_every_demo_receipt_opens_its_mailbox(town: Town) -> None:
    receipts = town.table["receipts"]

    citizen = PlainBrowser(town.public)
    opened = [citizen.open_mailbox(one["receipt"]) for one in receipts]

    assert receipts
    assert all("langkah-kasus" in page for page in opened)


def test_a_killed_process_comes_back_and_nothing_is_lost(town: Town, tmp_path: Path) -> None:
    before = town.pids()
    assert len(before) == 8

    killed = ("triage-worker", "complaints-web")
    for name in killed:
        os.kill(before[name], signal.SIGKILL)
    _until(town.pids, lambda now: len(now) == 8 and all(now[one] != before[one] for one in killed))
    _until(lambda: _is_ready(town.public))

    _report(town, tmp_path, "Kenari empat.")
    assert _investigator(town).wait_for("Kenari empat.")


def test_the_next_start_goes_on_with_the_same_state(town: Town, tmp_path: Path) -> None:
    receipt = _report(town, tmp_path, "Kenari lima.")
    before = town.table

    assert town.stop(signal.SIGINT) == 0
    town.start(seconds=240)

    assert town.table == before
    assert _until(lambda: _mailbox(town, receipt)["desk"]) == "apip_kab"
    assert _investigator(town).wait_for("Kenari lima.")


def _is_ready(url: str) -> bool:
    try:
        return httpx.get(f"{url}/health/ready", timeout=5).status_code == 200
    except httpx.HTTPError:
        return False


def _mails_to(town: Town, address: str) -> str:
    folder = Path(town.table["maildir"])
    mails = [path.read_text(encoding="utf-8") for path in folder.glob("*/*") if path.is_file()]
    return next((mail for mail in mails if address in mail), "")
