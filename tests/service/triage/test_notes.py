"""Notes of the unit: sealed by the browser, kept as they came, opened by the unit alone."""

from __future__ import annotations

import base64
import json
import re
from pathlib import Path

import pytest

from shared.crypto import person, record, sealing
from shared.crypto.age import encrypt, new_identity, recipient_of
from shared.crypto.errors import Misplaced
from shared.crypto.unseal import decrypt, open_record
from tests.service.triage.desk import UNIT, Browser, Desk, passphrase

SECRET = "KANARI-CATATAN temui saksi hari Rabu"


def _sealed(browser: Browser, number: str, text: str) -> tuple[int, bytes]:
    """What catatan.js does with the place the page gives it."""
    found = re.search(r'data-tempat="([^"]+)"', browser.get(f"/kasus/{number}/catatan").text)
    assert found is not None
    place = json.loads(found[1].replace("&#34;", '"'))
    return place["seq"], sealing.seal_letter(text=text, **place)


def _write(browser: Browser, number: str, text: str) -> bytes:
    seq, envelope = _sealed(browser, number, text)
    form = {"seq": seq, "amplop": base64.b64encode(envelope).decode()}
    assert browser.post(f"/kasus/{number}/catatan", form).status_code == 303
    return envelope


def _unit_identities(browser: Browser, name: str, number: str) -> list[str]:
    locked = browser.get(f"/kasus/{number}/kunci").get_json()
    kek = person.stretch(name, passphrase(name), "uji").kek
    seeds = person.unwrap_identity(kek, base64.b64decode(locked["identity"]))
    opener = person.identity_of(seeds)
    return [decrypt(base64.b64decode(one), opener).decode() for one in locked["unit_keys"]]


def test_a_colleague_opens_what_was_noted_with_its_author(desk: Desk) -> None:
    case = desk.file()
    number, rani, tirta = desk.number(case), desk.client("rani"), desk.client("tirta")
    first = _write(rani, number, SECRET)
    _write(tirta, number, "Sudah ditemui.")

    listed = tirta.get(f"/kasus/{number}/kunci").get_json()["notes"]
    keys = _unit_identities(tirta, "tirta", number)
    opened = [open_record(tirta.get(one["url"]).data, keys) for one in listed]

    assert [body["text"] for _, body in opened] == [SECRET, "Sudah ditemui."]
    record.check_place(opened[1][0], case, "unit", 2, record.sha256_hex(first))
    page = tirta.get(f"/kasus/{number}").text
    assert "Rani N." in page
    assert "Catatan unit nomor 2" in page
    told = desk.rows("SELECT by, private FROM fact WHERE type = 'note.written' ORDER BY position")
    assert [(row[0], bool(row[1])) for row in told] == [("rani", True), ("tirta", True)]


def test_no_file_of_the_desk_holds_a_word_of_it(small_desk: Desk, tmp_path: Path) -> None:
    number, rani = small_desk.number(small_desk.file()), small_desk.client("rani")
    _write(rani, number, SECRET)
    rani.post(f"/kasus/{number}/tugas", {"tugas": "lain", "judul": "kenari-terlihat"})

    kept = b"".join(one.read_bytes() for one in tmp_path.rglob("*") if one.is_file())

    assert b"kenari-terlihat" in kept, "what is not sealed can be found"
    assert b"KANARI-CATATAN" not in kept
    for path in ("", "/catatan"):
        assert "KANARI-CATATAN" not in rani.get(f"/kasus/{number}{path}").text


def test_a_note_never_passes_for_a_letter(small_desk: Desk) -> None:
    case = small_desk.file()
    number, rani = small_desk.number(case), small_desk.client("rani")
    envelope = _write(rani, number, SECRET)

    header, _ = open_record(envelope, _unit_identities(rani, "rani", number))

    assert (header.kind, header.direction) == ("note", "unit")
    for direction in ("in", "out"):
        with pytest.raises(Misplaced):
            record.check_place(header, case, direction, 1, "")


def test_two_notes_at_once_do_not_overwrite_one_another(small_desk: Desk) -> None:
    number, rani = small_desk.number(small_desk.file()), small_desk.client("rani")
    seq, mine = _sealed(rani, number, "punya saya")
    _write(small_desk.client("tirta"), number, "punya rekan")

    form = {"seq": seq, "amplop": base64.b64encode(mine).decode()}
    answer = rani.post(f"/kasus/{number}/catatan", form)

    assert answer.status_code == 409
    assert "Catatan lain sudah tersimpan" in answer.text
    assert len(small_desk.rows("SELECT 1 FROM note")) == 1


def _for(count: int) -> bytes:
    return encrypt(b"x" * 16384, [recipient_of(new_identity()) for _ in range(count)])


@pytest.mark.parametrize(
    "envelope", [b"", b"catatan tanpa segel", _for(1), _for(3), b"x" * 200_000],
    ids=["empty", "plain", "one-recipient", "three-recipients", "huge"],
)  # fmt: skip
def test_what_is_not_sealed_to_unit_and_oversight_is_refused(
    small_desk: Desk, envelope: bytes
) -> None:
    number, rani = small_desk.number(small_desk.file()), small_desk.client("rani")

    form = {"seq": "1", "amplop": base64.b64encode(envelope).decode()}

    assert rani.post(f"/kasus/{number}/catatan", form).status_code == 422
    assert small_desk.rows("SELECT 1 FROM note") == []


def test_the_page_seals_to_the_units_newest_key(small_desk: Desk) -> None:
    number = small_desk.number(small_desk.file())

    page = small_desk.client("rani").get(f"/kasus/{number}/catatan").text

    assert small_desk.unit_recipient(UNIT) in page
    assert re.findall(r"<textarea[^>]* name=", page) == []
