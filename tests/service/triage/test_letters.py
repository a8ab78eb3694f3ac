"""Letters to the reporter: sealed by the browser, stored as they came, told as facts."""

from __future__ import annotations

import base64
import json
import re

import pytest

from shared.crypto import record, sealing
from shared.crypto.age import encrypt, new_identity, recipient_of
from shared.crypto.unseal import open_record
from tests.service.triage.desk import Browser, Desk


def _sealed(browser: Browser, number: str, text: str) -> tuple[int, bytes]:
    """What surat.js does with the place the page gives it."""
    page = browser.get(f"/kasus/{number}/surat").text
    found = re.search(r'data-tempat="([^"]+)"', page)
    assert found is not None
    place = json.loads(found[1].replace("&#34;", '"'))
    return place["seq"], sealing.seal_letter(direction="out", text=text, **place)


def _form(seq: object, envelope: bytes) -> dict[str, object]:
    return {"seq": seq, "amplop": base64.b64encode(envelope).decode()}


def test_a_letter_reaches_the_reporters_key_and_the_road(desk: Desk) -> None:
    case = desk.file()
    number, browser = desk.number(case), desk.client("rani")
    seq, envelope = _sealed(browser, number, "Kami periksa sebelum Rabu.")

    answer = browser.post(f"/kasus/{number}/surat", _form(seq, envelope))

    assert answer.status_code == 303
    header, body = open_record(envelope, [desk.boxes[case]])
    record.check_place(header, case, "out", 1, "")
    assert body["text"] == "Kami periksa sebelum Rabu."
    told = desk.rows("SELECT private, payload FROM fact WHERE type = 'letter.written'")
    assert [(bool(row[0]), row[1]) for row in told] == [(False, '{"seq":1}')]
    assert browser.open_case("rani", number)["out", 1] == "Kami periksa sebelum Rabu."


def test_the_second_letter_names_the_first(desk: Desk) -> None:
    case = desk.file()
    number, browser = desk.number(case), desk.client("rani")
    _, first = _sealed(browser, number, "satu")
    browser.post(f"/kasus/{number}/surat", _form(1, first))

    seq, second = _sealed(browser, number, "dua")
    browser.post(f"/kasus/{number}/surat", _form(seq, second))

    header, _ = open_record(second, [desk.boxes[case]])
    record.check_place(header, case, "out", 2, record.sha256_hex(first))


def test_sending_twice_sends_once(desk: Desk) -> None:
    number, browser = desk.number(desk.file()), desk.client("rani")
    _, envelope = _sealed(browser, number, "sekali saja")

    for _ in range(2):
        answer = browser.post(f"/kasus/{number}/surat", _form(1, envelope))
        assert answer.status_code == 303

    assert len(desk.rows("SELECT 1 FROM fact WHERE type = 'letter.written'")) == 1


def test_a_letter_written_meanwhile_by_a_colleague_is_not_overwritten(desk: Desk) -> None:
    number, browser = desk.number(desk.file()), desk.client("rani")
    _, mine = _sealed(browser, number, "punya saya")
    _, theirs = _sealed(browser, number, "punya rekan")
    desk.client("tirta").post(f"/kasus/{number}/surat", _form(1, theirs))

    answer = browser.post(f"/kasus/{number}/surat", _form(1, mine))

    assert answer.status_code == 409
    assert "Surat lain sudah terkirim" in answer.text
    assert browser.open_case("rani", number)["out", 1] == "punya rekan"


def _for(count: int) -> bytes:
    return encrypt(b"x" * 16384, [recipient_of(new_identity()) for _ in range(count)])


@pytest.mark.parametrize(
    "envelope",
    [b"", b"surat biasa tanpa segel", b"age-encryption.org/v1\n-> X25519 a\nb\n--- c\n",
     _for(1), _for(4), b"x" * 200_000],
    ids=["empty", "plain", "lookalike", "one-recipient", "four-recipients", "huge"],
)  # fmt: skip
def test_what_is_not_sealed_to_three_is_refused(small_desk: Desk, envelope: bytes) -> None:
    number, browser = small_desk.number(small_desk.file()), small_desk.client("rani")

    answer = browser.post(f"/kasus/{number}/surat", _form(1, envelope))

    assert answer.status_code == 422
    assert "belum tersegel" in answer.text
    assert small_desk.rows("SELECT 1 FROM letter WHERE direction = 'out'") == []


@pytest.mark.parametrize("seq", ["", "nol", "-1", "9" * 40, "²", "7"])
def test_a_sequence_out_of_order_is_refused(small_desk: Desk, seq: str) -> None:
    number, browser = small_desk.number(small_desk.file()), small_desk.client("rani")
    _, envelope = _sealed(browser, number, "urutan")

    answer = browser.post(f"/kasus/{number}/surat", _form(seq, envelope))

    assert answer.status_code in {409, 422}
    assert small_desk.rows("SELECT 1 FROM letter WHERE direction = 'out'") == []


def test_the_page_has_no_field_that_could_send_the_text(small_desk: Desk) -> None:
    number = small_desk.number(small_desk.file())

    page = small_desk.client("rani").get(f"/kasus/{number}/surat").text

    assert re.findall(r"<textarea[^>]* name=", page) == []
